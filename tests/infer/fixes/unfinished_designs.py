"""Designs that are unfinished or cut, and traps that build: no ends, loose layers, bypasses, old
positional strides, a U-Net that nothing joins, a layer shared by tensors of unlike widths.
"""

from designer.document.model import Edge
from tests.infer.fixes.broken_designs import broken
from tests.infer.fixes.more_broken_designs import BROKEN as BROKEN
from tests.infer.fixes.sketch import Sketch

# --- Without ends -------------------------------------------------------------------------------


@broken("no_input", "a convolution without an input")
def _(s: Sketch) -> None:
    s.conv(s("Conv2D", filters=8, kernel_size=3), 8)


@broken("no_input", "a dense layer alone")
def _(s: Sketch) -> None:
    s("Dense", units=8)


@broken("no_input", "an embedding without words")
def _(s: Sketch) -> None:
    s("LSTM", s("Embedding", input_dim=100, output_dim=8), units=4)


@broken("no_output", "an input beside a layer")
def _(s: Sketch) -> None:
    s.input(8, 8, 3)
    s("Conv2D", filters=8, kernel_size=3)


@broken("no_output", "an output that nothing is wired to")
def _(s: Sketch) -> None:
    s.conv(s.input(8, 8, 3), 4)
    s.mark()


@broken("no_output", "a model whose only layer is bypassed")
def _(s: Sketch) -> None:
    s.change(s.conv(s.input(8, 8, 3), 4), bypassed=True)


@broken("unconnected", "a second output that nothing is wired to")
def _(s: Sketch) -> None:
    x = s.conv(s.input(8, 8, 3), 4)
    s.mark(x)
    s.conv(x, 4)
    s.mark()


@broken("unconnected", "a layer beside the model")
def _(s: Sketch) -> None:
    s.mark(s.conv(s.input(8, 8, 3), 4))
    s("BatchNormalization")


@broken("unconnected", "an input that nothing uses")
def _(s: Sketch) -> None:
    s.mark(s.conv(s.input(8, 8, 3), 4))
    s.input(4)


@broken("dead_end", "a branch that ends nowhere")
def _(s: Sketch) -> None:
    x = s.conv(s.input(8, 8, 3), 4)
    s.conv(x, 4)
    s.mark(s.conv(x, 8))


@broken("input_missing", "a merge of one tensor beside a loose branch")
def _(s: Sketch) -> None:
    x = s.conv(s.input(8, 8, 3), 4)
    s.conv(x, 4)
    s("ReLU", s("Add", x))


@broken("cycle", "wires in a circle")
def _(s: Sketch) -> None:
    x = s.input(8, 8, 3)
    add = s("Add", x, s.conv(x, 3))
    back = s.conv(add, 3)
    s.conv(back, 3)
    graph = s.document.graph
    s.document = s.closed(Edge(back, 0, add, "inputs", 2), graph)


@broken("no_such_output", "the state of a layer that returns none")
def _(s: Sketch) -> None:
    x = s("LSTM", s.input(8, 4), units=4)
    dense = s("Dense", x, units=3)
    graph = s.document.graph
    s.document = s.closed(Edge(x, 2, dense, "inputs", 0), graph)


@broken("no_such_port", "a wire to an input of another name")
def _(s: Sketch) -> None:
    x = s.conv(s.input(8, 8, 3), 4)
    relu = s("ReLU", x)
    graph = s.document.graph
    s.document = s.closed(Edge(x, 0, relu, "x", 0), graph)


@broken("name_taken", "two layers of one name")
def _(s: Sketch) -> None:
    x = s.conv(s.input(8, 8, 3), 4)
    s.change(s("ReLU", x), name="conv2d")


@broken("unknown_type", "a layer that Keras does not have")
def _(s: Sketch) -> None:
    x = s("ReLU", s.conv(s.input(8, 8, 3), 4))
    s.change(x, type="layers.MaxoutDense")
    s.conv(x, 4)


@broken("unbuildable", "a layer that wraps code")
def _(s: Sketch) -> None:
    s.conv(s("Lambda", s.conv(s.input(8, 8, 3), 4)), 4)


@broken("unknown_param", "a parameter of old Keras")
def _(s: Sketch) -> None:
    s.conv(s.input(8, 8, 3), 4, border_mode="same")


@broken("param_missing", "a convolution without filters")
def _(s: Sketch) -> None:
    s("Conv2D", s.input(8, 8, 3), kernel_size=3)


