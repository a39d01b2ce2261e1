"""The arguments of a constructor as parameters of a node: named by the catalogue, and as JSON."""

import math
from collections.abc import Iterable
from typing import Any

from designer.catalog.spec import LayerSpec, ObjectSpec, ParamSpec
from designer.codegen.expressions import is_default
from designer.document.problem import ProblemError
from designer.formats.python.constants import walk
from designer.formats.python.names import FAMILIES, below_keras
from designer.formats.python.old_style import modern
from designer.formats.python.story import Story
from designer.formats.python.values import Function, Instance, Layer, Network, Path, Unknown

_STARTS = ("input_shape", "batch_input_shape", "input_dim")


class Binder:
    """Binds for one script."""

    def __init__(self, story: Story) -> None:
        self._story = story

    def layer(
        self, spec: LayerSpec, written: str, args: list[Any], kwargs: dict[str, Any], line: int
    ) -> Layer:
        """The layer that `written(*args, **kwargs)` makes; ProblemError."""
        args, kwargs = list(args), dict(kwargs)
        name = self._name(kwargs.pop("name", None))
        start = {k: kwargs.get(k) for k in _STARTS if k in kwargs and spec.param(k) is None}
        layer = Layer(spec, {}, name, line, start=start)
        if spec.key == "layers.Lambda":
            layer.function = args[0] if args else kwargs.get("function")
            return layer
        args, kwargs = modern(spec, written, (args, kwargs), self._story, line)
        self.mind_format(start.get("input_shape"), line)
        layer.params = self._params(spec, args, kwargs, line)
        self._set_format(layer)
        return layer

    def mind_format(self, shape: Any, line: int) -> None:
        """Whether an old script's images have their channels in front, as Theano had them."""
        if not self._story.old or self._story.image_format or not isinstance(shape, list | tuple):
            return
        sizes = [size for size in shape if isinstance(size, int)]
        if len(shape) == len(sizes) == 3 and sizes[0] in (1, 3, 4) and min(sizes[1:]) > 4:
            self._story.image_format = "channels_first"
            self._story.note(
                line,
                f"The input {tuple(shape)} has its channels in front, as Theano had them: "
                'data_format="channels_first" is set for the layers that follow.',
            )

    def object(
        self, spec: ObjectSpec, args: list[Any], kwargs: dict[str, Any], line: int
    ) -> dict[str, Any]:
        """An initializer, loss ... as the value of a parameter; ProblemError."""
        args, kwargs = modern(spec, spec.name, (args, kwargs), self._story, line)
        return {"object": spec.key, "params": self._params(spec, args, kwargs, line)}

    def _name(self, value: Any) -> str:
        return value if isinstance(value, str) else ""

    def _set_format(self, layer: Layer) -> None:
        """The data format that the script sets for all layers, where it is not the usual one."""
        if self._story.image_format == "channels_first" and layer.spec.param("data_format"):
            layer.params.setdefault("data_format", "channels_first")

    def _params(
        self, spec: LayerSpec | ObjectSpec, args: list[Any], kwargs: dict[str, Any], line: int
    ) -> dict[str, Any]:
        known = {param.name: param for param in spec.params if not param.call}
        found: dict[str, Any] = {}
        for name, value in [*self._named(spec, known, args, line), *kwargs.items()]:
            param = known.get(name)
            if param is None and name != "name":
                raise self._story.refusal(
                    "unknown_parameter",
                    line,
                    "{type} of Keras {keras} has no parameter {name}. Remove it, or open the model "
                    "as a .keras file. {text}",
                    type=spec.name,
                    keras=self._story.library.catalog.keras_version,
                    name=name,
                    text=self._story.source.line(line),
                )
            if self._open(spec, name, value, line):
                continue
            read = self.json(value, param, line)
            if read is not None or param is None or param.default is not None or param.required:
                found[name] = read
        return {k: v for k, v in found.items() if not self._idle(known.get(k), v)}

    def _idle(self, param: ParamSpec | None, value: Any) -> bool:
        """Whether it says what Keras does anyway."""
        return param is not None and is_default(param, value)

    def _named(
        self, spec: LayerSpec | ObjectSpec, known: Iterable[str], args: list[Any], line: int
    ) -> list[tuple[str, Any]]:
        names = list(known)
        if len(args) > len(names):
            raise self._story.refusal(
                "too_many_arguments",
                line,
                "{type} takes at most {most} arguments, and here are {count}: {text}",
                type=spec.name,
                most=len(names),
                count=len(args),
                text=self._story.source.line(line),
            )
        return list(zip(names, args, strict=False))

    def _open(self, spec: LayerSpec | ObjectSpec, name: str, value: Any, line: int) -> bool:
        """Whether the parameter is left open because what was pasted does not tell its value."""
        unknown = isinstance(value, Unknown) and value.problem is None
        if not (unknown and self._story.lenient):
            return False
        self._story.note(
            line, f"`{value.text}` is not known: {name} of {spec.name} is to be set by hand."
        )
        return True

    def json(self, value: Any, param: ParamSpec | None, line: int) -> Any:
        """A value as JSON has it; ProblemError for what no parameter can be."""
        for _ in walk(value):
            continue  # raises where it is endless
        return self._json(value, param, line)

    def _json(self, value: Any, param: ParamSpec | None, line: int) -> Any:
        if isinstance(value, Unknown):
            raise self._story.why(value)
        if value is None or isinstance(value, bool | int | str):
            return value
        if isinstance(value, float):
            if not math.isfinite(value):
                raise self._unfit("a number that is not finite", line)
            return value
        if value is ...:
            return {"object": "ellipsis", "params": {}}
        if isinstance(value, list | tuple | range):
            return [self._json(item, param, line) for item in value]
        if isinstance(value, dict) and all(isinstance(key, str) for key in value):
            return {key: self._json(item, param, line) for key, item in value.items()}
        return self._thing(value, param, line)

    def _thing(self, value: Any, param: ParamSpec | None, line: int) -> Any:
        if isinstance(value, slice):
            parts = {part: getattr(value, part) for part in ("start", "stop", "step")}
            return {"object": "slice", "params": parts}
        if isinstance(value, Layer):
            params = value.params | ({"name": value.name} if value.name else {})
            return {"object": value.spec.key, "params": params}
        if isinstance(value, Path):
            return self._path(value.path, param, line)
        kinds = {Function: "a Python function", Network: "a model", Instance: "an object"}
        raise self._unfit(kinds.get(type(value), "a value of its own kind"), line)

    def _path(self, path: str, param: ParamSpec | None, line: int) -> Any:
        library = self._story.library
        name = path.rpartition(".")[2]
        if param is not None and param.kind in ("dtype", "policy") and library.dtype(path):
            return library.dtype(path)
        if param is not None and param.kind == "activation":
            spec = library.object("activations", name)
            if spec is not None:
                return spec.names[0] if spec.names else {"object": spec.key, "params": {}}
        family = below_keras(path).partition(".")[0]
        found = library.object(family, name) if family in FAMILIES else library.layer(name)
        if found is None or not below_keras(path):
            raise self._unfit(f"`{path}`", line)
        return {"object": found.key, "params": {}}

    def _unfit(self, what: str, line: int) -> ProblemError:
        template = "{what} cannot be the value of a parameter in a design: {text}"
        text = self._story.source.line(line)
        return self._story.refusal("unfit_value", line, template, what=what, text=text)
