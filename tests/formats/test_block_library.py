"""The library of blocks: what ships works in Keras, what a user saves comes back as it was."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from designer.catalog.library import in_library, put, shelf
from designer.catalog.load import load
from designer.codegen.script import generate
from designer.document import edits
from designer.document.blocks import values
from designer.document.lowering import with_values
from designer.document.model import INPUT, OUTPUT, PASSAGES, Document, Edge, Graph, Node
from designer.document.problem import ProblemError
from designer.document.serialize import from_bytes, to_bytes
from designer.formats import block_library
from designer.formats.block_library import LibraryBlock, by_type, owned, save, shipped
from designer.infer.wiring import ports
from tests.document.block_designs import ape

BLOCKS = {block.spec.key: block for block in shipped()}
SHAPES: dict[str, tuple[list[int], ...]] = {
    "library/residual_block": ([16, 16, 8],),
    "library/bottleneck_residual": ([16, 16, 8],),
    "library/apes_block": ([16, 16, 3],),
    "library/encoder_step": ([16, 16, 3],),
    "library/decoder_step": ([8, 8, 6], [16, 16, 4]),
    "library/squeeze_excite": ([16, 16, 64],),
    "library/inception": ([16, 16, 8],),
    "library/transformer_encoder": ([10, 64],),
}
ENDS: dict[str, list[tuple[int | None, ...]]] = {
    "library/residual_block": [(None, 16, 16, 64)],
    "library/bottleneck_residual": [(None, 16, 16, 256)],
    "library/apes_block": [(None, 16, 16, 32)],
    "library/encoder_step": [(None, 8, 8, 32), (None, 16, 16, 32)],
    "library/decoder_step": [(None, 16, 16, 32)],
    "library/squeeze_excite": [(None, 16, 16, 64)],
    "library/inception": [(None, 16, 16, 128)],
    "library/transformer_encoder": [(None, 10, 64)],
}
# Other values, and the shapes that come out of the block then.
CHANGED: dict[str, tuple[dict[str, int], list[tuple[int | None, ...]]]] = {
    "library/residual_block": ({"filters": 12, "strides": 2}, [(None, 8, 8, 12)]),
    "library/bottleneck_residual": (
        {"filters": 4, "filters_out": 20, "strides": 2}, [(None, 8, 8, 20)]),
    "library/apes_block": ({"filters": 5}, [(None, 16, 16, 5)]),
    "library/encoder_step": ({"filters": 7}, [(None, 8, 8, 7), (None, 16, 16, 7)]),
    "library/decoder_step": ({"filters": 9}, [(None, 16, 16, 9)]),
    "library/squeeze_excite": ({"channels": 64, "squeezed": 8}, [(None, 16, 16, 64)]),
    "library/inception": ({"filters_1x1": 3, "filters_pool": 1}, [(None, 16, 16, 84)]),
    "library/transformer_encoder": ({"hidden": 32, "num_heads": 2}, [(None, 10, 64)]),
}  # fmt: skip


def network(block: LibraryBlock, copies: int = 1) -> tuple[Document, list[str]]:
    """Inputs, copies of the block that all see them, and outputs; also the blocks' ids."""
    shapes = SHAPES[block.spec.key]
    nodes = [Node(f"in{k}", INPUT, f"in{k}", {"shape": s}) for k, s in enumerate(shapes)]
    document = Document("net", Graph({node.id: node for node in nodes}))
    made = []
    for copy in range(copies):
        document, key = block_library.put(document, block.data, (300.0 * copy, 200.0))
        made.append(key)
        placed = document.blocks[key]
        for place, port in enumerate(placed.inputs):
            document = edits.connect(document, Edge(f"in{place}", 0, port, "inputs"))
        for place, port in enumerate(placed.outputs):
            end = Node(f"out{copy}_{place}", OUTPUT, f"out{copy}_{place}")
            document = edits.add(document, [end], [Edge(port, 0, end.id, "inputs")])
    return document, made


def test_every_shipped_block_is_listed_told_and_within_its_design() -> None:
    assert len(BLOCKS) == 8
    assert {key.removeprefix("library/") for key in BLOCKS} == {
        file.stem for file in next(iter(BLOCKS.values())).file.parent.glob("*.skipwire")
    }
    for block in BLOCKS.values():
        assert block.spec.doc.endswith(".")
        assert block.spec.params, "it offers parameters"
        assert not block.own
        document = from_bytes(block.data)
        (outer,) = document.blocks.values()
        assert set(values(document, outer)) >= set(outer.params) - {"strides"}, "but defaults"
        assert document.marks, "a note inside says what it is for"


