"""Code of Keras 1 and 2: what it meant then is what is drawn now, and every change is told."""

import pytest

from tests.formats.python.telling import pasted, reading, refusal, told

RESIDUAL_THEN = """
    from keras.layers import merge, Convolution2D, Input

    # input tensor for a 3-channel 256x256 image
    x = Input(shape=(3, 256, 256))
    # 3x3 conv with 3 output channels (same as input channels)
    y = Convolution2D(3, 3, 3, border_mode='same')(x)
    # this returns x + y.
    z = merge([x, y], mode='sum')
"""
RESIDUAL_NOW = """
    from keras.layers import Conv2D, Input
    import keras

    x = Input(shape=(256, 256, 3))
    y = Conv2D(3, (3, 3), padding='same')(x)
    z = keras.layers.add([x, y])
"""
APES_BLOCK = """
    def apes_block(x, filters, dropout=0.1):
        left = Convolution2D(filters, 3, 3, border_mode="same", activation="relu")(x)
        right = Convolution2D(filters, 5, 5, border_mode="same", activation="relu")(x)
        return Dropout(p=dropout)(merge([left, right], mode="sum"))

    image = Input((64, 64, 3))
    x = image
    for filters in [16, 32]:
        x = apes_block(x, filters)
        x = MaxPooling2D((2, 2))(x)
    model = Model(input=image, output=x)
"""


def test_the_residual_example_of_keras_1_is_channels_first_and_its_numbers_are_the_kernel() -> None:
    found = reading(RESIDUAL_THEN)
    assert told(RESIDUAL_THEN) == [
        "input Input(shape=[3, 256, 256])",
        (
            'conv2d Conv2D(data_format="channels_first", filters=3, kernel_size=[3, 3], '
            'padding="same") <- input'
        ),
        "add Add() <- input, conv2d",
    ]
    for line, words in (
        (5, "channels in front"),
        (7, "Convolution2D(3, 3, 3)"),
        (7, "padding"),
        (9, "merge"),
    ):
        assert any(n.startswith(f"line {line}: ") and words in n for n in found.notes), found.notes


def test_the_residual_example_of_today_is_read_as_it_stands() -> None:
    assert not reading(RESIDUAL_NOW).notes
    assert told(RESIDUAL_NOW) == [
        "input Input(shape=[256, 256, 3])",
        'conv2d Conv2D(filters=3, kernel_size=[3, 3], padding="same") <- input',
        "add Add() <- input, conv2d",
    ]


def test_the_apes_block_of_its_time_is_two_branches_and_a_sum_each_time() -> None:
    same = 'activation="relu", filters={}, kernel_size=[{}, {}], padding="same"'
    assert told(APES_BLOCK) == [
        "input Input(shape=[64, 64, 3])",
        f"conv2d Conv2D({same.format(16, 3, 3)}) <- input",
        f"conv2d_1 Conv2D({same.format(16, 5, 5)}) <- input",
        "add Add() <- conv2d, conv2d_1",
        "dropout Dropout(rate=0.1) <- add",
        "max_pooling2d MaxPooling2D() <- dropout",
        f"conv2d_2 Conv2D({same.format(32, 3, 3)}) <- max_pooling2d",
        f"conv2d_3 Conv2D({same.format(32, 5, 5)}) <- max_pooling2d",
        "add_1 Add() <- conv2d_2, conv2d_3",
        "dropout_1 Dropout(rate=0.1) <- add_1",
        "max_pooling2d_1 MaxPooling2D() <- dropout_1",
        "output output() <- max_pooling2d_1",
    ]


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("Dense(output_dim=4, init='uniform')", 'Dense(kernel_initializer="uniform", units=4)'),
        ("Dense(4, W_regularizer=l2(0.1), bias=False)",
         "Dense(kernel_regularizer=regularizers.L2(l2=0.1), units=4, use_bias=false)"),
        ("Dense(4, W_constraint=maxnorm(3), input_dim=8)",
         "Dense(kernel_constraint=constraints.MaxNorm(max_value=3), units=4)"),
        ("Convolution2D(8, nb_row=3, nb_col=5)", "Conv2D(filters=8, kernel_size=[3, 5])"),
        ("Convolution2D(nb_filter=8, nb_row=1, nb_col=1, subsample=(2, 2), dim_ordering='tf')",
         'Conv2D(data_format="channels_last", filters=8, kernel_size=[1, 1], strides=[2, 2])'),
        ("Conv2D(8, 3, 3, border_mode='same')",
         'Conv2D(filters=8, kernel_size=[3, 3], padding="same")'),
        ("Convolution1D(8, 3, subsample_length=2, border_mode='valid')",
         "Conv1D(filters=8, kernel_size=3, strides=2)"),
        ("Deconvolution2D(8, 3, 3, output_shape=(None, 3, 9, 9), border_mode='valid')",
         "Conv2DTranspose(filters=8, kernel_size=[3, 3])"),
        ("AtrousConvolution2D(8, 3, 3, atrous_rate=(2, 2))",
         "Conv2D(dilation_rate=[2, 2], filters=8, kernel_size=[3, 3])"),
        ("BatchNormalization(mode=0, axis=1)", "BatchNormalization(axis=1)"),
        ("Dropout(p=0.3)", "Dropout(rate=0.3)"),
        ("GaussianNoise(sigma=0.3)", "GaussianNoise(stddev=0.3)"),
        ("LeakyReLU(alpha=0.3)", "LeakyReLU()"),
        ("LeakyReLU(alpha=0.2)", "LeakyReLU(negative_slope=0.2)"),
        ("ThresholdedReLU(theta=0.5)", "ReLU(threshold=0.5)"),
        ("ThresholdedReLU(0.5)", "ReLU(threshold=0.5)"),
        ("UpSampling2D(size=(2, 2), dim_ordering='th')",
         'UpSampling2D(data_format="channels_first")'),
        ("MaxPooling1D(pool_length=3, stride=2)", "MaxPooling1D(pool_size=3, strides=2)"),
        ("LSTM(output_dim=4, inner_activation='sigmoid', dropout_W=0.1, consume_less='gpu')",
         "LSTM(dropout=0.1, units=4)"),
        ("CuDNNLSTM(4)", "LSTM(units=4)"),
        ("Reshape(dims=(4, 2))", "Reshape(target_shape=[4, 2])"),
        ("Activation('relu')", 'Activation(activation="relu")'),
    ],
)  # fmt: skip
def test_old_layers_are_translated(call: str, wanted: str) -> None:
    old = "from keras.layers import merge, Input\n"
    (_, line) = told(f"{old}x = Input((8, 8, 8))\ny = {call}(x)")
    assert line.partition(" <- ")[0].partition(" ")[2] == wanted


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("merge([x, y], 'sum')", "Add()"),
        ("merge([x, y], mode='mul')", "Multiply()"),
        ("merge([x, y], mode='ave')", "Average()"),
        ("merge([x, y], mode='max')", "Maximum()"),
        ("merge([x, y], mode='concat', concat_axis=1)", "Concatenate(axis=1)"),
        ("merge([x, y], mode='dot', dot_axes=1)", "Dot(axes=1)"),
        ("merge([x, y], mode='cos', dot_axes=1)", "Dot(axes=1, normalize=true)"),
        ("merge([x, y], mode=lambda t: t[0] - t[1])", "ops.subtract()"),
        ("add([x, y])", "Add()"),
        ("concatenate([x, y], axis=3)", "Concatenate(axis=3)"),
        ("keras.layers.merge.multiply([x, y])", "Multiply()"),
        ("subtract([x, y], name='s')", "Subtract()"),
        ("K.concatenate([x, y], axis=-1)", "ops.concatenate(axis=-1)"),
    ],
)
def test_joining_tensors_as_it_was_done(call: str, wanted: str) -> None:
    text = "import keras\nfrom keras.layers import *\nfrom keras import backend as K\n"
    found = told(f"{text}x = Input((8,))\ny = Input((8,))\nz = {call}\n")
    assert found[2].partition(" <- ")[0].partition(" ")[2] == wanted
    assert found[2].partition(" <- ")[2] == "input, input_1"


