"""Files and pasted text: encodings, notebooks, old prints, and what is told of broken ones."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.document.model import Note
from designer.document.problem import ProblemError
from designer.formats.opening import open_design
from designer.formats.python.reading import paste
from designer.formats.python_source import NOTE, translations
from tests.formats.python.telling import CATALOG, lines, pasted, refusal

MODEL = "import keras\ni = keras.Input((4,))\nm = keras.Model(i, keras.layers.Dense(2)(i))\n"
DRAWN = ["input Input(shape=[4])", "dense Dense(units=2) <- input", "output output() <- dense"]


def opened(path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    return lines(open_design(path, CATALOG).graph)


def code(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(ProblemError) as caught:
        open_design(path, CATALOG)
    assert str(path) in caught.value.problem.message or caught.value.problem.where.file == str(path)
    return caught.value.problem.code


@pytest.mark.parametrize(
    "data",
    [
        MODEL.encode(),
        b"\xef\xbb\xbf" + MODEL.encode(),
        MODEL.replace("\n", "\r\n").encode(),
        ("# -*- coding: latin-1 -*-\n# caf\xe9\n" + MODEL).encode("latin-1"),
        (MODEL + "print 'old'\n").encode(),
        ("%matplotlib inline\n!pip install keras\n" + MODEL + "keras.Model?\n").encode(),
    ],
)
def test_a_script_opens_as_a_design(tmp_path: Path, data: bytes) -> None:
    assert opened(tmp_path / "model.py", data) == DRAWN


def test_a_script_is_called_by_its_file_and_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "my_net.py"
    path.write_text(MODEL, encoding="utf-8")
    design = open_design(path, CATALOG)
    assert design.name == "my_net"
    assert len({(n.x, n.y) for n in design.graph.nodes.values()}) == 3
    assert not design.marks


def test_what_was_translated_lies_on_a_note_beside_the_nodes(tmp_path: Path) -> None:
    path = tmp_path / "old.py"
    path.write_text(MODEL.replace("Dense(2)", "Dense(output_dim=2)"), encoding="utf-8")
    design = open_design(path, CATALOG)
    note = design.marks[NOTE]
    assert isinstance(note, Note)
    assert note.text.startswith("**Read from old.py**")
    assert "output_dim" in note.text
    assert translations(design) == 1
    assert note.x + note.width < min(n.x for n in design.graph.nodes.values()) - 100


def test_the_code_of_a_notebook_opens_without_its_magics_and_tells_cells(tmp_path: Path) -> None:
    first, second = MODEL.split("\n", 1)
    cells: list[dict[str, object]] = [
        {"cell_type": "markdown", "source": ["# A net"]},
        {"cell_type": "code", "source": [f"{first}\n", "%matplotlib inline"]},
        {"cell_type": "code", "source": "%%bash\nls"},
        {"cell_type": "code", "source": second},
    ]
    path = tmp_path / "net.ipynb"
    assert opened(path, json.dumps({"cells": cells}).encode()) == DRAWN
    cells[-1]["source"] = second.replace("Dense(2)", "Dense(cfg.n)")
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    with pytest.raises(ProblemError, match=r"cell 3, line 2: `cfg\.n`"):
        open_design(path, CATALOG)


def test_broken_files_are_refused_by_what_is_wrong(tmp_path: Path) -> None:
    assert code(tmp_path / "a.py", b"x = \xff\xfe") == "bad_encoding"
    assert code(tmp_path / "b.py", b"# -*- coding: klingon -*-\n") == "bad_encoding"
    assert code(tmp_path / "c.py", b"x = (1,\ny = 2\n") == "bad_syntax"
    assert code(tmp_path / "d.py", b"x = 1\0\n") == "bad_syntax"
    assert code(tmp_path / "e.py", b"print('no network')\n") == "no_network"
    assert code(tmp_path / "f.py", b"x = 1\n" * 700_000) == "too_large"
    assert code(tmp_path / "g.ipynb", b"{}") == "not_a_notebook"
    assert code(tmp_path / "h.ipynb", b"[" * 100_000) == "not_a_notebook"
    with pytest.raises(ProblemError):
        open_design(tmp_path / "missing.py", CATALOG)


def test_a_syntax_error_tells_line_and_column() -> None:
    problem = refusal("x = 1\nfor in y:\n    pass\n")
    assert problem.message.startswith("line 2: ")
    assert (problem.values["column"], problem.values["text"]) == (5, "for in y:")


@pytest.mark.parametrize(
    "text",
    [
        "    y = layers.Dense(3)(x)\n    z = layers.ReLU()(y)",
        "y = layers.Dense(3)(x)\n    z = layers.ReLU()(y)",
        ">>> y = layers.Dense(3)(x)\n>>> z = layers.ReLU()(y)\n<KerasTensor shape=(None, 3)>",
        "```python\ny = layers.Dense(3)(x)\nz = layers.ReLU()(y)\n```",
        "y = layers.Dense(\n    3,\n)(x)\nz = layers.ReLU()(y)  # a comment",
    ],
)
def test_code_is_pasted_however_it_was_copied(text: str) -> None:
    assert pasted(text) == ["dense Dense(units=3)", "re_lu ReLU() <- dense"]


TEXT = (
    "x y = ( ) [ ] { } , . : * ** + - / % @ == < > not and or if else for in while def return "
    "lambda class import from as with try except yield await async global True None 1 2.5 1e999 "
    "9999999999999999999999 'a' f'{x}' layers Dense Conv2D Input keras ops Model Sequential merge "
    "mode border_mode add append range zip self super() __init__ \n \n\n \n\t"
)
WORDS = st.sampled_from(TEXT.split(" "))


@given(text=st.text() | st.lists(WORDS, max_size=30).map(" ".join))
def test_no_text_does_more_than_make_nodes_or_raise_a_problem(text: str) -> None:
    try:
        paste(text, CATALOG)
    except ProblemError as error:
        assert error.problem.message


STATEMENTS = st.sampled_from(
    (
        "x = layers.Dense(n)(x)",
        "x = x + y",
        "x, y = y, x",
        "y = [x, y]",
        "y = x[0]",
        "n = n * n + 1",
        "n = f'{n}'",
        "n = layers",
        "x = layers.LSTM(3, return_state=True)(x)",
        "layers = layers.Add()",
        "def f(x, *a, n=n, **k): return f(*a) if a else g(x)",
        "g = lambda *a: a[0]",
        "y = f(x, y)",
        "m = keras.Model(x, y)",
        "m = keras.Sequential([x, y, n, layers.ReLU()])",
        "x = m(x)",
        "x = m.output",
        "m.add(m)",
        "y = {x: y, **n}",
        "class x(m): n = n",
        "x = x(n)(x)",
        "y.append(y)",
        "y = y + y",
        "y += x",
        "for n in y: x = f(x)",
        "while n: n = x",
        "import x.y as y",
        "x.y = m",
        "x[n] = y",
        "n = 3",
        "x = keras.Input((n,))",
        "x = merge(y, mode=n)",
        "del x",
    )
)


@given(parts=st.lists(STATEMENTS, max_size=14))
def test_no_script_does_more_than_make_nodes_or_raise_a_problem(parts: list[str]) -> None:
    for text in ("\n".join(parts), "x = keras.Input((4,))\ny = x\nn = 2\n" + "\n".join(parts)):
        try:
            paste(text, CATALOG)
        except ProblemError as error:
            assert error.problem.message
