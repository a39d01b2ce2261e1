"""Texts that are not written in a widget: problems are told from their template and values."""

from PySide6.QtCore import QCoreApplication

from designer.document.problem import Problem


def tell(problem: Problem) -> str:
    """A problem's message in the user's language; English where the template has no translation."""
    template = QCoreApplication.translate("problems", problem.template)
    try:
        return template.format(**problem.values)
    except (KeyError, IndexError, ValueError):
        return problem.message
