"""Finds the code of every problem that the source can make, by reading it: what is passed to
`Problem` and `failure`, followed back through parameters, returns and constants to its strings.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

MAKERS = {"Problem": ("code", 1), "failure": ("code", 0)}
Seen = set[tuple[int, int | None]]  # expressions that have been followed, and which item
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Place:
    """An expression, in the function and the module that it stands in."""

    expression: ast.expr
    function: Function | None
    module: str


@dataclass
class Source:
    """All calls, functions and constants of a package, by name."""

    calls: dict[str, list[tuple[ast.Call, Function | None, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    functions: dict[str, list[tuple[Function, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    constants: dict[tuple[str, str], ast.expr] = field(default_factory=dict)
    imports: dict[tuple[str, str], str] = field(default_factory=dict)  # where a name is from

    def knows(self, name: str, module: str, other: str) -> bool:
        """Whether a function of `module` is what its name means in another module."""
        return other == module or self.imports.get((other, name)) == module

    def read(self, root: Path) -> "Source":
        """Takes in every module below a folder."""
        for path in sorted(root.rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and node.module:
                    self._import(root, node, str(path.relative_to(root)))
            self._visit(tree, None, str(path.relative_to(root)))
        return self

    def _import(self, root: Path, node: ast.ImportFrom, module: str) -> None:
        parts = (node.module or "").split(".")[1:]
        folder = root.joinpath(*parts)
        path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
        for alias in node.names:
            self.imports[module, alias.name] = str(path.relative_to(root))

    def _visit(self, node: ast.AST, inside: Function | None, module: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                self.functions[child.name].append((child, module))
            if isinstance(child, ast.Call):
                self.calls[_name(child.func)].append((child, inside, module))
            if isinstance(child, ast.Assign | ast.AnnAssign) and inside is None:
                target = child.targets[0] if isinstance(child, ast.Assign) else child.target
                if isinstance(target, ast.Name) and child.value is not None:
                    self.constants[module, target.id] = child.value
            held = child if isinstance(child, Function) else inside
            self._visit(child, held, module)


@cache
def _walk(function: Function) -> tuple[ast.AST, ...]:
    kept = (ast.Return, ast.Yield, ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.For)
    return tuple(node for node in ast.walk(function) if isinstance(node, kept))


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _given(call: ast.Call, name: str, place: int) -> ast.expr | None:
    """What a call passes for a parameter."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[place] if 0 <= place < len(call.args) else None


@cache
def problem_codes(root: Path) -> tuple[dict[str, set[str]], list[str]]:
    """Each code with the modules that make it, and the expressions that could not be followed."""
    source = Source().read(root)
    found: dict[str, set[str]] = defaultdict(set)
    lost: list[str] = []
    for maker, (name, index) in MAKERS.items():
        for call, function, module in source.calls[maker]:
            given = _given(call, name, index)
            if given is None or (function is not None and _name_of(function) == "failure"):
                continue
            place = Place(given, function, module)
            codes = set(_strings(source, place, set())) or set(_looked_up(source, place))
            for code in codes:
                found[code].add(module)
            if not codes:
                lost.append(f"{module}:{call.lineno} {ast.unparse(given)}")
    return found, lost


def _on_a_value(source: Source, call: ast.Call, module: str) -> bool:
    """Whether it is a call of a method, and not of a function in a module that is imported."""
    held = call.func.value if isinstance(call.func, ast.Attribute) else None
    imported = isinstance(held, ast.Name) and (module, held.id) in source.imports
    return held is not None and not imported


def _looked_up(source: Source, place: Place) -> Iterator[str]:
    """The keys of the mapping of constants in which the function looks up what is passed."""
    for node in ast.walk(place.function or place.expression):
        if isinstance(node, ast.Call) and _name(node.func) == "get" and node.args:
            held = node.func.value if isinstance(node.func, ast.Attribute) else None
            same = ast.unparse(node.args[0]) == ast.unparse(place.expression)
            name = held.id if isinstance(held, ast.Name) else ""
            constant = source.constants.get((place.module, name))
            if same and isinstance(constant, ast.Dict):
                keys = (key.value for key in constant.keys if isinstance(key, ast.Constant))
                yield from (key for key in keys if isinstance(key, str))


def _name_of(function: Function) -> str:
    return "" if isinstance(function, ast.Lambda) else function.name


def _strings(source: Source, place: Place, seen: Seen) -> Iterator[str]:
    """The strings that an expression may be."""
    node = place.expression
    if (id(node), None) in seen:
        return
    seen.add((id(node), None))
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.value
        return
    for origin in _origins(source, place, None, seen):
        yield from _strings(source, origin, seen)


