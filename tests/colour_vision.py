"""How colours look, in numbers: contrast, and how far two are apart for each kind of colour vision.

Contrast is that of WCAG 2.2. Colour blindness is simulated with the matrices of Machado, Oliveira
and Fernandes ("A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG
15(6), 2009) at severity 1.0, which act on linear sRGB. Distance is CIEDE2000 as in Sharma, Wu and
Dalal (Color Research and Application 30(1), 2005): 1 is just seen side by side.
"""

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt
from typing import NamedTuple

Triple = tuple[float, float, float]
_SAME = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
VISIONS: dict[str, tuple[Triple, Triple, Triple]] = {
    "normal vision": _SAME,
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)  # D65
_EPSILON, _KAPPA = 216 / 24389, 24389 / 27  # of CIE L*a*b*


class Lab(NamedTuple):
    """A colour of CIE L*a*b* under D65."""

    lightness: float
    a: float
    b: float


def linear(color: str) -> Triple:
    """ "#RRGGBB" as linear light, each from 0 to 1."""
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return _light(red), _light(green), _light(blue)


def _light(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _times(matrix: tuple[Triple, Triple, Triple], light: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, light, strict=True)) for row in matrix)
    return first, second, third


def luminance(color: str) -> float:
    """Relative luminance of WCAG, from 0 to 1."""
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen(color: str, vision: str) -> Lab:
    """The colour as somebody with that vision sees it."""
    light = _times(VISIONS[vision], linear(color))
    red, green, blue = (min(1.0, max(0.0, part)) for part in light)
    xyz = _times(_XYZ, (red, green, blue))
    x, y, z = (_root(part / white) for part, white in zip(xyz, _WHITE, strict=True))
    return Lab(116 * y - 16, 500 * (x - y), 200 * (y - z))


def _root(value: float) -> float:
    return float(value ** (1 / 3)) if value > _EPSILON else (_KAPPA * value + 16) / 116


def distance(one: Lab, other: Lab) -> float:
    """CIEDE2000 between two colours."""
    chroma = (hypot(one.a, one.b) + hypot(other.a, other.b)) / 2
    stretch = 1.5 - 0.5 * sqrt(chroma**7 / (chroma**7 + 25**7))
    first, second = (hypot(lab.a * stretch, lab.b) for lab in (one, other))
    hues = [degrees(atan2(lab.b, lab.a * stretch)) % 360 for lab in (one, other)]
    grey = first * second == 0
    turn = 0.0 if grey else (hues[1] - hues[0] + 180) % 360 - 180
    hue = sum(hues) if grey else hues[0] + turn / 2
    light, mean = (one.lightness + other.lightness) / 2 - 50, (first + second) / 2
    weight = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    lightness = (other.lightness - one.lightness) / (1 + 0.015 * light**2 / sqrt(20 + light**2))
    saturation = (second - first) / (1 + 0.045 * mean)
    tint = 2 * sqrt(first * second) * sin(radians(turn) / 2) / (1 + 0.015 * mean * weight)
    spread = 60 * exp(-(((hue % 360 - 275) / 25) ** 2))
    bend = -2 * sqrt(mean**7 / (mean**7 + 25**7)) * sin(radians(spread))
    return sqrt(lightness**2 + saturation**2 + tint**2 + bend * saturation * tint)
