"""Short texts on the canvas: a node's second line, shapes on wires, counts of parameters.

Pure functions of values, so that what a card says is tested without a window.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from designer.catalog.spec import LayerSpec, ParamSpec
from designer.document.model import OUTPUT, PASSAGES, Node
from designer.document.showing import BLOCK
from designer.protocol import TensorSpec

DOT = " · "
_TIMES = "×"
_SIZES = frozenset({"filters", "units", "rate", "kernel_size", "pool_size", "size", "output_dim"})
# "same" is what nearly every drawn network has; a card has no room for what goes unsaid.
_UNSAID = frozenset({"name", "dtype", "seed", "trainable"})
_SAID_SO_OFTEN = {"padding": "same", "activation": "linear"}
_LONGEST = 4


def shape_text(spec: TensorSpec | None) -> str:
    """`32×32×64`: the batch axis dropped, `?` for what is unknown; a scalar per sample is `1`."""
    if spec is None:
        return "?"
    rest = spec.shape[1:]
    return _TIMES.join("?" if size is None else str(size) for size in rest) or "1"


def count_text(count: int) -> str:
    """`896`, `36.9 k`, `1.2 M`, `3.4 G`; nothing for none."""
    if count <= 0:
        return ""
    if count < 1000:
        return str(count)
    for unit in ("k", "M", "G"):
        count_in_unit = count / 1000 ** ("kMG".index(unit) + 1)
        if count_in_unit < 999.95 or unit == "G":
            break
    return f"{count_in_unit:.1f} {unit}"


def type_name(type_: str) -> str:
    """`Conv2D` of `layers.Conv2D`; blocks and their ports as people call them."""
    if type_.startswith(BLOCK):
        return "Block"
    if type_ in PASSAGES:
        return type_.capitalize().replace("_", " ")
    return type_.rpartition(".")[2]


def summary(node: Node, spec: LayerSpec | None) -> str:
    """`Conv2D  64 · 3×3 / 2 · relu`: the type and what distinguishes it, no defaults."""
    if node.type == OUTPUT or node.type in PASSAGES:
        return ""
    if node.type.startswith(BLOCK):
        return _of_block(node)
    name = spec.name if spec is not None else type_name(node.type)
    distinguishing = _distinguishing(node.params, spec)
    return f"{name}  {distinguishing}" if distinguishing else name


def _of_block(node: Node) -> str:
    """`ApesBlock · 3 layers  32 · relu`: the kind, how much is in it, what the block was given."""
    told = [_short(value) for value in node.params.values() if value is not None]
    kind, layers = str(node.arguments.get("kind", "")), node.arguments.get("layers")
    if isinstance(layers, int):
        kind = DOT.join(part for part in (kind, layers_text(layers)) if part)
    return "  ".join(part for part in (kind, DOT.join(told[:_LONGEST])) if part)


def layers_text(count: int) -> str:
    """So many layers, in words; operations count as such."""
    if count == 1:
        return QCoreApplication.translate("summary", "1 layer")
    return QCoreApplication.translate("summary", "{count} layers").format(count=count)


def _short(value: Any) -> str:
    plain = _plain(value)
    if isinstance(plain, dict):
        return type_name(str(plain.get("object", "")))
    return _TIMES.join(map(str, plain)) if isinstance(plain, list) else str(plain)


def _distinguishing(params: Mapping[str, Any], spec: LayerSpec | None) -> str:
    known = spec.params if spec is not None else ()
    parts: list[str] = []
    for param in known:
        if param.name in params and _tells(param, params[param.name]):
            _append(parts, param, params[param.name])
    return DOT.join(parts[:_LONGEST])


def _tells(param: ParamSpec, value: Any) -> bool:
    if param.name in _UNSAID or value is None:
        return False
    if _SAID_SO_OFTEN.get(param.name) == value:
        return False
    return param.required or _plain(value) != _plain(param.default)


def _plain(value: Any) -> Any:
    # (2, 2) and [2, 2] and 2 say the same of a stride.
    if isinstance(value, list | tuple):
        parts = [_plain(v) for v in value]
        return parts[0] if parts and all(p == parts[0] for p in parts) else parts
    return value


def _append(parts: list[str], param: ParamSpec, value: Any) -> None:
    text = _value(param, value)
    if param.name == "strides" and parts:
        parts[-1] += f" / {text}"
    elif param.name in _SIZES or param.kind in ("activation", "choice", "shape"):
        parts.append(text)
    elif isinstance(value, bool):
        word = param.name.removeprefix("use_").replace("_", " ")
        parts.append(word if value else f"no {word}")
    else:
        parts.append(f"{param.name.replace('_', ' ')} {text}")


def _value(param: ParamSpec, value: Any) -> str:
    if isinstance(value, dict) and "object" in value:
        return type_name(str(value["object"]))
    if isinstance(value, list | tuple):
        if param.name == "strides" and len(set(map(str, value))) == 1:
            return str(value[0])
        return _TIMES.join("?" if v is None else str(v) for v in value)
    if param.kind == "ints" and param.name != "strides" and param.length and param.name in _SIZES:
        return _TIMES.join([str(value)] * param.length)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)
