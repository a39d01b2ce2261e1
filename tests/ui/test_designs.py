"""What open designs are called, and what is kept of each."""

from pathlib import Path

import pytest

from designer.catalog.spec import Catalog
from designer.document.history import History
from designer.document.model import Document
from designer.infer.engine import Inference
from designer.ui.designs import Design, same_file, titles


def _titles(catalog: Catalog, *of: str | Path) -> list[str]:
    """Titles of designs with these names (a str) or files (a Path), opened in this order."""
    designs = [
        Design(
            Inference(catalog),
            number,
            History.start(Document(name if isinstance(name, str) else "inner name")),
            name if isinstance(name, Path) else None,
        )
        for number, name in enumerate(of)
    ]
    found = titles(reversed(designs))
    return [found[design] for design in designs]


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (["untitled"], ["untitled"]),
        ([Path("/a/net.skipwire")], ["net"]),
        ([Path("/a/net.json")], ["net.json"]),
        (["untitled", "untitled", "other"], ["untitled", "untitled 2", "other"]),
        ([Path("/a/net.skipwire"), "net", "net"], ["net", "net 2", "net 3"]),
        (
            [Path("/a/one/net.skipwire"), Path("/a/two/net.skipwire"), Path("/a/two/b.skipwire")],
            ["net – one", "net – two", "b"],
        ),
        (
            [Path("/x/m/net.skipwire"), Path("/y/m/net.skipwire"), Path("/y/k/net.skipwire")],
            ["net – x/m", "net – y/m", "net – y/k"],
        ),
        ([Path("/net.skipwire"), Path("/a/net.skipwire")], ["net – /", "net – a"]),
    ],
)
def test_titles_tell_designs_apart_in_as_few_words_as_possible(
    catalog: Catalog, of: list[str | Path], expected: list[str]
) -> None:
    assert _titles(catalog, *of) == expected


def test_one_file_by_two_names_is_one_file(tmp_path: Path) -> None:
    file, link = tmp_path / "a.skipwire", tmp_path / "b.skipwire"
    assert not same_file(file, link)
    file.touch()
    link.symlink_to(file)
    assert same_file(link, file)
    assert not same_file(file, None)
