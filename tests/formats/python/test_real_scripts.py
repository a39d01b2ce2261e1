"""Scripts of real networks, written by us out of models that Keras made, come back exactly."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from designer.catalog.spec import Catalog
from designer.codegen.script import generate
from designer.document.grouping import ungroup
from designer.formats.opening import open_design
from designer.formats.python.reading import read_source
from designer.formats.python.text import Source

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("keras")]

BUILDER = Path(__file__).parents[1] / "keras_models.py"
# A script as people write one, against the configuration that Keras makes of it.
WRITTEN = """
import keras
from keras import layers, ops


def block(x, filters, steps=(1, 2), name="block"):
    skip = layers.Conv2D(filters, 1, name=f"{name}_skip")(x)
    for number, step in enumerate(steps):
        shape = dict(kernel_size=3, padding="same", dilation_rate=step)
        x = layers.Conv2D(filters, **shape, name=f"{name}_{number}")(x)
        x = layers.BatchNormalization(name=f"{name}_{number}_norm")(x)
        x = ops.relu(x)
    return layers.add([x, skip], name=name + "_add")


def build(shape=(32, 32, 3), widths=(8, 16)):
    image = keras.Input(shape, name="image")
    x, skips = image / 255, []
    for level, width in enumerate(widths):
        x = block(x, width, name=f"down{level}")
        skips.append(x)
        x = layers.MaxPool2D(name=f"pool{level}")(x)
    for level, (width, skip) in enumerate(zip(widths[::-1], reversed(skips))):
        x = layers.UpSampling2D(name=f"up{level}")(x)
        x = layers.concatenate([skip, x], name=f"join{level}")
        x = block(x, width, steps=[1] * 2, name="rise%d" % level)
    pooled = ops.mean(x, axis=[1, 2])
    head = layers.Dense(
        4, "softmax", kernel_initializer=keras.initializers.HeNormal(seed=1),
        kernel_regularizer=keras.regularizers.l2(1e-4), name="head",
    )
    return keras.Model(image, [head(pooled), x[:, ::2, ..., 0]], name="written")


model = build()
"""
COMPARE = """
import json, sys
import keras

def described(path, take):
    scope = {"__name__": "x"}
    exec(compile(open(path).read(), path, "exec"), scope)
    model = take(scope)
    found = []
    for operation in model.operations:
        config = operation.get_config() if isinstance(operation, keras.layers.Layer) else {}
        named = isinstance(operation, keras.layers.Layer)
        config.pop("name", None)
        found.append([type(operation).__name__, operation.name if named else "", str(config)])
    return sorted(found), [str(o.shape) for o in model.outputs], model.count_params()

one = described(sys.argv[1], lambda scope: scope["model"])
other = described(sys.argv[2], lambda scope: scope["build_model"]())
print(json.dumps([a == b for a, b in zip(one, other)]))
"""


def run(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.splitlines()[-1]


def test_scripts_of_saved_models_come_back_to_the_letter(tmp_path: Path, catalog: Catalog) -> None:
    names = json.loads(run(str(BUILDER), "save", str(tmp_path)))
    assert len(names) == 8
    for name in names:
        design = open_design(tmp_path / f"{name}.keras", catalog)
        for block in list(design.blocks):
            design = ungroup(design, block)
        text = generate(design, catalog).text
        found = read_source(Source(text), catalog)
        assert not found.notes
        assert generate(found.document, catalog).text == text, name
        assert set(found.document.graph.nodes) == set(design.graph.nodes) | {
            key for key in found.document.graph.nodes if key.startswith("output")
        }


def test_a_written_script_is_the_model_that_keras_makes_of_it(
    tmp_path: Path, catalog: Catalog
) -> None:
    written, ours = tmp_path / "written.py", tmp_path / "ours.py"
    written.write_text(WRITTEN, encoding="utf-8")
    design = open_design(written, catalog)
    ours.write_text(generate(design, catalog).text, encoding="utf-8")
    assert json.loads(run("-c", COMPARE, str(written), str(ours))) == [True, True, True]
