"""Says in one sentence what keeps a window from opening, before Qt would abort. Loads no Qt.

Qt ends the whole process when a library of its X11 side is missing or no display answers.
"""

import ctypes
import sys
from collections.abc import Mapping

# Shared libraries that Qt needs and a bare Debian lacks, and the packages that bring them.
PACKAGES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
X11 = tuple(name for name in PACKAGES if name.startswith(("libxcb", "libxkbcommon")))
NO_DISPLAY = (
    "there is no display to open a window on: use a command such as check, code or train "
    "(skipwire --help), or start it under xvfb-run (Debian package xvfb)."
)


def is_headless(environ: Mapping[str, str]) -> bool:
    """True where no display is named and no Qt platform was chosen by hand."""
    names = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform == "linux" and not any(environ.get(name) for name in names)


def missing_library(library: str) -> str:
    """The sentence about one shared library, with the package that brings it where known."""
    package = PACKAGES.get(library)
    if package is None:
        return f"Qt cannot load the system library {library}: install the package that has it."
    return (
        f"Qt cannot load the system library {library}: install the package {package} "
        f"(sudo apt-get install {package}; other systems have it under a similar name)."
    )


def of_import(error: ImportError) -> str:
    """The sentence about an import of Qt that failed."""
    words = str(error)
    library, _, rest = words.partition(":")
    if ".so" in library and "cannot open shared object" in rest:
        return missing_library(library.strip())
    return f"Qt cannot be loaded ({words}): run `python3 packaging/bootstrap.py run` once more."


def obstacle(environ: Mapping[str, str]) -> str:
    """What keeps a window from opening here; empty if nothing does."""
    if is_headless(environ):
        return NO_DISPLAY
    if sys.platform != "linux" or environ.get("QT_QPA_PLATFORM") or environ.get("WAYLAND_DISPLAY"):
        return ""
    for library in X11:
        try:
            ctypes.CDLL(library)
        except OSError:
            return missing_library(library)
    return _refusal(environ["DISPLAY"])


def _refusal(display: str) -> str:
    """Asks the X server as Qt would, through libxcb."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if not refused:
        return ""
    return f"the display {display} does not answer: set DISPLAY to one that runs, or unset it."
