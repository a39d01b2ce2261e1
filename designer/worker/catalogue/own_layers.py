"""A user's own layers as `LayerSpec` values: the same introspection as for Keras' layers, and what
only the text of `call` tells: whether it takes a list of tensors, and how many come out.
"""

import ast
import inspect
import textwrap
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import keras
from keras.src.layers.merging.base_merge import Merge

from designer.protocol import CUSTOM
from designer.worker.catalogue import docstrings, layers, overlay, params

Json = Any
_KINDS = {
    "int": "int", "float": "float", "bool": "bool", "str": "string",
    "tuple": "ints", "tuple[int, ...]": "ints", "tuple[int, int]": "ints", "list[int]": "ints",
}  # fmt: skip
_OBJECTS = ("initializer", "regularizer", "constraint", "layer", "object", "json")
_LITERALS = (bool, int, float, str)


@dataclass
class Found:
    """The layers of a module by key, and remarks: mappings of code, class and line."""

    layers: dict[str, Json] = field(default_factory=dict)
    remarks: list[dict[str, Json]] = field(default_factory=list)

    def remark(self, code: str, name: str, line: int, **more: Json) -> None:
        """Notes something doubtful about a class."""
        self.remarks.append({"code": code, "class": name, "line": line, **more})


def of_module(module: ModuleType, name: str, lines: dict[str, int]) -> Found:
    """The layers that a module offers under its public name; `lines` says where classes begin."""
    found = Found()
    for label, cls in _offered(module).items():
        line = lines.get(label, 0)
        if issubclass(cls, keras.Model):
            found.remark("custom_is_model", label, line)
            continue
        try:
            spec = _spec(cls, label, name)
        # Whatever signatures, metaclasses and properties of a user's class may raise.
        except Exception as error:  # noqa: BLE001
            found.remark(
                "custom_unreadable", label, line, reason=f"{type(error).__name__}: {error}"
            )
            continue
        found.layers[spec["key"]] = spec
        _doubt(found, cls, spec, line)
    return found


def _offered(module: ModuleType) -> dict[str, type]:
    """What `__all__` names, else the module's own public classes, else those it imported."""
    listed = getattr(module, "__all__", None)
    names = listed if isinstance(listed, list | tuple) else sorted(vars(module))
    classes = {str(name): vars(module).get(str(name)) for name in names}
    known = {
        name: cls
        for name, cls in classes.items()
        if inspect.isclass(cls)
        and issubclass(cls, keras.layers.Layer)
        and not cls.__module__.startswith("keras.")
        and not inspect.isabstract(cls)
        and not name.startswith("_")
    }
    own = {name: cls for name, cls in known.items() if cls.__module__ == module.__name__}
    return known if listed is not None else own or known


def _spec(cls: type, label: str, module: str) -> dict[str, Json]:
    told = params.docs(base for base in cls.__mro__ if base is not object)
    init = params.of_class(cls, stop=keras.layers.Layer)
    specs = [_param(p, label, told.get(p.name, "")) for p in init]
    ports, literals = _call(cls, label, told)
    made: dict[str, Json] = {
        "key": f"{CUSTOM}{module}.{label}",
        "name": label,
        "category": "custom",
        "module": module,
        "class_name": label,
        "doc": docstrings.summary(cls),
        "inputs": ports,
        "params": specs + literals,
        "sample": params.sample(label, specs),
        "several": _gives_several(cls),
        "nameless": not _takes_name(cls),
    }
    return {k: v for k, v in made.items() if v or k == "inputs"}


def _param(parameter: inspect.Parameter, owner: str, doc: str) -> Json:
    made = params.spec(parameter, owner, doc)
    # Bounds are those of Keras' constructors, which a parameter of the same name need not keep.
    made.pop("minimum", None)
    made.pop("maximum", None)
    if parameter.name in _OBJECTS[:3]:
        made["kind"] = parameter.name
    if isinstance(parameter.default, float) and made["kind"] == "floats":
        made["kind"] = "float"
    if made["kind"] == "json":
        words = inspect.formatannotation(parameter.annotation).strip("'\"")
        parts = [part.strip() for part in words.split("|")]
        known = [_KINDS[part] for part in parts if part in _KINDS]
        if len(known) == 1 and len(parts) <= 1 + ("None" in parts):
            made["kind"] = known[0]
    return made


