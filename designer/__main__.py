"""The one way in: a window, a command, or a child process. Loads only what that one needs."""

import os
import runpy
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from designer import __version__
from designer.ui import display

if TYPE_CHECKING:  # pictures only; the window starts without them
    from designer.catalog.spec import Catalog
    from designer.document.model import Document
    from designer.infer.report import Report

INTERRUPTED = 130
CHILDREN = {"--worker": "designer.worker.serve", "--train": "designer.worker.train"}


def is_file_name(word: str) -> bool:
    """Whether an argument names a file to open: commands have neither a dot nor a slash."""
    return not word.startswith("-") and ("." in word or "/" in word or os.sep in word)


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status of whatever the arguments ask for (default: those of the process)."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _begin(words)
    except KeyboardInterrupt:  # Ctrl+C while Python is still loading; later each has its own way
        return INTERRUPTED


def _begin(words: list[str]) -> int:
    if not words or is_file_name(words[0]):
        return _window(words)
    if words[0] in CHILDREN:
        return _child(CHILDREN[words[0]], words[1:])
    if words[0] == "demo":
        return _demo(words[1:])
    from designer.cli.program import run  # late: the window starts without the commands

    return run(words, __version__, _paint)


def _child(module: str, words: list[str]) -> int:
    """Becomes a child process: the way in for a frozen program, which has no `python -m`."""
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    return 0


def _say(sentence: str) -> None:
    sys.stderr.write(f"skipwire: {sentence}\n")


def _refuse(sentence: str) -> int:
    _say(sentence)
    return 1


def _window(files: list[str]) -> int:
    sentence = display.obstacle(os.environ)
    if sentence:
        return _refuse(sentence)
    # An exception in the middle of its import would abort Qt with a dump: end without a word.
    former = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        from designer.ui.app import run_window  # late: Qt, which only a window needs
    except ImportError as error:
        return _refuse(display.of_import(error))
    finally:
        signal.signal(signal.SIGINT, former)
    return run_window(files)


def _paint(
    document: "Document", report: "Report", catalog: "Catalog", kind: str, theme: str, scale: float
) -> bytes:
    """A picture for the command `export`, which itself knows nothing of Qt."""
    from designer.document.problem import failure  # late: the window starts without it

    try:
        from designer.ui.offscreen_picture import paint_offscreen  # late: Qt, only for pictures
    except ImportError as error:
        raise failure("no_qt", "{reason}", reason=display.of_import(error)) from error
    return paint_offscreen(document, report, catalog, kind, theme, scale)


def _demo(words: list[str]) -> int:
    from argparse import ArgumentParser  # late: the window starts without it

    parser = ArgumentParser(prog="skipwire demo")
    parser.description = "Opens the skip autoencoder and trains it on photographs."
    parser.add_argument("--epochs", type=int, metavar="N", help="how long to train")
    parser.add_argument("--shots", metavar="DIR", help="write screenshots into this folder")
    options = parser.parse_args(words)
    if display.is_headless(os.environ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        options.shots = options.shots or "skipwire-demo"
        _say(f"there is no display: this is the demo, offscreen; pictures go to {options.shots}")
    sentence = display.obstacle(os.environ)
    if sentence:
        return _refuse(sentence)
    try:
        from designer.ui.demo import run_demo  # late: Qt, which only a window needs
    except ImportError as error:
        return _refuse(display.of_import(error))
    return run_demo(options.epochs, options.shots)


if __name__ == "__main__":
    sys.exit(main())
