"""Designs that people complain about: each a few lines, with the code of its problem.

They are drawn after questions that are asked again and again: odd sizes in U-Nets, residual
shortcuts without projection, valid convolutions, mixed data formats, vectors beside images.
"""

from collections.abc import Callable

from tests.infer.fixes.sketch import Sketch

Draw = Callable[[Sketch], object]
BROKEN: dict[str, tuple[str, Draw]] = {}


def broken(code: str, title: str) -> Callable[[Draw], Draw]:
    """Enters a design in the table."""

    def enter(draw: Draw) -> Draw:
        assert title not in BROKEN
        BROKEN[title] = (code, draw)
        return draw

    return enter


def _table(code: str, **rows: Draw) -> None:
    for title, draw in rows.items():
        broken(code, title.replace("_", " "))(draw)


# --- U-Nets of sizes that cannot be halved ------------------------------------------------------

_table(
    "shapes_differ",
    a_unet_of_358_pixels_meets_88_against_89=lambda s: s.unet(358, 358, 3, levels=3),
    a_unet_of_100_pixels_meets_24_against_25=lambda s: s.unet(100, 100, 1, levels=3),
    a_unet_of_101_pixels=lambda s: s.unet(101, 101, 1, levels=4),
    a_unet_of_250_pixels=lambda s: s.unet(250, 250, 3, levels=2),
    a_unet_of_28_pixels_meets_6_against_7=lambda s: s.unet(28, 28, 1, levels=3),
    a_unet_of_360_by_640=lambda s: s.unet(360, 640, 3, levels=4),
    a_unet_with_valid_convolutions=lambda s: s.unet(124, 124, 1, levels=2, padding="valid"),
    a_unet_of_one_level_of_75_pixels=lambda s: s.unet(75, 75, 3, levels=1),
)


@broken("shapes_differ", "14 against 13 at a concatenation")
def _(s: Sketch) -> None:
    x = s.input(27, 27, 8)
    small = s.conv(x, 8, 3, strides=2)
    other = s.conv(x, 8, 3, strides=2, padding="valid")
    s("Concatenate", small, other)


@broken("shapes_differ", "14 against 13 at an addition")
def _(s: Sketch) -> None:
    x = s.input(27, 27, 8)
    s("Add", s.conv(x, 8, 3, strides=2), s.conv(x, 8, 3, strides=2, padding="valid"))


@broken("shapes_differ", "rows too few and columns too many")
def _(s: Sketch) -> None:
    s("Concatenate", s.input(32, 35, 4), s.input(33, 34, 4))


@broken("shapes_differ", "an image cut once too often")
def _(s: Sketch) -> None:
    x = s.input(64, 64, 3)
    deep = s.conv(s.down(s.conv(x, 16)), 32, 3, padding="valid")
    s("Concatenate", s.conv(x, 16), s.up(deep))


# --- Residual shortcuts -------------------------------------------------------------------------


@broken("shapes_differ", "64 against 128 channels at a residual shortcut")
def _(s: Sketch) -> None:
    x = s.conv(s.input(32, 32, 3), 64)
    s("Add", x, s.conv(s.conv(x, 128), 128))


@broken("shapes_differ", "a shortcut around a layer with strides")
def _(s: Sketch) -> None:
    x = s.conv(s.input(56, 56, 3), 64)
    s("Add", s.conv(s.conv(x, 128, strides=2), 128), x)


@broken("shapes_differ", "a shortcut around strides over an odd size")
def _(s: Sketch) -> None:
    x = s.conv(s.input(75, 75, 3), 64)
    s("Add", s.conv(s.conv(x, 64, strides=2), 64), x)


@broken("shapes_differ", "a shortcut around strides with as many channels")
def _(s: Sketch) -> None:
    x = s.conv(s.input(32, 32, 3), 64)
    s("Add", s.conv(x, 64, strides=2), x)


@broken("shapes_differ", "a shortcut around two poolings")
def _(s: Sketch) -> None:
    x = s.conv(s.input(64, 64, 3), 16)
    s("Add", x, s.conv(s.down(s.conv(s.down(x), 32)), 32))


@broken("shapes_differ", "the image itself added to its features")
def _(s: Sketch) -> None:
    x = s.input(32, 32, 3)
    s("Add", x, s.conv(x, 64))


@broken("shapes_differ", "a valid convolution beside its input")
def _(s: Sketch) -> None:
    x = s.conv(s.input(30, 30, 3), 8)
    s("Add", x, s.conv(x, 8, 3, padding="valid"))


