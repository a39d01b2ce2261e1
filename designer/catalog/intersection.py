"""What several layers have in common: parameters of one name that take the same kind of value."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from designer.catalog.spec import ParamSpec

_UNKNOWN = object()


def intersection(several: Sequence[Iterable[ParamSpec]]) -> tuple[ParamSpec, ...]:
    """The parameters that all have, in the order of the first, with limits that suit all.

    Where the defaults differ, the common one is None: see `varied`.
    """
    first, *rest = ({param.name: param for param in params} for params in several)
    found = (_met([param, *(other[name] for other in rest)])
             for name, param in first.items() if all(name in other for other in rest))  # fmt: skip
    return tuple(param for param in found if param is not None)


def varied(several: Sequence[Iterable[ParamSpec]]) -> frozenset[str]:
    """Names of common parameters whose defaults differ between the layers."""
    defaults: dict[str, list[Any]] = {}
    for params in several:
        for param in params:
            defaults.setdefault(param.name, []).append(_default(param))
    return frozenset(name for name, found in defaults.items() if not _equal(found))


def common_values(
    several: Sequence[Mapping[str, Any]], specs: Sequence[Mapping[str, ParamSpec]]
) -> tuple[dict[str, Any], frozenset[str]]:
    """What is set and applies alike everywhere, and the names in which the layers differ.

    A value that is set here and the default there is no difference.
    """
    if len(several) == 1:
        return dict(several[0]), frozenset()
    values: dict[str, Any] = {}
    mixed = set()
    for name in dict.fromkeys(name for params in (*several, *specs) for name in params):
        applied = [
            params[name] if name in params else _default(spec.get(name))
            for params, spec in zip(several, specs, strict=True)
        ]
        if not _equal(applied):
            mixed.add(name)
        elif any(name in params for params in several):
            values[name] = applied[0]
    return values, frozenset(mixed)


def _default(param: ParamSpec | None) -> Any:
    return _UNKNOWN if param is None or param.required else param.default


def _met(params: Sequence[ParamSpec]) -> ParamSpec | None:
    """One parameter that stands for all of these, if their kinds of value are the same."""
    first = params[0]
    if any(_kind(param) != _kind(first) for param in params):
        return None
    choices = tuple(c for c in first.choices if all(c in param.choices for param in params))
    if first.choices and not choices:
        return None
    lows = [param.minimum for param in params if param.minimum is not None]
    highs = [param.maximum for param in params if param.maximum is not None]
    return replace(
        first,
        choices=choices,
        default=first.default if _equal([_default(param) for param in params]) else None,
        required=any(param.required for param in params),
        nullable=all(param.nullable for param in params),
        minimum=max(lows, default=None),
        maximum=min(highs, default=None),
    )


def _kind(param: ParamSpec) -> Hashable:
    return param.kind, param.length, param.call


def _equal(values: Sequence[Any]) -> bool:
    """Whether all are the same: True is not 1, and lists stand for tuples."""
    first = _comparable(values[0])
    return all(_comparable(value) == first for value in values[1:])


def _comparable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_comparable(item) for item in value]
    return (bool, value) if isinstance(value, bool) else value