def _call(cls: type, owner: str, told: dict[str, str]) -> tuple[list[Json], list[Json]]:
    """The ports and the literals of the call."""
    call: Any = cls.call  # type: ignore[attr-defined]  # every layer has one
    named = [p for p in params.of_function(call) if p.name != "self"]
    literals = [p for p in named if p.name in layers.LITERALS or _literal(p)]
    tensors = [p for p in named if p not in literals]
    if not tensors:
        return [{"name": "inputs"}], [_argument(p, owner, told) for p in literals]
    first = _arity(cls, tensors[0])
    ports = [
        layers.port(p, owner, told.get(p.name, ""), first if place == 0 else {})
        for place, p in enumerate(tensors)
    ]
    return ports, [_argument(p, owner, told) for p in literals]


def _literal(parameter: inspect.Parameter) -> bool:
    return isinstance(parameter.default, _LITERALS)


def _argument(parameter: inspect.Parameter, owner: str, told: dict[str, str]) -> Json:
    if parameter.name in layers.LITERALS:
        return layers.literal(parameter, owner, told)
    return {**_param(parameter, owner, told.get(parameter.name, "")), "call": True}


def _arity(cls: type, parameter: inspect.Parameter) -> dict[str, Json]:
    """How many tensors the first argument takes, as far as its unpacking in `call` tells."""
    if issubclass(cls, Merge):
        return dict(overlay.MERGE_PORT)
    for node in ast.walk(_text_of_call(cls)):
        if isinstance(node, ast.Assign) and _is_name(node.value, parameter.name):
            target = node.targets[0]
            if isinstance(target, ast.Tuple | ast.List):
                count = len(target.elts)
                starred = any(isinstance(item, ast.Starred) for item in target.elts)
                return {
                    "variadic": True,
                    "minimum": count - starred,
                    "maximum": None if starred else count,
                }
        if _asks_for_list(node, parameter.name):
            return {"variadic": True, "minimum": 1, "maximum": None}
    words = inspect.formatannotation(parameter.annotation).strip("'\"").lower()
    listed = words.startswith(("list", "tuple", "sequence", "typing.sequence"))
    return {"variadic": True, "minimum": 1, "maximum": None} if listed else {}


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _asks_for_list(node: ast.AST, name: str) -> bool:
    """`isinstance(inputs, (list, tuple))`, `for x in inputs` or `len(inputs)`."""
    if isinstance(node, ast.For | ast.comprehension):
        return _is_name(node.iter, name)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
        return False
    asked = node.func.id == "isinstance" and "list" in ast.unparse(node.args[-1])
    return asked and _is_name(node.args[0], name)


def _gives_several(cls: type) -> bool:
    """Whether `call` returns a tuple or a list of tensors."""
    tree = _text_of_call(cls)
    inner = {
        inside
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.Lambda) and node not in getattr(tree, "body", ())
        for inside in ast.walk(node)
    }
    return any(
        isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple | ast.List)
        for node in ast.walk(tree)
        if node not in inner
    )


def _text_of_call(cls: type) -> ast.Module:
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(cls.call)))  # type: ignore[attr-defined]  # every layer has one
    except (OSError, TypeError, SyntaxError):
        return ast.Module([], [])


def _takes_name(cls: type) -> bool:
    """Whether the constructor takes `name`, itself or by handing on what it does not know."""
    for base in cls.__mro__:
        if "__init__" not in base.__dict__:
            continue
        own = inspect.signature(base.__dict__["__init__"]).parameters.values()
        if any(p.name == "name" for p in own):
            return True
        if all(p.kind is not inspect.Parameter.VAR_KEYWORD for p in own):
            return False
    return False


def _doubt(found: Found, cls: type, spec: dict[str, Json], line: int) -> None:
    """What the user should know: arguments that are needed, and what Keras cannot save."""
    mine = _own_parameters(cls)
    specs = [p for p in spec.get("params", ()) if p["name"] in mine]
    needed = [p["name"] for p in specs if p.get("required")]
    if needed:
        found.remark("custom_needs", spec["name"], line, params=", ".join(needed))
    held = [p["name"] for p in specs if p["kind"] in _OBJECTS]
    held += [f"*{name}" for name, p in mine.items() if p.kind is p.VAR_POSITIONAL]
    says = next(base for base in cls.__mro__ if "get_config" in base.__dict__)
    if not says.__module__.startswith("keras."):
        return
    if held:
        found.remark("custom_no_config", spec["name"], line, params=", ".join(held))
    if spec.get("nameless"):
        found.remark("custom_no_kwargs", spec["name"], line)


def _own_parameters(cls: type) -> dict[str, inspect.Parameter]:
    """What the constructors take that are not Keras' own."""
    found: dict[str, inspect.Parameter] = {}
    for base in cls.__mro__:
        if base.__module__.startswith("keras."):
            break
        if "__init__" in base.__dict__:
            found |= inspect.signature(base.__dict__["__init__"]).parameters
    return found
