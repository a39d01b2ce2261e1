"""Statements: functions followed into, loops written out, conditions, and what is refused."""

import pytest

from tests.formats.python.telling import body, pasted, reading, refusal, told

IN = "start = x = keras.Input((8, 8, 4))\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "for n in range(2):\n    x = layers.Dense(2 ** n)(x)",
            ["dense Dense(units=1) <- input", "dense_1 Dense(units=2) <- dense"],
            id="a loop over a range",
        ),
        pytest.param(
            "for n, a in zip((3, 4), ['relu', None]):\n    x = layers.Dense(n, a)(x)",
            ['dense Dense(activation="relu", units=3) <- input', "dense_1 Dense(units=4) <- dense"],
            id="a loop over a zip of literals",
        ),
        pytest.param(
            "all = []\nfor i in range(2):\n    all.append(layers.Dense(3)(x))\n"
            "for one in reversed(all):\n    x = layers.Add()([x, one])",
            [
                "dense Dense(units=3) <- input",
                "dense_1 Dense(units=3) <- input",
                "add Add() <- input, dense_1",
                "add_1 Add() <- add, dense",
            ],
            id="a list built by append, walked backwards",
        ),
        pytest.param(
            "for i, n in enumerate([5, 6], 1):\n    x = layers.Dense(n, name=f'd{i:02d}')(x)",
            ["d01 Dense(units=5) <- input", "d02 Dense(units=6) <- d01"],
            id="names by f-strings",
        ),
        pytest.param(
            "n = 4\nwhile n > 1:\n    x = layers.Dense(n)(x)\n    n //= 2",
            ["dense Dense(units=4) <- input", "dense_1 Dense(units=2) <- dense"],
            id="a while on constants",
        ),
        pytest.param(
            "deep = False\nif deep and True:\n    x = layers.Dense(1)(x)\nelse:\n"
            "    x = layers.Dense(2)(x)",
            ["dense Dense(units=2) <- input"],
            id="a condition on constants",
        ),
        pytest.param(
            "def block(t, n, act='relu', *, bias=True):\n    y = layers.Dense(n, act, bias)(t)\n"
            "    return layers.Add()([t, y])\nx = block(block(x, 4), n=4, bias=False)",
            [
                'dense Dense(activation="relu", units=4) <- input',
                "add Add() <- input, dense",
                'dense_1 Dense(activation="relu", units=4, use_bias=false) <- add',
                "add_1 Add() <- add, dense_1",
            ],
            id="functions with defaults",
        ),
        pytest.param(
            "def pair(t):\n    return layers.Dense(1)(t), layers.Dense(2)(t)\na, b = pair(x)\n"
            "x = layers.concatenate([b, a])",
            [
                "dense Dense(units=1) <- input",
                "dense_1 Dense(units=2) <- input",
                "concatenate Concatenate() <- dense_1, dense",
            ],
            id="functions that return several tensors",
        ),
        pytest.param(
            "def make(n):\n    def inner(t):\n        return layers.Dense(n)(t)\n    return inner\n"
            "x = make(3)(x)\nx = (lambda t: layers.ReLU()(t))(x)",
            ["dense Dense(units=3) <- input", "re_lu ReLU() <- dense"],
            id="closures and lambdas",
        ),
        pytest.param(
            "from functools import partial\nconv = partial(layers.Conv2D, padding='same')\n"
            "x = conv(3, kernel_size=1)(x)",
            ['conv2d Conv2D(filters=3, kernel_size=1, padding="same") <- input'],
            id="functools.partial",
        ),
        pytest.param(
            "skips = {}\nfor n in (1, 2):\n    x = skips[n] = layers.Dense(n)(x)\n"
            "x = layers.Add()([skips[k] for k in sorted(skips)])",
            [
                "dense Dense(units=1) <- input",
                "dense_1 Dense(units=2) <- dense",
                "add Add() <- dense, dense_1",
            ],
            id="mappings and comprehensions",
        ),
        pytest.param(
            "try:\n    x = layers.Dense(1)(x)\nexcept ImportError:\n    x = None\n"
            "with open('f') as f:\n    x = layers.Dense(2)(x)\nassert x is not None",
            ["dense Dense(units=1) <- input", "dense_1 Dense(units=2) <- dense"],
            id="try, with and assert",
        ),
        pytest.param(
            "class Twice(layers.Layer):\n    def __init__(self, n, **kwargs):\n"
            "        super().__init__(**kwargs)\n        self.dense = layers.Dense(n)\n"
            "    def call(self, t):\n        return t + self.dense(self.dense(t))\n"
            "x = Twice(4, name='t')(x)",
            [
                "dense Dense(units=4) <- input",
                "dense_1 Dense() = dense <- dense",
                "add ops.add() <- input, dense_1",
            ],
            id="a layer class of the script",
        ),
        pytest.param(
            "for n in range(9):\n    if n % 2: continue\n    if n > 4: break\n"
            "    x = layers.Dense(n + 1)(x)\nelse:\n    x = None",
            [
                "dense Dense(units=1) <- input",
                "dense_1 Dense(units=3) <- dense",
                "dense_2 Dense(units=5) <- dense_1",
            ],
            id="continue and break",
        ),
        pytest.param(
            "import numpy as np\ndata = np.load('x.npy')\nfor row in data:\n    print(row)\n"
            "mean = data.mean()\nfor e in range(10**6):\n    mean += data[e]\n"
            "x = layers.Dense(1)(x)\nx_unused = plot(x)",
            ["dense Dense(units=1) <- input"],
            id="what has nothing to do with the network",
        ),
        pytest.param(
            "cfg = dict(units=3, activation='relu')\nclass Config:\n    depth = 2\n"
            "for _ in range(Config.depth):\n    x = layers.Dense(**cfg)(x)",
            [
                'dense Dense(activation="relu", units=3) <- input',
                'dense_1 Dense(activation="relu", units=3) <- dense',
            ],
            id="settings in mappings and classes",
        ),
    ],
)
def test_statements_are_followed(text: str, wanted: list[str]) -> None:
    assert body(f"{IN}{text}\nkeras.Model(start, x)") == wanted


