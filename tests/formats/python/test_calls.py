"""Names, arguments, values and tensors: every way in which people write one call."""

import pytest

from tests.formats.python.telling import START, body, pasted, reading, refusal, told

IN = "start = x = keras.Input((8, 8, 4))\ny = keras.Input((8, 8, 4))\n"


@pytest.mark.parametrize(
    ("imports", "call"),
    [
        ("import keras", "keras.layers.Dense(3)"),
        ("import keras as k", "k.layers.Dense(3)"),
        ("from keras import layers", "layers.Dense(3)"),
        ("from keras import layers as L", "L.Dense(3)"),
        ("from keras.layers import Dense", "Dense(3)"),
        ("from keras.layers import Dense as FC", "FC(units=3)"),
        ("from keras.layers import *", "Dense(3)"),
        ("from keras.layers.core import Dense", "Dense(3)"),
        ("from tensorflow.keras.layers import *", "Dense(3)"),
        ("from tensorflow.keras import layers", "layers.Dense(3)"),
        ("from tensorflow import keras", "keras.layers.Dense(3)"),
        ("import tensorflow as tf", "tf.keras.layers.Dense(3)"),
        ("import tensorflow.keras.layers as kl", "kl.Dense(3)"),
        ("from tensorflow.python.keras.layers import Dense", "Dense(3)"),
        ("import tf_keras", "tf_keras.layers.Dense(3)"),
        ("from keras.src.layers import Dense", "Dense(3)"),
        ("", "Dense(3)"),
        ("", "layers.Dense(3)"),
        ("", "tf.keras.layers.Dense(3)"),
    ],
)
def test_a_layer_is_known_however_it_was_imported(imports: str, call: str) -> None:
    assert pasted(f"{imports}\ny = {call}(x)") == ["dense Dense(units=3)"]


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("layers.Conv2D(64, 3, 1, 'same')(x)",
         'Conv2D(filters=64, kernel_size=3, padding="same") <- input'),
        ("layers.Conv2D(8 * 4, kernel_size=(3,) * 2, activation=keras.activations.relu)(x)",
         'Conv2D(activation="relu", filters=32, kernel_size=[3, 3]) <- input'),
        ("layers.Dense(2, activation=tf.nn.softmax)(x)",
         'Dense(activation="softmax", units=2) <- input'),
        ("layers.Dense(2, kernel_initializer=keras.initializers.HeNormal(seed=1))(x)",
         "Dense(kernel_initializer=initializers.HeNormal(seed=1), units=2) <- input"),
        ("layers.Dense(2, kernel_initializer=keras.initializers.he_normal())(x)",
         "Dense(kernel_initializer=initializers.HeNormal(), units=2) <- input"),
        ("layers.Dense(2, kernel_regularizer=keras.regularizers.l2(1e-4))(x)",
         "Dense(kernel_regularizer=regularizers.L2(l2=0.0001), units=2) <- input"),
        ("layers.Dense(2, dtype=tf.float16)(x)", 'Dense(dtype="float16", units=2) <- input'),
        ("layers.Dense(2, activation=layers.LeakyReLU(0.2))(x)",
         "Dense(activation=layers.LeakyReLU(negative_slope=0.2), units=2) <- input"),
        ("layers.TimeDistributed(layers.Dense(3))(x)",
         "TimeDistributed(layer=layers.Dense(units=3)) <- input"),
        ("layers.BatchNormalization()(x, training=False)",
         "BatchNormalization(training=false) <- input"),
        ("layers.BatchNormalization()(x, False)", "BatchNormalization(training=false) <- input"),
        ("layers.Add()([x, y])", "Add() <- input, input_1"),
        ("layers.Add()((y, x))", "Add() <- input_1, input"),
        ("layers.MultiHeadAttention(2, 4)(x, y, attention_mask=None)",
         "MultiHeadAttention(key_dim=4, num_heads=2) <- input, input_1"),
        ("layers.LSTM(4)(x, initial_state=[y, y])", "LSTM(units=4) <- input_1, input_1, input"),
        ("layers.LSTM(4)([x, y, y])", "LSTM(units=4) <- input_1, input_1, input"),
        ("layers.Dense(3, name='mine')(inputs=x)", "Dense(units=3) <- input"),
        ("x + y", "ops.add() <- input, input_1"),
        ("2 * x", "ops.multiply(x1=2) <- input"),
        ("x / 2", "ops.true_divide(x2=2) <- input"),
        ("-x", "ops.negative() <- input"),
        ("x ** 2", "ops.power(x2=2) <- input"),
        ("x @ y", "ops.matmul() <- input, input_1"),
        ("x > 0.5", "ops.greater(x2=0.5) <- input"),
        ("sum([x, y])", "ops.add() <- input, input_1"),
        ("x[:, 1:3]", ('ops.get_item(key=[slice(start=null, step=null, stop=null), '
         "slice(start=1, step=null, stop=3)]) <- input")),
        ("x[..., 0]", "ops.get_item(key=[ellipsis(), 0]) <- input"),
        ("ops.mean(x, axis=[1, 2], keepdims=True)",
         "ops.mean(axis=[1, 2], keepdims=true) <- input"),
        ("ops.concatenate([x, y], -1)", "ops.concatenate(axis=-1) <- input, input_1"),
        ("ops.nn.relu(x)", "ops.relu() <- input"),
        ("ops.image.resize(x, (4, 4))", "ops.image.resize(size=[4, 4]) <- input"),
        ("tf.concat([x, y], axis=-1)", "ops.concatenate(axis=-1) <- input, input_1"),
        ("tf.reduce_mean(x, [1, 2])", "ops.mean(axis=[1, 2]) <- input"),
        ("tf.transpose(x, perm=[0, 2, 1, 3])", "ops.transpose(axes=[0, 2, 1, 3]) <- input"),
        ("keras.activations.relu(x)", "ops.relu() <- input"),
        ("layers.Lambda(lambda t: t * 2)(x)", "ops.multiply(x2=2) <- input"),
        ("layers.Conv2D(f'{6}', 1)(x) if False else layers.ReLU()(x)", "ReLU() <- input"),
        ("layers.Dense(int(8 / 2))(x)", "Dense(units=4) <- input"),
        ("layers.Dense(x.shape[-1])(y)", "Dense(units=4) <- input_1"),
        ("layers.Dense(max(2, min(5, 3)) << 1, name='a_{}'.format(1))(x)",
         "Dense(units=6) <- input"),
    ],
)  # fmt: skip
def test_a_call_is_bound_to_ports_and_parameters(call: str, wanted: str) -> None:
    model = "keras.Model([start, y], out)"
    (line,) = body(f"import tensorflow as tf\n{IN}out = {call}\n{model}")
    assert line.partition(" ")[2] == wanted