def test_an_unknown_way_to_merge_is_refused_with_those_that_there_were() -> None:
    problem = refusal("x = Input((8,))\nm = Model(x, merge([x, x], mode='xor'))")
    assert problem.code == "unknown_merge"
    assert "sum" in problem.message


def test_three_numbers_in_new_code_are_strides_as_keras_has_it_and_that_is_told() -> None:
    text = "from keras.layers import Conv2D\nx = Conv2D(64, 3, 3)(x)"
    assert pasted(text) == ["conv2d Conv2D(filters=64, kernel_size=3, strides=3)"]
    (note,) = [note for note in reading(text).notes if "strides" in note]
    assert note.startswith("line 2: Conv2D(64, 3, 3)")
    assert "(3, 3)" in note


def test_a_sequential_model_of_keras_1_with_what_it_is_trained_by() -> None:
    text = """
        from keras.models import Sequential
        model = Sequential()
        model.add(Convolution2D(32, 3, 3, border_mode='same', input_shape=(3, 100, 100)))
        model.add(Activation('relu'))
        model.add(Flatten())
        model.add(Dense(10, activation='softmax'))
        sgd = SGD(lr=0.1, decay=1e-6, momentum=0.9, nesterov=True)
        model.compile(loss='categorical_crossentropy', optimizer=sgd, metrics=['accuracy'])
        model.fit(X_train, Y_train, batch_size=16, nb_epoch=4)
        print 'done'
    """
    document = reading(text).document
    first = document.graph.nodes["conv2d"].params
    assert (first["data_format"], first["kernel_size"]) == ("channels_first", [3, 3])
    plan = document.training
    assert plan.optimizer.params == {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True}
    assert plan.metrics[0].object == "metrics.CategoricalAccuracy"
    assert (plan.epochs, plan.batch_size) == (4, 16)


def test_the_image_format_that_a_script_sets_is_that_of_its_layers() -> None:
    text = "K.set_image_data_format('channels_first')\nx = Input((9, 8, 8))\ny = Conv2D(2, 1)(x)"
    assert told(text)[1] == (
        'conv2d Conv2D(data_format="channels_first", filters=2, kernel_size=1) <- input'
    )


def test_notes_of_one_kind_are_one_line() -> None:
    calls = "".join(f"x = Dense(output_dim={n})(x)\n" for n in range(1, 9))
    notes = reading("x = Input((8,))\n" + calls).notes
    assert notes == (
        "lines 2, 3, 4, 5, 6, 7 and 2 more: output_dim of Dense is called units today.",
    )
