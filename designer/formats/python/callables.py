"""What a call in a script comes to: layers, operations, models, functions of the script; what is
nothing of a network's is Unknown, and why a network cannot use it is kept with it.
"""

import ast
from collections.abc import Callable, Mapping
from typing import Any

from designer.catalog.spec import LayerSpec, ObjectSpec
from designer.document.model import INPUT
from designer.document.problem import ProblemError
from designer.formats.python import functions
from designer.formats.python.attributes import attribute, inherited
from designer.formats.python.binding import Binder
from designer.formats.python.constants import NotConstantError, binary, items
from designer.formats.python.names import below_keras
from designer.formats.python.network import Sketch
from designer.formats.python.old_merge import merge_layer
from designer.formats.python.old_names import ORDERINGS
from designer.formats.python.story import Story
from designer.formats.python.values import (
    Class,
    Function,
    Instance,
    Layer,
    Method,
    Network,
    Partial,
    Path,
    Several,
    Shape,
    Tensor,
    Unknown,
    tensors,
)

Run = Callable[[Function, list[Any], Mapping[str, Any], int], Any]
_RECORDED = {"compile": "compile", "fit": "fit", "fit_generator": "fit"}
_ORDERING = {"channels_last": "tf", "channels_first": "th"}
_SHAPES = ("backend.int_shape", "ops.shape", "tensorflow.shape")
_FIT = ("x", "y", "batch_size", "epochs")
_COMPILE = ("optimizer", "loss", "loss_weights", "metrics")
_OLD_COMPILE = ("optimizer", "loss", "metrics")


