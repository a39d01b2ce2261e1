"""The inputs of a node as the canvas needs them: the ports of its type, and slots with wires."""

from designer.catalog.spec import Catalog, PortSpec
from designer.infer.wiring import ports
from designer.ui.canvas.geometry import Socket

_MOST = 4096  # kinds of nodes that are remembered
Taken = tuple[tuple[str, int], ...]  # port and slot of each wire, in the order of their ends


class Sockets:
    """Remembers what nodes of one type and wired alike have in common: most of a design is."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._kept: dict[tuple[str, Taken], tuple[tuple[PortSpec, ...], tuple[Socket, ...]]] = {}

    def of(self, kind: str, taken: Taken) -> tuple[Socket, ...]:
        """The sockets of a node of that type whose wires end there."""
        found, key = ports(self._catalog, kind), (kind, taken)
        kept = self._kept.get(key)
        if kept is not None and kept[0] is found:
            return kept[1]
        if len(self._kept) > _MOST:
            self._kept.clear()
        made = _made(found, taken)
        self._kept[key] = (found, made)
        return made


def _made(found: tuple[PortSpec, ...], taken: Taken) -> tuple[Socket, ...]:
    slots: dict[str, list[int]] = {}
    for port, slot in taken:
        slots.setdefault(port, []).append(slot)
    sockets = [Socket(p.name, tuple(slots.pop(p.name, ())), p.variadic, p.optional) for p in found]
    # Wires of a broken file may end at ports that the type does not have: show them too.
    sockets += [Socket(name, tuple(some), len(some) > 1) for name, some in slots.items()]
    return tuple(sockets)
