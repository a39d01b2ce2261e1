"""What lies on the clipboard as nodes to paste: ours, a design as text, or Keras code, of which the
syntax tree is read and nothing is run.
"""

import re

from PySide6.QtCore import QMimeData

from designer.catalog.spec import Catalog
from designer.document.fragment import Fragment, from_data
from designer.document.problem import Problem, ProblemError, failure
from designer.formats.python_source import paste

NODES_MIME = "application/x-skipwire-nodes"
SHOWN = 3  # notes that are told in full
_KERAS = re.compile(r"\b(keras|layers|Input|Model|Sequential|merge|\w+[123]D|Dense)\b.*\(")


def fragment_of(mime: QMimeData | None, catalog: Catalog) -> tuple[Fragment, Problem | None]:
    """The nodes in what was copied, and what is to be told about it; ProblemError.

    Some platforms have None where nothing was copied, whatever PySide6 says of its type.
    """
    if mime is None:
        mime = QMimeData()
    if mime.hasFormat(NODES_MIME):
        return from_data(bytes(mime.data(NODES_MIME).data())), None
    text = mime.text() if mime.hasText() else ""
    if text.strip().startswith("{"):
        return from_data(text.strip().encode("utf-8", "replace")), None
    if text.strip():
        return _from_code(text, catalog)
    raise failure("nothing_to_paste", "There are no nodes on the clipboard: copy some first.")


def _from_code(text: str, catalog: Catalog) -> tuple[Fragment, Problem | None]:
    try:
        fragment, notes = paste(text, catalog)
    except ProblemError as error:
        # What is no code at all needs no lecture about its syntax.
        if error.problem.code != "bad_syntax" or _KERAS.search(text):
            raise
        raise _foreign() from error
    if not fragment.nodes:
        raise _foreign()
    return fragment, _told(notes)


def _foreign() -> ProblemError:
    template = (
        "The clipboard holds text that is no part of a network. Copy nodes on a canvas of "
        "Skipwire, the whole text of a .skipwire file, or Keras code."
    )
    return failure("foreign_text", template)


def _told(notes: tuple[str, ...]) -> Problem | None:
    """The notes, or the first of them and how many more there are."""
    if not notes:
        return None
    shown, more = " ".join(notes[:SHOWN]), len(notes) - SHOWN
    template = "Of the pasted code, {notes}"
    if more > 0:
        template = "Of the pasted code, {notes} And {more} more of this kind."
    return Problem("info", "translated", template, {"notes": shown, "more": more})
