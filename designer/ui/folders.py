"""Folders as people name them."""

from pathlib import Path


def short_folder(file: Path) -> str:
    """The folder of a file, short where it is below the user's own."""
    folder, home = file.absolute().parent, Path.home()
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