def test_blocks_are_found_in_the_catalogue_but_not_counted_among_layers() -> None:
    catalog = load()
    count = len(catalog.layers)
    put(catalog, by_type(BLOCKS.values()))
    assert len(catalog.layers) == count
    assert "library/apes_block" in catalog.layers
    assert catalog.layers["library/decoder_step"].name == "DecoderStep"
    assert len(ports(catalog, "library/decoder_step")) == 2
    assert all(map(in_library, shelf(catalog)))
    assert catalog.layers.get("library/none") is None


def test_a_placed_block_is_a_copy_with_names_of_its_own() -> None:
    document, (one, other) = network(BLOCKS["library/apes_block"], copies=2)
    assert [document.blocks[key].title for key in (one, other)] == ["apes_block", "apes_block_1"]
    assert document.blocks[one].kind == document.blocks[other].kind == "ApesBlock"
    names = [n.name for n in document.graph.nodes.values() if n.type not in PASSAGES]
    assert len(set(names)) == len(names)
    text = generate(document, load()).text
    assert "def apes_block(x, filters, suffix):" in text
    assert text.count("apes_block(in0, filters=32") == 2


def test_a_block_goes_into_the_block_that_is_open() -> None:
    whole = ape()
    after, key = block_library.put(whole, BLOCKS["library/apes_block"].data, (8.0, 16.0), "ape")
    assert (after.blocks[key].parent, after.blocks[key].x, after.blocks[key].y) == ("ape", 8, 16)


def test_a_saved_block_comes_back_with_what_it_holds(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "blocks"
    file = save(folder, ape(), "ape")
    assert file.name == "ApesBlock.skipwire"
    (block,), problems = owned(folder)
    assert (block.spec.key, block.spec.name, problems) == ("library/own/ApesBlock", "ApesBlock", ())
    assert block.own
    whole, key = block_library.put(Document(), block.data, (0.0, 0.0))
    assert len(whole.graph.nodes) == 5
    assert dict(values(whole, whole.blocks[key])) == {"filters": 4}


def test_a_block_of_the_same_kind_replaces_the_one_that_is_there(tmp_path: Path) -> None:
    save(tmp_path, ape(), "ape")
    save(tmp_path, with_values(ape(), "ape", {"filters": 11}), "ape")
    (block,), _ = owned(tmp_path)
    assert block.spec.params[0].default == 11
    block_library.remove(block)
    block_library.remove(block)  # somebody else was quicker
    assert owned(tmp_path) == ((), ())


def test_a_kind_that_no_file_can_be_called_is_saved_all_the_same(tmp_path: Path) -> None:
    document = ape()
    odd = replace(document.blocks["ape"], kind="../../a: b?")
    file = save(tmp_path, replace(document, blocks={"ape": odd}), "ape")
    assert file.parent == tmp_path
    assert owned(tmp_path)[0][0].spec.name == "../../a: b?"


def test_broken_files_are_passed_over_with_a_word(tmp_path: Path) -> None:
    save(tmp_path, ape(), "ape")
    (tmp_path / "broken.skipwire").write_bytes(b"{")
    (tmp_path / "none.skipwire").write_bytes(to_bytes(Document()))
    blocks, problems = owned(tmp_path)
    assert [block.spec.name for block in blocks] == ["ApesBlock"]
    assert {problem.code for problem in problems} == {"block_skipped"}
    assert {problem.values["file"] for problem in problems} == {"broken.skipwire", "none.skipwire"}
    assert owned(tmp_path / "nowhere") == ((), ())


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProblemError, match="cannot be made"):
        save(tmp_path / "file" / "blocks", ape(), "ape")


@pytest.mark.keras
@pytest.mark.xdist_group("keras")
@pytest.mark.parametrize("key", sorted(SHAPES))
def test_keras_builds_every_shipped_block(key: str) -> None:
    catalog = load()
    importlib.import_module("keras")
    document, (block,) = network(BLOCKS[key])
    assert shapes_of(document, catalog) == ENDS[key]
    changed, ends = CHANGED[key]
    both, (first, _) = network(BLOCKS[key], copies=2)
    assert set(changed) <= set(document.blocks[block].params)
    kept = values(both, both.blocks[first])
    both = with_values(both, first, {**kept, **changed})
    assert shapes_of(both, catalog) == [*ends, *ENDS[key]]


def shapes_of(document: Document, catalog: Any) -> list[tuple[int | None, ...]]:
    """The shapes that come out of the model that the design's script builds, and one prediction."""
    names: dict[str, Any] = {"__name__": "script"}
    exec(compile(generate(document, catalog).text, "script.py", "exec"), names)
    return [tuple(tensor.shape) for tensor in names["build_model"]().outputs]