def _items(source: Source, place: Place, item: int, seen: Seen) -> Iterator[Place]:
    """What may be at that place of a tuple."""
    node = place.expression
    if (id(node), item) in seen:
        return
    seen.add((id(node), item))
    if isinstance(node, ast.Tuple | ast.List):
        if item < len(node.elts):
            yield Place(node.elts[item], place.function, place.module)
        return
    for origin in _origins(source, place, item, seen):
        yield from _items(source, origin, item, seen)


def _origins(source: Source, place: Place, item: int | None, seen: Seen) -> Iterator[Place]:
    """The expressions that this one is, one step back."""
    node, function, module = place.expression, place.function, place.module
    if isinstance(node, ast.IfExp):
        yield Place(node.body, function, module)
        yield Place(node.orelse, function, module)
    elif isinstance(node, ast.BoolOp):
        yield from (Place(value, function, module) for value in node.values)
    elif isinstance(node, ast.Subscript) and item is None:
        yield from _subscripted(source, place, seen)
    elif isinstance(node, ast.Dict) and item is None:
        yield from (Place(value, function, module) for value in node.values)
    elif isinstance(node, ast.Call):
        yield from _returned(source, node, place)
    elif isinstance(node, ast.Name):
        yield from _named(source, node.id, place, seen)


def _subscripted(source: Source, place: Place, seen: Seen) -> Iterator[Place]:
    """An item of a tuple, or any value of a mapping."""
    node = place.expression
    assert isinstance(node, ast.Subscript)
    held = Place(node.value, place.function, place.module)
    if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, int):
        yield from _items(source, held, node.slice.value, seen)
    else:
        yield from _origins(source, held, None, seen)


def _returned(source: Source, call: ast.Call, place: Place) -> Iterator[Place]:
    """What the called functions return; `x.get(key, other)` may be any value of a mapping."""
    name = _name(call.func)
    if name in ("get", "pop") and isinstance(call.func, ast.Attribute):
        yield Place(call.func.value, place.function, place.module)
        yield from (Place(arg, place.function, place.module) for arg in call.args[1:])
    for function, module in source.functions.get(name, ()):
        if isinstance(function, ast.Lambda) or not source.knows(name, module, place.module):
            continue
        for node in _walk(function):
            if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
                yield Place(node.value, function, module)


def _named(source: Source, name: str, place: Place, seen: Seen) -> Iterator[Place]:
    """What a name stands for: a constant, what is assigned to it, or what is passed."""
    function, module = place.function, place.module
    if function is None:
        if (module, name) in source.constants:
            yield Place(source.constants[module, name], None, module)
        return
    if not isinstance(function, ast.Lambda):
        yield from _assigned(source, name, place, seen)
        yield from _passed(source, name, function, module)
    if (module, name) in source.constants:
        yield Place(source.constants[module, name], None, module)


def _assigned(source: Source, name: str, place: Place, seen: Seen) -> Iterator[Place]:
    function, module = place.function, place.module
    assert function is not None
    for node in _walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.For):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            value = node.iter if isinstance(node, ast.For) else node.value
            for target in targets:
                if value is not None and not isinstance(node, ast.For):
                    yield from _bound(source, target, name, Place(value, function, module), seen)
                elif isinstance(value, ast.Tuple | ast.List):
                    for each in value.elts:
                        yield from _bound(source, target, name, Place(each, function, module), seen)


def _bound(
    source: Source, target: ast.expr, name: str, value: Place, seen: Seen
) -> Iterator[Place]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    if isinstance(target, ast.Tuple):
        for index, part in enumerate(target.elts):
            if isinstance(part, ast.Name) and part.id == name:
                yield from _items(source, value, index, seen)


def _passed(source: Source, name: str, function: Function, module: str) -> Iterator[Place]:
    arguments = function.args
    positional = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    if name not in (*positional, *(a.arg for a in arguments.kwonlyargs)):
        return
    index = positional.index(name) if name in positional else 10**6
    bound = bool(positional) and positional[0] in ("self", "cls")
    for call, inside, where in source.calls.get(_name_of(function), ()):
        # A method is called without its first argument, and on whatever holds it.
        given = _given(call, name, index - bound)
        method = bound and _on_a_value(source, call, where)
        if given is not None and (method or source.knows(_name_of(function), module, where)):
            yield Place(given, inside, where)