def test_a_layer_that_is_called_again_is_shared() -> None:
    text = "d = layers.Dense(3, name='d')\na = d(x)\nb = d(a)\nkeras.Model(start, d(b))"
    assert body(IN + text) == [
        "d Dense(units=3) <- input",
        "b Dense() = d <- d",
        "dense Dense() = d <- b",
    ]


def test_several_outputs_are_told_apart() -> None:
    text = (
        "s, *states = layers.LSTM(4, return_state=True, name='s')(x)\n"
        "halves = ops.split(s, 2, axis=-1)\n"
        "both = layers.LSTM(4)(halves[1], initial_state=states)\n"
        "scores = layers.MultiHeadAttention(1, 2)(x, x, return_attention_scores=True)[1]\n"
        "keras.Model(start, [both, scores])"
    )
    assert body(IN + text) == [
        "s LSTM(return_state=true, units=4) <- input",
        "halves ops.split(axis=-1, indices_or_sections=2) <- s",
        "lstm LSTM(units=4) <- s:1, s:2, halves:1",
        (
            "multi_head_attention MultiHeadAttention(key_dim=2, num_heads=1, "
            "return_attention_scores=true) <- input, input"
        ),
    ]
    assert told(START + IN + text)[-2:] == [
        "output_1 output() <- lstm",
        "output_2 output() <- multi_head_attention:1",
    ]


def test_outputs_in_a_mapping_keep_their_names() -> None:
    text = "keras.Model([start, y], {'mask': layers.ReLU()(x), 'boxes': x + y})"
    assert told(START + IN + text)[-2:] == [
        "output_mask output() <- re_lu",
        "output_boxes output() <- add",
    ]


def test_a_sequential_model_is_a_chain() -> None:
    text = (
        "body = keras.Sequential([layers.Dense(3), layers.ReLU()], name='body')\n"
        "model = keras.Sequential()\nmodel.add(keras.Input((4,)))\nmodel.add(body)\n"
        "model.add(layers.Dense(1))\nmodel.compile('adam', 'mse')"
    )
    assert told(START + text) == [
        "input Input(shape=[4])",
        "dense Dense(units=3) <- input",
        "re_lu ReLU() <- dense",
        "dense_1 Dense(units=1) <- re_lu",
        "output output() <- dense_1",
    ]