def test_a_script_s_main_is_followed_and_what_it_trains_is_the_design() -> None:
    text = """
        from keras import Input, Model, layers

        def build(width=8):
            image = Input(shape=(width,), name="image")
            return Model(image, layers.Dense(2)(image), name="mine")

        def main():
            model = build(width=4)
            model.compile("sgd", "mae", metrics=["mse"])
            model.fit(x, y, epochs=3, batch_size=16, shuffle=False)

        if __name__ == "__main__":
            main()
    """
    document = reading(text).document
    assert document.name == "mine"
    assert document.graph.nodes["image"].params == {"shape": [4]}
    assert document.training.optimizer.object == "optimizers.SGD"
    assert document.training.loss.object == "losses.MeanAbsoluteError"
    assert [metric.object for metric in document.training.metrics] == ["metrics.MeanSquaredError"]
    plan = document.training
    assert (plan.epochs, plan.batch_size, plan.shuffle) == (3, 16, False)


def test_a_function_that_nobody_calls_is_followed_with_its_defaults() -> None:
    text = """
        def unet(shape=(32, 32, 3)):
            inputs = keras.Input(shape)
            return keras.Model(inputs, keras.layers.Conv2D(1, 1)(inputs))
    """
    assert told(text) == [
        "input Input(shape=[32, 32, 3])",
        "conv2d Conv2D(filters=1, kernel_size=1) <- input",
        "output output() <- conv2d",
    ]


def test_a_pasted_function_takes_its_parameters_for_open_inputs() -> None:
    text = """
        def block(x, filters, name="b"):
            y = layers.Conv2D(filters, 3, name=name)(x)
            return layers.add([x, y])
    """
    assert pasted(text) == ["b Conv2D(kernel_size=3)", "add Add() <- b"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("while True:\n    x = layers.Dense(1)(x)", "endless_code", 4),
        ("for i in range(10**9):\n    x = layers.Dense(1)(x)", "endless_code", 4),
        ("def f(t):\n    return f(t)\nx = f(x)", "recursion", 5),
        ("x = layers.Dense(cfg.units)(x)", "unknown_value", 4),
        ("for n in cfg.widths:\n    x = layers.Dense(n)(x)", "not_constant", 4),
        ("while x.mean() > 1:\n    x = layers.Dense(n)(x)", "not_constant", 4),
        ("if cfg.deep:\n    x = layers.Dense(3)(x)", "not_constant", 4),
        ("x = layers.Dense(3, unit=4)(x)", "unknown_parameter", 4),
        ("x = layers.Dense(*range(99))(x)", "too_many_arguments", 4),
        ("x = my_block(x)", "unknown_function", 4),
        ("x = keras.applications.VGG16()(x)", "ready_made_model", 4),
        ("x = layers.Dense(3)([x, x])", "unsupported_call", 4),
        ("def f(t, n):\n    return t\nx = f(x)", "bad_call", 6),
        ("x = layers.Dense(float('inf'))(x)", "unfit_value", 4),
        ("x = 3", "not_a_tensor", 5),
        ("x = layers.Lambda(cfg.function)(x)", "unknown_function", 4),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    imports = "import keras\nfrom keras import layers\n"
    problem = refusal(f"{imports}start = x = keras.Input((4,))\n{text}\nkeras.Model(start, x)")
    assert (problem.code, problem.values["place"]) == (code, f"line {line}")
    assert problem.message.startswith(f"line {line}: ")


@pytest.mark.parametrize(
    "text",
    [
        "while True: pass",
        "a = 10 ** 10 ** 10",
        "a = 'x' * 10 ** 9",
        "a = [0] * 10 ** 9",
        "a = (1,)\nfor i in range(99):\n    a = (a, a)\nb = a == a, len(a)",
        "a = []\na.append(a)\nb = [a, a] == a",
        "a = '%1000000000d' % 1\nb = f'{1:>1000000000}'\nc = '{:>1000000000}'.format(1)",
        "a = list(range(10 ** 12))\nb = sum(range(10 ** 12))",
        "def f():\n    return f() + f()\nf()",
        "a = [i for i in range(10 ** 6) for j in range(10 ** 6)]",
        "x = " + "(" * 300 + ")" * 300,
        "x = " + "-" * 5000 + "1",
        "x = " + "+".join(["1"] * 5000),
        "import os\nos.system('touch /tmp/should-not-be-there')\n__import__('os').abort()",
        "().__class__.__bases__[0].__subclasses__()",
    ],
)
def test_hostile_code_ends_soon_and_does_nothing(text: str) -> None:
    code = refusal(text).code
    assert code in ("endless_code", "no_network", "nested", "bad_syntax", "recursion")
    if code != "bad_syntax":
        model = "i = keras.Input((1,))\nkeras.Model(i, keras.layers.ReLU()(i))"
        assert len(told(f"import keras\n{text}\n{model}")) == 3
