"""Functions of a script that make a part of its network become blocks."""

from designer.codegen.script import generate
from designer.document.block_lines import check
from designer.document.model import Document
from designer.document.problem import Where
from designer.formats.examples import load_example
from designer.formats.python.reading import paste
from tests.formats.python.telling import CATALOG, START, reading

TWO = """
def conv_block(x, filters, rate=0.1):
    x = layers.Conv2D(filters, 3, padding="same")(x)
    return layers.Dropout(rate)(x)

image = keras.Input((8, 8, 3))
first = conv_block(image, 4)
second = conv_block(first, filters=8)
"""


def kinds(document: Document) -> list[tuple[str, str]]:
    """Title and kind of each block."""
    check(document, Where())
    return [(block.title, block.kind) for block in document.blocks.values()]


def read(text: str) -> Document:
    """The design in that code."""
    return reading(START + text).document


def test_calls_of_a_function_are_blocks_of_one_kind() -> None:
    document = read(TWO + "model = keras.Model(image, layers.ReLU()(second))")
    assert kinds(document) == [("first", "conv_block"), ("second", "conv_block")]
    first, _ = document.blocks.values()
    assert dict(first.params) == {
        "filters": (("conv2d", "filters"),), "rate": (("dropout", "rate"),)
    }  # fmt: skip


def test_functions_in_functions_are_blocks_in_blocks() -> None:
    text = (
        TWO.partition("first")[0]
        + """
def stage(x):
    x = conv_block(x, 4)
    return conv_block(x, 8)

model = keras.Model(image, layers.ReLU()(stage(image)))
"""
    )
    document = read(text)
    assert kinds(document) == [
        ("stage", "stage"), ("x", "conv_block"), ("conv_block", "conv_block")
    ]  # fmt: skip
    outer, inner, _ = document.blocks.values()
    assert inner.parent == outer.id


def test_what_makes_one_layer_or_all_of_the_network_is_no_block() -> None:
    one = "def dense(x):\n    return layers.Dense(2)(x)\n"
    assert not read(one + "i = keras.Input((4,))\nkeras.Model(i, layers.ReLU()(dense(i)))").blocks
    whole = TWO.partition("image")[0] + (
        "def build():\n    i = keras.Input((8, 8, 3))\n"
        "    return keras.Model(i, conv_block(i, 4))\nmodel = build()"
    )
    assert not read(whole).blocks


def test_a_class_is_the_kind_of_what_its_call_makes() -> None:
    text = """
class Twice(layers.Layer):
    def __init__(self):
        self.one, self.two = layers.Dense(3), layers.Dense(4)
    def call(self, x):
        return self.two(self.one(x))

i = keras.Input((4,))
keras.Model(i, layers.ReLU()(Twice()(i)))
"""
    assert kinds(read(text)) == [("Twice", "Twice")]


def test_pasted_functions_come_as_blocks_whose_ends_can_be_wired() -> None:
    fragment, _ = paste(START + TWO, CATALOG)
    assert [block.kind for block in fragment.blocks] == ["conv_block", "conv_block"]
    assert all(block.inputs and block.outputs for block in fragment.blocks)
    assert len({(block.x, block.y) for block in fragment.blocks}) == 2


def test_the_script_of_blocks_comes_back_to_the_letter() -> None:
    document = load_example("apes_block")
    text = generate(document, CATALOG).text
    found = reading(text).document
    assert generate(found, CATALOG).text == text
    assert kinds(found) == kinds(document)
    assert [tuple(b.params) for b in found.blocks.values()] == [("filters",)] * 3
