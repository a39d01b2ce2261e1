"""What a full name in a script means to Keras: a layer, an operation, an object of a family.

`from keras.layers.core import Dense`, `tf.keras.layers.Dense` and `keras.src.layers.Dense` are one
and the same here: what counts is the first "keras" in the path, the family, and the last word.
"""

from collections.abc import Mapping

from designer.catalog.spec import Catalog, LayerSpec, ObjectSpec
from designer.formats.python.old_names import OLD_LAYERS, OLD_OBJECTS
from designer.protocol import CUSTOM

Thing = LayerSpec | ObjectSpec | str

# Functions of keras.layers that make a merging layer and call it.
MERGES: Mapping[str, str] = {
    "add": "layers.Add",
    "average": "layers.Average",
    "concatenate": "layers.Concatenate",
    "dot": "layers.Dot",
    "maximum": "layers.Maximum",
    "minimum": "layers.Minimum",
    "multiply": "layers.Multiply",
    "subtract": "layers.Subtract",
}
# What else of Keras is understood, by its last word.
SPECIAL = frozenset(("Input", "Model", "Functional", "Sequential", "merge", "set_random_seed"))
FORMATS = (
    "image_data_format",
    "image_dim_ordering",
    "set_image_data_format",
    "set_image_dim_ordering",
)
FAMILIES = (
    "initializers",
    "regularizers",
    "constraints",
    "activations",
    "losses",
    "metrics",
    "optimizers",
)
_NAMED = ("optimizers", "regularizers", "initializers", "constraints")
_SHORT = (
    "l1",
    "l2",
    "l1_l2",
    "maxnorm",
    "max_norm",
    "nonneg",
    "non_neg",
    "unitnorm",
)  # that people import by themselves
_SKIPPED = ("src", "python", "engine", "api", "_tf_keras", "v1", "v2", "compat", "keras")

# Functions of keras.backend and of TensorFlow under the name that keras.ops has for them.
RENAMED: Mapping[str, str] = {
    "concat": "concatenate",
    "pow": "power",
    "permute_dimensions": "transpose",
    "reduce_max": "max",
    "reduce_mean": "mean",
    "reduce_min": "min",
    "reduce_prod": "prod",
    "reduce_sum": "sum",
}
_SAME_WORDS = (
    "abs absolute add argmax argmin cast ceil clip concatenate cos cumsum divide dot elu equal exp "
    "expand_dims floor gelu greater leaky_relu less log log_softmax matmul max maximum mean min "
    "minimum multiply negative one_hot ones_like pad prod relu relu6 repeat reshape round selu "
    "sigmoid sign silu sin softmax softplus softsign split sqrt square squeeze stack std "
    "stop_gradient subtract sum swish tan tanh tile transpose unstack var where zeros_like"
)
# Names that snippets use without their imports.
_USUAL: Mapping[str, str] = {
    "K": "keras.backend",
    "backend": "keras.backend",
    "keras": "keras",
    "layers": "keras.layers",
    "math": "math",
    "models": "keras.models",
    "np": "numpy",
    "ops": "keras.ops",
    "partial": "functools.partial",
    "tf": "tensorflow",
    **{family: f"keras.{family}" for family in FAMILIES},
}


def below_keras(path: str) -> str:
    """The path below "keras.", "" for what does not belong to Keras."""
    words = path.split(".")
    if words[0] == "tf_keras":
        words[0] = "keras"
    if "keras" not in words:
        return ""
    rest = words[words.index("keras") + 1 :]
    while rest and rest[0] in _SKIPPED:
        rest = rest[1:]
    return ".".join(rest)


class Library:
    """The catalogue by the names that scripts use."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._layers: dict[str, LayerSpec] = {}
        self._ops: dict[str, LayerSpec] = {}
        self._objects: dict[tuple[str, str], ObjectSpec] = {}
        for spec in tuple(catalog.layers.values()):  # a file of layers may come at any time
            if spec.custom:
                continue
            found = self._ops if spec.operation else self._layers
            for name in (spec.key.rpartition(".")[2], *spec.aliases):
                found.setdefault(name, spec)
        for thing in catalog.objects.values():
            family = thing.family.partition(".")[0]
            for name in (thing.key.rpartition(".")[2], *thing.names):
                self._objects.setdefault((family, name), thing)

    def layer(self, name: str) -> LayerSpec | None:
        """The layer of that name, of an alias, or of the name that an older Keras had."""
        return self._layers.get(name) or self._layers.get(OLD_LAYERS.get(name, ""))

    def operation(self, name: str) -> LayerSpec | None:
        """The function of keras.ops."""
        return self._ops.get(name)

    def object(self, family: str, name: str) -> ObjectSpec | None:
        """A loss, initializer ... by its class, or by the text that Keras takes for it."""
        found = self._objects.get((family, name))
        return found or self._objects.get((family, OLD_OBJECTS.get((family, name), "")))

    def thing(self, path: str) -> Thing | None:
        """What a full name means: a spec, "merge:layers.Add", or a word of SPECIAL or FORMATS."""
        below = below_keras(path)
        if not below:
            return self._foreign(path)
        family, _, _ = below.partition(".")
        name = below.rpartition(".")[2]
        if family == "ops":
            return self.operation(name)
        if family in FAMILIES:
            return self.object(family, name)
        if family == "backend" or name in FORMATS:
            return name if name in FORMATS else self._renamed(name)
        return self._layer_or_special(family, name)

    def _layer_or_special(self, family: str, name: str) -> Thing | None:
        if name in SPECIAL:
            return "Model" if name == "Functional" else name
        if family in ("layers", "legacy") or not family:
            return f"merge:{MERGES[name]}" if name in MERGES else self.layer(name)
        return None

    def _foreign(self, path: str) -> Thing | None:
        own = self.catalog.layers.get(CUSTOM + path)
        if isinstance(own, LayerSpec):
            return own  # a user's own layer whose file is loaded
        root, _, rest = path.partition(".")
        return self._renamed(rest.rpartition(".")[2]) if root in ("tensorflow", "tf") else None

    def _renamed(self, name: str) -> LayerSpec | None:
        name = RENAMED.get(name, name if name in _SAME_WORDS.split() else "")
        return self.operation(name)

    def dtype(self, path: str) -> str:
        """The name of a data type, from tf.float32 or np.float32; "" if it is none."""
        name = path.rpartition(".")[2]
        return name if name in self.catalog.dtypes else ""

    def usual(self, name: str) -> str:
        """The full name of what everyone calls so without importing it; "" if nobody does."""
        if name in _USUAL:
            return _USUAL[name]
        if name in SPECIAL:
            return f"keras.{name}"
        if name in MERGES or self.layer(name) is not None:
            return f"keras.layers.{name}"
        families = (
            f for f in _NAMED if name in _SHORT or name[:1].isupper() if self.object(f, name)
        )
        family = next(families, "")
        return f"keras.{family}.{name}" if family else ""