@broken("bad_value", "a text where a number belongs")
def _(s: Sketch) -> None:
    s("Dense", s.input(8), units="many")


@broken("bad_name", "a name that Keras refuses")
def _(s: Sketch) -> None:
    s.change(s.conv(s.input(8, 8, 3), 4), name="block/conv")


@broken("empty_name", "a layer without a name")
def _(s: Sketch) -> None:
    s.change(s.conv(s.input(8, 8, 3), 4), name="")


@broken("long_name", "a name without an end")
def _(s: Sketch) -> None:
    s.change(s.conv(s.input(8, 8, 3), 4), name="conv" * 100)


# --- Bypasses -----------------------------------------------------------------------------------


@broken("cut_off", "a branch whose merge is bypassed")
def _(s: Sketch) -> None:
    x = s.input(8, 8, 3)
    merge = s("Add", s.conv(x, 4), s.conv(x, 4))
    s.change(merge, bypassed=True)
    s.mark(s.conv(merge, 8))


@broken("bypass_empty", "a bypassed layer that gets nothing")
def _(s: Sketch) -> None:
    x = s.input(8, 8, 3)
    loose = s("ReLU")
    s.change(loose, bypassed=True)
    s("Concatenate", s.conv(x, 4), loose)


@broken("cannot_bypass", "a bypassed input")
def _(s: Sketch) -> None:
    x = s.input(8, 8, 3)
    s.conv(x, 4)
    s.change(x, bypassed=True)


# --- Traps --------------------------------------------------------------------------------------


@broken("strides_equal_kernel", "a kernel of three numbers in old style")
def _(s: Sketch) -> None:
    s("Conv2D", s.input(32, 32, 3), filters=3, kernel_size=3, strides=3)


@broken("strides_equal_kernel", "old positional numbers in a residual block")
def _(s: Sketch) -> None:
    x = s.conv(s.input(33, 33, 3), 8)
    s.conv(s.conv(x, 8, 3, strides=3), 8)


@broken("normalization_axis", "a normalisation along the rows")
def _(s: Sketch) -> None:
    s("BatchNormalization", s.conv(s.input(32, 32, 3), 8), axis=1)


@broken("normalization_axis", "a normalisation along the columns of channels first")
def _(s: Sketch) -> None:
    x = s.conv(s.input(3, 32, 32), 8, data_format="channels_first")
    s("BatchNormalization", x, axis=3)


@broken("input_format", "channels first read by layers of channels last")
def _(s: Sketch) -> None:
    s.conv(s.conv(s.input(3, 64, 64), 8), 8)


@broken("mixed_formats", "one pooling of channels first among others")
def _(s: Sketch) -> None:
    x = s.conv(s.input(32, 32, 3), 8)
    s.conv(s("MaxPooling2D", x, data_format="channels_first"), 8)


@broken("merge_axis", "images put side by side where channels are meant")
def _(s: Sketch) -> None:
    x = s.conv(s.input(32, 32, 3), 8)
    s("Concatenate", x, s.conv(x, 8), axis=1)


def _without_merges(s: Sketch, pooled: bool) -> None:
    x = s.input(32, 32, 3)
    for filters in (8, 16):
        x = s.down(s.conv(x, filters)) if pooled else s.conv(s.conv(x, filters), filters, strides=2)
    x = s.conv(x, 32)
    for filters in (16, 8):
        x = s.conv(s.up(x), filters)
    s.conv(x, 1, 1)


@broken("no_merge", "a U-Net with poolings that nothing joins")
def _(s: Sketch) -> None:
    _without_merges(s, pooled=True)


@broken("no_merge", "a U-Net with strides that nothing joins")
def _(s: Sketch) -> None:
    _without_merges(s, pooled=False)


# --- Shared layers ------------------------------------------------------------------------------


@broken("shared_sizes", "one dense layer for two widths")
def _(s: Sketch) -> None:
    tower = s("Dense", s.input(8), units=4)
    again = s("Dense", s.input(6))
    s.change(again, shares=tower)
    s("Add", tower, again)


@broken("shared_sizes", "one convolution for images of unlike depth")
def _(s: Sketch) -> None:
    x = s.input(16, 16, 3)
    first = s.conv(x, 8)
    again = s("Conv2D", first)
    s.change(again, shares=first)
    s("Add", first, again)
