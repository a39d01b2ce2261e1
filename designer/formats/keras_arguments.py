"""The arguments of a saved call: which tensor goes to which port, and which literals are left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from designer.catalog.spec import LayerSpec, PortSpec
from designer.document.problem import Where, failure
from designer.formats.keras_values import Values, broken, mapping, sequence

History = tuple[str, int, int]  # a layer's name, which of its calls, which of its outputs


@dataclass(slots=True)
class Bound:
    """Tensors by (port, slot), and literals by the name of the argument."""

    tensors: dict[tuple[str, int], History] = field(default_factory=dict)
    literals: dict[str, Any] = field(default_factory=dict)


def history(value: Any) -> History | None:
    """The reference [name, call, output], if it is one."""
    if not (isinstance(value, list) and len(value) == 3):
        return None
    name, call, output = value
    numbers = all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in (call, output))
    return (name, call, output) if isinstance(name, str) and numbers else None


def tensor(value: Any, where: Where) -> History | None:
    """What a saved tensor refers to; None for a value that is no tensor."""
    if not isinstance(value, dict) or value.get("class_name") != "__keras_tensor__":
        return None
    config = mapping(value.get("config"), where, "a tensor")
    found = history(config.get("keras_history"))
    if found is None:
        raise broken(where, "a tensor does not say which layer it comes from")
    return found


def references(value: Any, where: Where) -> list[History]:
    """All references in a nested structure ("input_layers"), in order."""
    one = history(value)
    if one is not None:
        return [one]
    if isinstance(value, dict):
        value = list(value.values())
    found = []
    for item in sequence(value, where, "a list of the model's inputs or outputs"):
        found += references(item, where)
    return found


def tensors(value: Any, where: Where) -> list[History]:
    """All tensors in the arguments of a call, in order."""
    one = tensor(value, where)
    if one is not None:
        return [one]
    items = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list):
        return []
    return [found for item in items for found in tensors(item, where)]


def arguments(call: Any, where: Where) -> tuple[list[Any], dict[str, Any]]:
    """Positional and named arguments of a saved call."""
    saved = mapping(call, where, "a call")
    args = sequence(saved.get("args"), where, "the arguments of a call")
    return args, mapping(saved.get("kwargs"), where, "the named arguments of a call")


class Binder:
    """Binds the arguments of one call to what the catalogue says of the layer."""

    def __init__(self, spec: LayerSpec, values: Values, where: Where, layer: str) -> None:
        self._spec, self._values, self._where, self._layer = spec, values, where, layer
        self._bound = Bound()

    def bind(self, call: Any, configured: Mapping[str, Any]) -> Bound:
        """The call's tensors and literals. `configured` are the layer's saved parameters."""
        args, kwargs = arguments(call, self._where)
        names = self._names(configured)
        for value in args:
            self._one(next(names, ""), value)
        for name, value in kwargs.items():
            self._one(name, value)
        return self._bound

    def _names(self, configured: Mapping[str, Any]) -> Iterator[str]:
        """Names of positional arguments: ports, then what else the call takes."""
        ports = [port.name for port in self._spec.inputs]
        yield from ports
        for param in self._spec.params:
            call = param.call or self._spec.operation
            if call and param.name not in configured and param.name not in ports:
                yield param.name

    def _one(self, name: str, value: Any) -> None:
        port = self._spec.port(name)
        found = tensor(value, self._where)
        if found is not None:
            self._wire(port or self._rest(name), [found])
        elif isinstance(value, list) and tensors(value, self._where):
            self._list(port, name, value)
        elif isinstance(value, dict) and tensors(value, self._where):
            raise self._unsupported(name)
        elif value is not None or (port is None and name in self._known()):
            self._literal(name, value)

    def _known(self) -> set[str]:
        return {param.name for param in self._spec.params}

    def _rest(self, name: str) -> PortSpec:
        """The port that takes one tensor more than there are names."""
        last = self._spec.inputs[-1] if self._spec.inputs else None
        if last is None or not last.variadic or name in self._known():
            raise self._unsupported(name)
        return last

    def _list(self, port: PortSpec | None, name: str, value: list[Any]) -> None:
        found = [tensor(item, self._where) for item in value]
        flat = [item for item in found if item is not None]
        if port is None or len(flat) < len(found) or not (port.variadic or len(flat) == 1):
            raise self._unsupported(name)
        self._wire(port, flat)

    def _wire(self, port: PortSpec, found: list[History]) -> None:
        taken = sum(1 for name, _ in self._bound.tensors if name == port.name)
        if taken and not port.variadic:
            raise self._unsupported(port.name)
        for slot, item in enumerate(found, taken):
            self._bound.tensors[port.name, slot] = item

    def _literal(self, name: str, value: Any) -> None:
        if not name:
            raise broken(self._where, f"{self._layer} is called with too many arguments")
        param = self._spec.param(name)
        read = self._values.value(value, self._layer)
        if param is None or param.required or read != param.default:
            self._bound.literals[name] = read

    def _unsupported(self, name: str) -> Exception:
        template = (
            "The call of {layer} gives {argument} tensors in a form that a wire cannot show. "
            "Call {type} with plain tensors or one list of them, and save the model again."
        )
        values = {"layer": self._layer, "argument": name or "further", "type": self._spec.name}
        return failure("unsupported_call", template, self._where, **values)