@broken("shapes_differ", "two valid convolutions and other channels")
def _(s: Sketch) -> None:
    x = s.conv(s.input(30, 30, 3), 8)
    s("Add", x, s.conv(s.conv(x, 16, 3, padding="valid"), 16, 5, padding="valid"))


def _merge(kind: str, a: int, b: int) -> Draw:
    def draw(s: Sketch) -> None:
        x = s.input(16, 16, 3)
        s(kind, s.conv(x, a), s.conv(s.conv(x, b), b))

    return draw


_table(
    "shapes_differ",
    subtract_of_16_and_32_channels=_merge("Subtract", 16, 32),
    multiply_of_16_and_32_channels=_merge("Multiply", 16, 32),
    average_of_16_and_24_channels=_merge("Average", 16, 24),
    maximum_of_10_and_20_channels=_merge("Maximum", 10, 20),
    minimum_of_64_and_48_channels=_merge("Minimum", 64, 48),
)


@broken("shapes_differ", "three ways of three widths are added")
def _(s: Sketch) -> None:
    x = s.input(32, 32, 3)
    s("Add", s.conv(x, 8), s.conv(x, 16), s.conv(s.conv(x, 32), 32))


@broken("shapes_differ", "activation between the convolution and the addition")
def _(s: Sketch) -> None:
    x = s.conv(s.input(16, 16, 3), 32)
    y = s("ReLU", s("BatchNormalization", s.conv(x, 64)))
    s("Add", y, x)


# --- Concatenations -----------------------------------------------------------------------------


@broken("shapes_differ", "an encoder of twice the size meets the decoder")
def _(s: Sketch) -> None:
    x = s.conv(s.input(64, 64, 3), 16)
    deep = s.conv(s.down(x), 32)
    s("Concatenate", x, deep)


@broken("shapes_differ", "a pyramid of four sizes is joined")
def _(s: Sketch) -> None:
    a = s.conv(s.input(64, 64, 3), 8)
    b = s.conv(s.down(a), 8)
    c = s.conv(s.down(b), 8)
    d = s.conv(s.down(c), 8)
    s("Concatenate", a, b, c, d)


@broken("shapes_differ", "an inception block with a pooling of strides 2")
def _(s: Sketch) -> None:
    x = s.input(28, 28, 192)
    s("Concatenate", s.conv(x, 64, 1), s.conv(x, 128), s("MaxPooling2D", x, pool_size=3, strides=2))


@broken("shapes_differ", "axis 1 from the days of channels first")
def _(s: Sketch) -> None:
    x = s.input(32, 32, 3)
    s("Concatenate", s.conv(x, 16), s.conv(x, 32), axis=1)


@broken("shapes_differ", "two images of unlike heights side by side")
def _(s: Sketch) -> None:
    s("Concatenate", s.input(20, 32, 3), s.input(24, 40, 3), axis=2)


@broken("shapes_differ", "two images of 224 and 299 pixels")
def _(s: Sketch) -> None:
    s("Concatenate", s.conv(s.input(224, 224, 3), 8), s.conv(s.input(299, 299, 3), 8))


@broken("shapes_differ", "two images of 64 and 200 pixels")
def _(s: Sketch) -> None:
    s("Concatenate", s.conv(s.input(64, 64, 3), 8), s.conv(s.input(200, 200, 3), 8))


@broken("shapes_differ", "a transposed valid convolution that is one too large")
def _(s: Sketch) -> None:
    x = s.conv(s.input(32, 32, 3), 16)
    up = s("Conv2DTranspose", s.conv(s.down(x), 32), filters=16, kernel_size=3, strides=2)
    s("Concatenate", x, up)


# --- Data formats -------------------------------------------------------------------------------


@broken("data_format", "a residual network written for channels first")
def _(s: Sketch) -> None:
    x = s.input(3, 256, 256)
    s("Add", x, s.conv(x, 3))


@broken("data_format", "the same with a concatenation")
def _(s: Sketch) -> None:
    x = s.input(3, 64, 64)
    s("Concatenate", x, s("ReLU", s.conv(x, 3)), axis=1)


@broken("data_format", "an image turned and one that is not")
def _(s: Sketch) -> None:
    a, b = s.input(32, 48, 3), s.input(3, 32, 48)
    s("Add", a, b)


@broken("data_format", "one convolution channels first in a network that is not")
def _(s: Sketch) -> None:
    x = s.input(32, 32, 16)
    s("Add", s.conv(x, 32), s.conv(x, 32, data_format="channels_first"))


@broken("data_format", "an image of four channels in front")
def _(s: Sketch) -> None:
    x = s.input(4, 64, 64)
    s("Subtract", x, s.conv(s.conv(x, 8), 4))
