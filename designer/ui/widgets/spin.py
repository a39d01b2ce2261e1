"""Spin boxes like the other fields: the style sheet takes their arrows away, and with these the
room before the text.
"""

from PySide6.QtWidgets import QAbstractSpinBox

_PAD = 6  # pixels


def pad(box: QAbstractSpinBox) -> None:
    """Its text stands as far from the edge as in a line."""
    box.lineEdit().setTextMargins(_PAD, 0, _PAD, 0)