def test_a_sequential_model_without_a_shape_is_left_open_and_that_is_told() -> None:
    found = reading(START + "keras.Sequential([layers.Dense(3), layers.ReLU()])")
    assert [node.name for node in found.document.graph.nodes.values()] == [
        "dense",
        "re_lu",
        "output",
    ]
    assert any("shape of its input" in note for note in found.notes)


def test_a_model_that_is_called_is_laid_flat_and_shares_its_layers() -> None:
    text = """
        inner = keras.Input((4,))
        part = keras.Model(inner, layers.Dense(4, name="d")(inner), name="part")
        a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
        keras.Model([a, b], layers.Add()([part(a), part(b)])).compile("adam", "mse")
    """
    assert body(text) == [
        "part_d Dense(units=4) <- a",
        "part_d_1 Dense() = part_d <- b",
        "add Add() <- part_d, part_d_1",
    ]


def test_of_several_models_the_trained_one_is_drawn() -> None:
    text = """
        i = keras.Input((8,))
        code = layers.Dense(2)(i)
        encoder = keras.Model(i, code)
        whole = keras.Model(i, layers.Dense(8)(code))
        whole.compile("adam", "mse")
        again = keras.Model(i, layers.ReLU()(layers.ReLU()(layers.ReLU()(code))))
    """
    assert body(text) == ["dense Dense(units=2) <- input", "dense_1 Dense(units=8) <- dense"]


def test_inputs_that_go_by_another_order_are_told() -> None:
    inputs = "b, a = keras.Input((1,), name='b'), keras.Input((1,), name='a')\n"
    text = f"{inputs}keras.Model([b, a], a + b)"
    assert any("a, b" in note for note in reading(START + text).notes)


def test_free_names_in_pasted_code_are_open_inputs() -> None:
    assert pasted("y = layers.Conv2D(8, 3)(x)\nz = layers.add([x, y, skip])\nw = z + other") == [
        "conv2d Conv2D(filters=8, kernel_size=3)",
        "add Add() <- conv2d",
        "w ops.add() <- add",
    ]
    assert pasted("conv = layers.ReLU(name='conv')(add)") == ["conv ReLU()"]


def test_settings_that_pasted_code_does_not_tell_are_left_to_be_set() -> None:
    assert pasted("y = layers.Dense(num_classes, activation='relu')(x)") == [
        'dense Dense(activation="relu")'
    ]


def test_text_that_is_code_for_nothing_makes_nothing() -> None:
    assert pasted("print('hello')\nx = 3") == []


@pytest.mark.parametrize(
    ("before", "asked", "known"),
    [
        ("x = layers.Conv2D(6, 3)(x)\nx = layers.BatchNormalization()(x)", "x.shape[-1]", 6),
        ("x = layers.UpSampling2D()(layers.ReLU()(x))", "x.shape[-1]", 4),
        ("x = layers.add([layers.Dense(5)(x), x])", "K.int_shape(x)[-1]", 5),
        ("x = layers.Dense(5)(x) + 1", "x.get_shape().as_list()[-1]", 5),
    ],
)
def test_the_last_axis_that_a_script_asks_for_is_the_one_that_it_states(
    before: str, asked: str, known: int
) -> None:
    text = f"{START}{IN}{before}\nout = layers.Dense({asked}, name='out')(x)\n"
    found = reading(f"from keras import backend as K\n{text}keras.Model(start, out)")
    assert found.document.graph.nodes["out"].params == {"units": known}
    assert any(asked in note and f"taken as {known}" in note for note in found.notes)


@pytest.mark.parametrize(
    "before",
    [
        "x = layers.Conv2D(6, 3, data_format='channels_first')(x)",
        "x = layers.concatenate([x, x])",
        "x = layers.Flatten()(x)",
        "x = layers.DepthwiseConv2D(3, depth_multiplier=2)(x)",
        "x = ops.reshape(x, (-1, 8))",
    ],
)
def test_a_last_axis_that_no_parameter_states_is_not_guessed(before: str) -> None:
    text = f"{START}{IN}{before}\nkeras.Model(start, layers.Dense(x.shape[-1])(x))"
    assert refusal(text).code == "unknown_value"
