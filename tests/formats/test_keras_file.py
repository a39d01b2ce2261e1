"""Archives: old ones, broken ones, hostile ones. All that goes wrong is a Problem."""

import copy
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designer.catalog.spec import Catalog
from designer.document.problem import ProblemError, Where
from designer.document.serialize import from_bytes, to_bytes
from designer.formats import keras_file
from designer.formats.keras_config import to_document
from designer.formats.opening import open_design
from tests.formats.archives import archive, call, entry, functional, layer, residual, tensor


def refused(path: Path, catalog: Catalog) -> tuple[str, str]:
    with pytest.raises(ProblemError) as caught:
        keras_file.read(path, catalog)
    problem = caught.value.problem
    assert problem.where.file == str(path)
    return problem.code, problem.message


def test_a_model_is_read_laid_out_and_can_be_saved_as_a_design(
    tmp_path: Path, catalog: Catalog
) -> None:
    document = open_design(archive(tmp_path / "net.keras", residual()), catalog)
    places = {(n.x, n.y) for n in document.graph.nodes.values()}
    assert len(places) == len(document.graph.nodes) == 6
    assert from_bytes(to_bytes(document)) == document


def test_a_file_of_keras_2_is_told_with_its_version(tmp_path: Path, catalog: Catalog) -> None:
    path = archive(tmp_path / "old.keras", residual(), version="2.15.0")
    code, message = refused(path, catalog)
    assert code == "old_model"
    assert "Keras 2.15.0" in message
    assert 'model.save("model.keras")' in message


def test_hdf5_and_saved_model_are_told_apart(tmp_path: Path, catalog: Catalog) -> None:
    old = tmp_path / "old.h5"
    old.write_bytes(b"\x89HDF\r\n\x1a\n" + b"\0" * 40 + b"keras_version\0\0\x132.4.0\0")
    assert "Keras 2.4.0" in refused(old, catalog)[1]
    old.write_bytes(b"\x89HDF\r\n\x1a\n")
    assert "Keras 1 and 2" in refused(old, catalog)[1]
    folder = tmp_path / "saved"
    folder.mkdir()
    assert refused(folder, catalog)[0] == "not_a_model"
    (folder / "saved_model.pb").write_bytes(b"")
    assert "SavedModel" in refused(folder, catalog)[1]
    assert refused(folder / "saved_model.pb", catalog)[0] == "old_model"


def test_a_newer_major_version_is_refused(tmp_path: Path, catalog: Catalog) -> None:
    path = archive(tmp_path / "new.keras", residual(), version="4.0.0")
    assert refused(path, catalog)[0] == "newer_model"


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"config.json": None}, "not_a_model"),
        ({"metadata.json": None}, "not_a_model"),
        ({"metadata.json": "[]"}, "broken_model"),
        ({"config.json": "{"}, "broken_model"),
        ({"config.json": b"\xff\xfe"}, "broken_model"),
        ({"config.json": '{"a": NaN}'}, "broken_model"),
        ({"config.json": "[" * 100_000}, "broken_model"),
        ({"config.json": "[" * 300 + "]" * 300}, "broken_model"),
        ({"config.json": "[]"}, "broken_model"),
        ({"config.json": " " * 64_000_001}, "too_large"),
    ],
)
def test_broken_and_oversized_members_are_refused(
    members: dict[str, Any], code: str, tmp_path: Path, catalog: Catalog
) -> None:
    path = archive(tmp_path / "net.keras", residual(), members=members)
    assert refused(path, catalog)[0] == code


def test_what_is_no_archive_is_refused(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "net.keras"
    assert refused(path, catalog)[0] == "cannot_read"
    for data in (b"", b"PK", b"PK\x03\x04 and so on", b"text"):
        path.write_bytes(data)
        assert refused(path, catalog)[0] == "not_a_model"


def test_a_size_that_the_archive_lies_about_is_not_believed(
    tmp_path: Path, catalog: Catalog
) -> None:
    path = archive(tmp_path / "net.keras", residual(), members={"config.json": " " * 70_000_000})
    data = path.read_bytes()
    size = (70_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (100).to_bytes(4, "little")))
    assert refused(path, catalog)[0] in ("too_large", "not_a_model", "broken_model")


def test_a_truncated_archive_is_refused_at_every_length(tmp_path: Path, catalog: Catalog) -> None:
    data = archive(tmp_path / "whole.keras", residual()).read_bytes()
    path = tmp_path / "part.keras"
    for length in range(0, len(data), 37):
        path.write_bytes(data[:length])
        assert refused(path, catalog)[0] == "not_a_model"


def test_an_unknown_compression_and_an_encrypted_member_are_refused(
    tmp_path: Path, catalog: Catalog
) -> None:
    path = archive(tmp_path / "net.keras", residual())
    with zipfile.ZipFile(path) as file:
        at = file.infolist()[0].header_offset
        directory = file.start_dir
    data = bytearray(path.read_bytes())
    for place, value in ((10, 99), (8, 1)):
        odd = bytearray(data)
        odd[directory + place] = value
        odd[at + place - 2] = value
        path.write_bytes(odd)
        assert refused(path, catalog)[0] == "not_a_model"


def _rich() -> Any:
    """A configuration with something of everything."""
    model = residual()
    inner = functional(
        [entry("i"), layer("Dense", "d", [call(tensor("i"))], units=4)],
        [["i", 0, 0]],
        [["d", 0, 0]],
        "body",
    )
    model["config"]["layers"] += [
        {**inner, "name": "body", "inbound_nodes": [call(tensor("add"))]},
        layer("Concatenate", "both", [call([tensor("add"), tensor("body")])], axis=1),
        layer("Dropout", "drop", [call(tensor("both"), training=True)], rate=0.5, seed=3),
    ]
    model["compile_config"] = {"optimizer": "adam", "loss": "mse", "metrics": ["mae"]}
    return model


RICH = _rich()


def _paths(value: Any) -> list[tuple[Any, ...]]:
    found = []
    waiting: list[tuple[tuple[Any, ...], Any]] = [((), value)]
    while waiting:
        path, item = waiting.pop()
        if path:
            found.append(path)
        if isinstance(item, dict):
            waiting += [((*path, key), inner) for key, inner in item.items()]
        elif isinstance(item, list):
            waiting += [((*path, key), inner) for key, inner in enumerate(item)]
    return sorted(found, key=str)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 5)
    | st.floats(-2, 2)
    | st.text(max_size=4)
    | st.sampled_from(["x", "add", "body", "Sequential", "Functional", "keras", "__lambda__"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["class_name", "config", "module", "name", "layers", "args", "items"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=5,
)


@given(st.lists(st.tuples(st.sampled_from(_paths(RICH)), JSON), min_size=1, max_size=4))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_in_a_configuration_it_is_read_or_refused(
    catalog: Catalog, changes: list[tuple[tuple[Any, ...], Any]]
) -> None:
    model = copy.deepcopy(RICH)
    for path, value in changes:
        spot = model
        try:
            for key in path[:-1]:
                spot = spot[key]
            spot[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    model = json.loads(json.dumps(model))
    try:
        document = to_document(model, catalog, Where(file="x"))
    except ProblemError as error:
        assert error.problem.message
    else:
        to_bytes(document)
