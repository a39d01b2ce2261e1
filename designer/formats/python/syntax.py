"""What a piece of the syntax tree holds, found once: loops come by the same piece many times."""

import ast
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

# Methods that change what they are called on.
CHANGING = frozenset(("add", "append", "clear", "extend", "insert", "pop", "setdefault", "update"))


class Syntax:
    """Facts about the pieces of one tree."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ast.AST], Any] = {}

    def _once(self, what: str, node: ast.AST, find: Callable[[], Any]) -> Any:
        key = (what, node)
        if key not in self._known:
            self._known[key] = find()
        return self._known[key]

    def stores(self, owner: ast.AST, nodes: Iterable[ast.AST]) -> Counter[str]:
        """How many places in the body of `owner` bind each name."""
        found: Counter[str] = self._once("stores", owner, lambda: stores(nodes))
        return found

    def touched(self, node: ast.stmt) -> set[str]:
        """The names that statements bind, and those whose contents they change."""
        found: set[str] = self._once("touched", node, lambda: touched(node))
        return found

    def names(self, node: ast.stmt) -> set[str]:
        """All names in it."""
        found: set[str] = self._once(
            "names", node, lambda: {p.id for p in ast.walk(node) if isinstance(p, ast.Name)}
        )
        return found

    def branches(self, node: ast.stmt) -> bool:
        """Whether one round of a loop may do what another does not."""
        return self._has(node, ast.If | ast.Break | ast.IfExp | ast.Match)

    def returns(self, node: ast.stmt) -> bool:
        """Whether a function may end there."""
        return self._has(node, ast.Return)

    def _has(self, node: ast.stmt, kinds: Any) -> bool:
        found: bool = self._once(
            str(kinds), node, lambda: any(isinstance(part, kinds) for part in ast.walk(node))
        )
        return found


def stores(nodes: Iterable[ast.AST]) -> Counter[str]:
    """How many places bind each name, without what lies in functions of their own."""
    found: Counter[str] = Counter()
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found[node.id] += 1
        if isinstance(node, ast.For | ast.While):
            found.update(name.id for name in ast.walk(node) if isinstance(name, ast.Name))
        stack += ast.iter_child_nodes(node)
    return found


def touched(node: ast.stmt) -> set[str]:
    """The names that statements bind, and those whose contents they change."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            found.add(part.id)
        owner: ast.expr | None = None
        if isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store):
            owner = part.value
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            owner = part.func.value if part.func.attr in CHANGING else None
        if isinstance(owner, ast.Name):
            found.add(owner.id)
    return found