class Callables:
    """Calls for one script. `run` reads the body of a function of the script."""

    def __init__(self, story: Story, sketch: Sketch, binder: Binder, run: Run) -> None:
        self._story, self._sketch, self._binder, self._run = story, sketch, binder, run
        self._specials: Mapping[str, Callable[..., Any]] = {
            "Input": sketch.input,
            "Model": sketch.model,
            "Sequential": sketch.sequential,
            "merge": self._merge,
            "set_random_seed": self._seed,
            "image_data_format": lambda *_: story.image_format or "channels_last",
            "image_dim_ordering": lambda *_: _ORDERING[story.image_format or "channels_last"],
            "set_image_data_format": self._set_format,
            "set_image_dim_ordering": self._set_format,
        }

    def call(
        self, target: Any, args: list[Any], kwargs: dict[str, Any], line: int, text: str
    ) -> Any:
        """What `target(*args, **kwargs)` gives; `text` is how it is written. NotConstantError."""
        try:
            return self._called(target, args, kwargs, line, text)
        except ProblemError as error:
            self._story.failures.append(error.problem)
            return Unknown(text, line, error.problem)

    def operation(self, spec: LayerSpec, args: list[Any], kwargs: dict[str, Any], line: int) -> Any:
        """An operation on tensors, by its name or as an operator."""
        return self.call(Path(f"keras.{spec.key}"), args, kwargs, line, spec.key)

    def item(self, owner: Tensor, key: Any, line: int) -> Any:
        """`owner[key]`, an operation as well."""
        return self.call(Path("keras.ops.get_item"), [owner, key], {}, line, "an item")

    def _called(
        self, target: Any, args: list[Any], kwargs: dict[str, Any], line: int, text: str
    ) -> Any:
        if isinstance(target, Path):
            return self._path(target, args, kwargs, line, text)
        if isinstance(target, Layer):
            return self._layer(target, args, kwargs, line)
        if isinstance(target, Function):
            return self._run(target, args, kwargs, line)
        if isinstance(target, Network):
            given = [*args, *kwargs.values()]
            target.called = True
            return self._sketch.call_network(target, given, line) if tensors(given) else _none(line)
        if isinstance(target, Partial):
            merged = {**target.kwargs, **kwargs}
            return self._called(target.target, [*target.args, *args], merged, line, text)
        if isinstance(target, Method):
            return self._method(target, args, kwargs, line, text)
        if isinstance(target, Class | Instance):
            return self._of_class(target, args, kwargs, line, text)
        return self._nobody_s(target, args, kwargs, line, text)

    # --- Layers and functions -------------------------------------------------------------------

    def _layer(self, layer: Layer, args: list[Any], kwargs: dict[str, Any], line: int) -> Any:
        if layer.spec.key != "layers.Lambda":
            return self._sketch.call_layer(layer, args, kwargs, line)
        self._story.note(line, "What the Lambda layer computes is drawn as operations.")
        known = kwargs if isinstance(layer.function, Function | Path) else {}
        return self._called(layer.function, args[:1], {**known}, line, "the Lambda layer")

    def _path(
        self, target: Path, args: list[Any], kwargs: dict[str, Any], line: int, text: str
    ) -> Any:
        path = target.path
        if path == "builtins.sum":
            return self._sum(args)
        if path in functions.FUNCTIONS:
            return functions.call(path, args, kwargs)
        if path.endswith(_SHAPES) and args and isinstance(args[0], Tensor):
            return attribute(args[0], "shape", self._sketch)
        if path.endswith(".tree.flatten") and args and isinstance(args[0], Tensor | Several):
            # Outputs are counted as they lie flat; a cell nests its states.
            return Several(args[0].draft, None)
        if path == "functools.partial" and args:
            return Partial(args[0], args[1:], kwargs)
        thing = self._story.library.thing(path)
        if isinstance(thing, LayerSpec):
            return self._spec(thing, path, args, kwargs, line)
        if isinstance(thing, ObjectSpec):
            return self._object(thing, args, kwargs, line)
        if thing is not None and thing.startswith("merge:"):
            spec = self._story.library.catalog.layers[thing.removeprefix("merge:")]
            layer = self._binder.layer(spec, spec.name, args[1:], kwargs, line)
            return self._sketch.call_layer(layer, args[:1], {}, line)
        special = self._specials.get(thing or "")
        if special is not None:
            return special(args, kwargs, line)
        return self._nobody_s(target, args, kwargs, line, text)

    def _spec(
        self, spec: LayerSpec, path: str, args: list[Any], kwargs: dict[str, Any], line: int
    ) -> Any:
        if spec.operation:
            made = self._sketch.call_operation(spec, args, kwargs, line)
            if tensors(made) and not below_keras(path).startswith("ops."):
                self._story.note(line, f"{path} is read as keras.{spec.key}.")
            return made
        written = path.rpartition(".")[2]
        if spec.key == INPUT and written != "InputLayer":
            return self._sketch.input(args, kwargs, line)
        return self._binder.layer(spec, written, args, kwargs, line)

    def _object(self, spec: ObjectSpec, args: list[Any], kwargs: dict[str, Any], line: int) -> Any:
        if spec.family != "activations":
            return self._binder.object(spec, args, kwargs, line)
        operation = self._story.library.operation(spec.name)
        if operation is not None:
            return self._sketch.call_operation(operation, args, kwargs, line)
        activation = self._story.library.layer("Activation")
        if activation is None or not spec.names:
            raise NotConstantError("there is no such activation")
        layer = self._binder.layer(activation, "Activation", [spec.names[0]], {}, line)
        return self._sketch.call_layer(layer, args, {}, line)

    def _merge(self, args: list[Any], kwargs: dict[str, Any], line: int) -> Any:
        spec, given, params, function = merge_layer(self._story, args, kwargs, line)
        if function is not None:
            return self._called(function, [given], {}, line, "merge")
        assert spec is not None
        layer = self._binder.layer(spec, spec.name, [], params, line)
        return self._sketch.call_layer(layer, [given], {}, line)

    def _sum(self, args: list[Any]) -> Any:
        total: Any = args[1] if len(args) > 1 else 0
        add = self._story.library.operation("add")
        for value in items(args[0]) if args else []:
            tensor = isinstance(value, Tensor) or isinstance(total, Tensor)
            if tensor and add is not None:
                first = isinstance(total, int) and total == 0
                total = value if first else self._sketch.call_operation(add, [total, value], {}, 1)
            else:
                total = binary(ast.Add, total, value)
        return total

    # --- Models ---------------------------------------------------------------------------------

    def _method(
        self, target: Method, args: list[Any], kwargs: dict[str, Any], line: int, text: str
    ) -> Any:
        owner, name = target.owner, target.name
        if isinstance(owner, Network):
            return self._of_network(owner, name, args, kwargs, line, text)
        if isinstance(owner, Instance):
            function = inherited(owner.kind, name)
            return self._called(function, [owner, *args], kwargs, line, text)
        if isinstance(owner, Tensor):
            return attribute(owner, "shape", self._sketch)
        if isinstance(owner, Shape):
            return owner
        if isinstance(owner, Layer):
            return self._nobody_s(owner, args, kwargs, line, text)
        return functions.method(owner, name, args, kwargs)

    def _of_network(
        self,
        owner: Network,
        name: str,
        args: list[Any],
        kwargs: dict[str, Any],
        line: int,
        text: str,
    ) -> Any:
        if name == "add" and owner.layers is not None and args:
            owner.layers.append(args[0])
            return None
        if name == "call":
            return self._called(owner, args, kwargs, line, text)
        if name in _RECORDED:
            old = self._story.old
            names = _FIT if name == "fit" else (_OLD_COMPILE if old else _COMPILE)
            given = dict(zip(names, args, strict=False)) | kwargs
            owner.training.setdefault(_RECORDED[name], {}).update(given)
        return _none(line)

    def _seed(self, args: list[Any], kwargs: dict[str, Any], line: int) -> None:
        seed = args[0] if args else kwargs.get("seed")
        if type(seed) is int and 0 <= seed < 2**32:
            self._story.seed = seed

    def _set_format(self, args: list[Any], kwargs: dict[str, Any], line: int) -> None:
        wanted = next(iter([*args, *kwargs.values()]), None)
        if isinstance(wanted, str):
            known = ORDERINGS.get(wanted, wanted)
            self._story.image_format = known if known in _ORDERING else ""

    # --- Classes of the script ------------------------------------------------------------------

    def _of_class(
        self,
        target: Class | Instance,
        args: list[Any],
        kwargs: dict[str, Any],
        line: int,
        text: str,
    ) -> Any:
        if isinstance(target, Class):
            made = Instance(target)
            begin = inherited(target, "__init__")
            if isinstance(begin, Function):
                self._run(begin, [made, *args], kwargs, line)
            return made
        for name in ("call", "__call__", "forward"):
            function = inherited(target.kind, name)
            if isinstance(function, Function):
                if not _fed([*args, *kwargs.values()]):
                    break
                note = f"What {target.kind.name} does in {name}() is drawn as layers of its own."
                self._story.note(target.kind.line, note)
                return self._run(function, [target, *args], kwargs, line)
        return self._nobody_s(target, args, kwargs, line, text)

    # --- The rest -------------------------------------------------------------------------------

    def _nobody_s(
        self, target: Any, args: list[Any], kwargs: dict[str, Any], line: int, text: str
    ) -> Unknown:
        """A call of what is not of Keras; it matters only where a tensor goes in."""
        if isinstance(target, Unknown) and target.problem is not None:
            raise ProblemError(target.problem)
        if isinstance(target, Path) and ".applications." in f".{below_keras(target.path)}":
            template = (
                "`{text}` is a whole model of Keras' own that Skipwire has no code of. Save it "
                'with model.save("model.keras") and open that file.'
            )
            return self._unknown("ready_made_model", template, line, text)
        given = [*args, *kwargs.values()]
        if not tensors(given):
            causes = (value.problem for value in given if isinstance(value, Unknown))
            return Unknown(text, line, next(filter(None, causes), None))
        template = (
            "`{text}` is called with a tensor, and Skipwire does not know it as a layer or an "
            "operation of Keras. Replace it by layers, keras.ops or a function in the same file; a "
            "layer of your own is known when its file is loaded (File > Load custom layers…)."
        )
        return self._unknown("unknown_function", template, line, text)

    def _unknown(self, code: str, template: str, line: int, text: str) -> Unknown:
        problem = self._story.source.problem(code, line, template, text=text)
        if code == "unknown_function":
            self._story.failures.append(problem)
        return Unknown(text, line, problem)


def _fed(values: list[Any]) -> bool:
    """Whether tensors go in, or names that may stand for tensors."""
    return tensors(values) or any(isinstance(v, Unknown) and v.free for v in values)


def _none(line: int) -> Unknown:
    return Unknown("a result of running the model", line)
