"""What an expression stands for, found without running it: constants by bounded arithmetic, calls
of Keras as drafts of nodes, and Unknown for all else.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from designer.formats.python import constants
from designer.formats.python.attributes import attribute, subscript
from designer.formats.python.callables import Callables
from designer.formats.python.channels import last_axis
from designer.formats.python.constants import NotConstantError, bounded
from designer.formats.python.functions import BUILTINS
from designer.formats.python.network import Sketch
from designer.formats.python.operators import BINARY, COMPARE, UNARY
from designer.formats.python.story import Story
from designer.formats.python.values import (
    Class,
    Function,
    Layer,
    Method,
    Network,
    Partial,
    Path,
    Scope,
    Several,
    Shape,
    Tensor,
    Unknown,
)

_TRUE = (Layer, Network, Function, Class, Partial)
Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


class Expressions:
    """Reads expressions of one script."""

    def __init__(self, story: Story, sketch: Sketch, callables: Callables) -> None:
        self._story, self._sketch, self._callables = story, sketch, callables
        self._texts: dict[ast.expr, str] = {}
        self.stars: list[str] = []  # modules that were imported with *
        self._kinds: Mapping[type[ast.expr], Callable[[Any, Scope], Any]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.Attribute: self._attribute,
            ast.Call: self._call,
            ast.List: self._display,
            ast.Tuple: lambda n, s: tuple(self._display(n, s)),
            ast.Set: self._display,
            ast.Dict: self._dict,
            ast.BinOp: self._binary,
            ast.UnaryOp: self._unary,
            ast.BoolOp: self._bool,
            ast.Compare: self._compare,
            ast.Subscript: self._subscript,
            ast.Slice: self._slice,
            ast.IfExp: self._choice,
            ast.JoinedStr: self._joined,
            ast.ListComp: self._listed,
            ast.SetComp: self._listed,
            ast.GeneratorExp: self._listed,
            ast.DictComp: self._mapped,
            ast.Lambda: self._lambda,
            ast.NamedExpr: self._walrus,
        }

    def value(self, node: ast.expr, scope: Scope) -> Any:
        """What the expression stands for; Unknown where that cannot be told."""
        read = self._kinds.get(type(node))
        if read is None:
            return self.unknown(node)
        try:
            return read(node, scope)
        except NotConstantError:
            return self.unknown(node)

    def unknown(self, node: ast.expr) -> Unknown:
        """That nobody knows this expression's value."""
        return Unknown(self.text(node), node.lineno)

    def text(self, node: ast.expr) -> str:
        """The expression as text, shortened."""
        if isinstance(node, ast.Name):
            return node.id
        if node not in self._texts:
            try:
                found = ast.unparse(node)
            except RecursionError:
                found = self._story.source.line(node.lineno)
            self._texts[node] = found if len(found) <= 60 else found[:57] + "..."
        return self._texts[node]

    def truth(self, value: Any) -> bool:
        """Whether a condition holds; NotConstantError where it is not known."""
        if isinstance(value, _TRUE):
            return True
        if isinstance(value, list | tuple | dict):
            return bool(value)
        if isinstance(value, constants.SCALARS):
            return bool(value)
        raise NotConstantError("the condition is not known")

    # --- Names and constants --------------------------------------------------------------------

    def _constant(self, node: ast.Constant, scope: Scope) -> Any:
        if not isinstance(node.value, constants.SCALARS):
            raise NotConstantError("it is no value of a network")
        return bounded(node.value)

    def _name(self, node: ast.Name, scope: Scope) -> Any:
        look: Scope | None = scope
        while look is not None:
            if node.id in look.names:
                return look.names[node.id]
            look = look.parent
        for module in self.stars:
            if self._story.library.thing(f"{module}.{node.id}") is not None:
                return Path(f"{module}.{node.id}")
        if node.id in BUILTINS:
            return Path(f"builtins.{node.id}", guessed=True)
        usual = self._story.library.usual(node.id)
        if usual:
            return Path(usual, guessed=True)
        return Unknown(node.id, node.lineno, free=node.id)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Any:
        owner = self.value(node.value, scope)
        found = attribute(owner, node.attr, self._sketch)
        if isinstance(found, Unknown):
            return Unknown(self.text(node), node.lineno, found.problem)
        return found

    # --- Displays -------------------------------------------------------------------------------

    def _display(self, node: ast.List | ast.Tuple | ast.Set, scope: Scope) -> Any:
        found = self._items(node.elts, scope)
        self._story.step(node.lineno, found)
        return bounded(found)

    def _items(self, nodes: list[ast.expr], scope: Scope) -> list[Any]:
        found: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                found += self.rounds(self.value(node.value, scope))
            else:
                found.append(self.value(node, scope))
        return found

    def rounds(self, value: Any) -> list[Any]:
        """The items that a loop or * runs over; NotConstantError where they are not known."""
        if isinstance(value, Several) and value.count is not None:
            return [Tensor(value.draft, output) for output in range(value.count)]
        return constants.items(value)

    def _dict(self, node: ast.Dict, scope: Scope) -> Any:
        found: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            read = self.value(value, scope)
            if key is None:
                if not isinstance(read, dict):
                    raise NotConstantError("what is unpacked is no mapping")
                found |= read
            else:
                found[self._key(self.value(key, scope))] = read
        self._story.step(node.lineno, found)
        return bounded(found)

    def _key(self, value: Any) -> Any:
        if not isinstance(value, (*constants.SCALARS, tuple)) or not constants.is_constant(value):
            raise NotConstantError("the key is not known")
        return value

    def _joined(self, node: ast.JoinedStr, scope: Scope) -> str:
        text = ""
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                spec = self._joined(part.format_spec, scope) if part.format_spec else ""  # type: ignore[arg-type]  # the grammar allows only JoinedStr
                text += constants.formatted(self.value(part.value, scope), spec)
            else:
                text += str(self.value(part, scope))
        return str(bounded(text))

    # --- Operators ------------------------------------------------------------------------------

    def _binary(self, node: ast.BinOp, scope: Scope) -> Any:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        self._story.step(node.lineno, left, right)
        return self.combined(node.op, left, right, node)

    def combined(self, kind: ast.operator, left: Any, right: Any, node: ast.AST) -> Any:
        """`left kind right`, of tensors or constants; NotConstantError."""
        if isinstance(left, Tensor) or isinstance(right, Tensor):
            return self._operation(BINARY.get(type(kind), ""), [left, right], node)
        return constants.binary(type(kind), left, right)

    def _operation(self, name: str, values: list[Any], node: ast.AST) -> Any:
        spec = self._story.library.operation(name)
        if spec is None:
            raise NotConstantError("Keras has no such operation")
        return self._callables.operation(spec, values, {}, getattr(node, "lineno", 1))

    def _unary(self, node: ast.UnaryOp, scope: Scope) -> Any:
        value = self.value(node.operand, scope)
        if isinstance(value, Tensor):
            return self._operation(UNARY.get(type(node.op), ""), [value], node)
        if isinstance(node.op, ast.Not):
            return not self.truth(value)
        return constants.unary(type(node.op), value)

    def _bool(self, node: ast.BoolOp, scope: Scope) -> Any:
        value: Any = None
        for part in node.values:
            value = self.value(part, scope)
            if self.truth(value) is isinstance(node.op, ast.Or):
                return value
        return value

    def _compare(self, node: ast.Compare, scope: Scope) -> Any:
        left = self.value(node.left, scope)
        for kind, other in zip(node.ops, node.comparators, strict=True):
            right = self.value(other, scope)
            self._story.step(node.lineno, left, right)
            tensor = isinstance(left, Tensor) or isinstance(right, Tensor)
            if tensor and not isinstance(kind, ast.Is | ast.IsNot):
                return self._operation(COMPARE.get(type(kind), ""), [left, right], node)
            if not self._holds(kind, left, right):
                return False
            left = right
        return True

    def _holds(self, kind: ast.cmpop, left: Any, right: Any) -> bool:
        if isinstance(kind, ast.Is | ast.IsNot):
            if isinstance(left, Unknown) or isinstance(right, Unknown):
                raise NotConstantError("one side is not known")
            return (left is right) is isinstance(kind, ast.Is)
        return constants.compare(type(kind), left, right)

    def _choice(self, node: ast.IfExp, scope: Scope) -> Any:
        holds = self.truth(self.value(node.test, scope))
        return self.value(node.body if holds else node.orelse, scope)

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Any:
        owner, key = self.value(node.value, scope), self.value(node.slice, scope)
        if isinstance(owner, Tensor):
            return self._callables.item(owner, key, node.lineno)
        if isinstance(owner, Unknown):
            return Unknown(self.text(node), node.lineno, owner.problem)
        if isinstance(owner, Shape):
            return self._axis(owner, key, node)
        return subscript(owner, key)

    def _axis(self, owner: Shape, key: Any, node: ast.Subscript) -> Any:
        found = last_axis(self._sketch, owner.draft) if key == -1 else None
        if found is None:
            raise NotConstantError("the shape is not known")
        length, draft = found
        place = self._story.source.place(draft.line)
        said = f"`{self.text(node)}` is taken as {length}, which {place} states."
        self._story.note(node.lineno, f"{said} Look whether Keras has other shapes there.")
        return length

    def _slice(self, node: ast.Slice, scope: Scope) -> slice:
        ends = [self.value(e, scope) if e else None for e in (node.lower, node.upper, node.step)]
        if not all(end is None or isinstance(end, int) for end in ends):
            raise NotConstantError("the ends of the slice are not known")
        return slice(*ends)

    # --- Functions and comprehensions -----------------------------------------------------------

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Function:
        return Function(node, scope, self.defaults(node.args, scope))

    def defaults(self, args: ast.arguments, scope: Scope) -> dict[str, Any]:
        """The defaults of a function's parameters by name."""
        names = [arg.arg for arg in (*args.posonlyargs, *args.args)]
        named = zip(names[len(names) - len(args.defaults) :], args.defaults, strict=True)
        only = zip(args.kwonlyargs, args.kw_defaults, strict=True)
        pairs = [*named, *((arg.arg, default) for arg, default in only if default)]
        return {name: self.value(default, scope) for name, default in pairs}

    def _walrus(self, node: ast.NamedExpr, scope: Scope) -> Any:
        scope.names[node.target.id] = value = self.value(node.value, scope)
        return value

    def _call(self, node: ast.Call, scope: Scope) -> Any:
        self._story.step(node.lineno)
        target = self.value(node.func, scope)
        args = self._items(node.args, scope)
        kwargs: dict[str, Any] = {}
        for keyword in node.keywords:
            value = self.value(keyword.value, scope)
            if keyword.arg is not None:
                kwargs[keyword.arg] = value
            elif isinstance(value, dict) and all(isinstance(key, str) for key in value):
                kwargs |= value
            elif not isinstance(value, Unknown):
                raise NotConstantError("what is unpacked is no mapping")
        held = (target.owner,) if isinstance(target, Method) else ()
        self._story.step(node.lineno, *held, *args, *kwargs.values())
        return self._callables.call(target, args, kwargs, node.lineno, self.text(node.func))

    def _listed(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp, scope: Scope) -> Any:
        return bounded([self.value(node.elt, inner) for inner in self._each(node, 0, scope)])

    def _mapped(self, node: ast.DictComp, scope: Scope) -> Any:
        pairs = {
            self._key(self.value(node.key, inner)): self.value(node.value, inner)
            for inner in self._each(node, 0, scope)
        }
        return bounded(pairs)

    def _each(self, node: Comprehension, place: int, scope: Scope) -> Iterator[Scope]:
        if place == len(node.generators):
            yield scope
            return
        generator = node.generators[place]
        for item in self.rounds(self.value(generator.iter, scope)):
            self._story.step(node.lineno)
            inner = Scope(parent=scope)
            self.bind(generator.target, item, inner)
            if all(self.truth(self.value(test, inner)) for test in generator.ifs):
                yield from self._each(node, place + 1, inner)

    # --- Targets --------------------------------------------------------------------------------

    def bind(self, target: ast.expr, value: Any, scope: Scope) -> None:
        """Gives a name, or the names of a pattern, a value."""
        if isinstance(target, ast.Name):
            scope.names[target.id] = value
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target, value, scope)
        elif isinstance(target, ast.Starred):
            self.bind(target.value, value, scope)
        elif isinstance(target, ast.Subscript):
            owner, key = self.value(target.value, scope), self.value(target.slice, scope)
            if isinstance(owner, dict) and isinstance(key, constants.SCALARS):
                owner[key] = value
                bounded(owner)
            elif isinstance(owner, list) and type(key) is int and -len(owner) <= key < len(owner):
                owner[key] = value
        elif isinstance(target, ast.Attribute):
            owner = self.value(target.value, scope)
            names = getattr(owner, "names", None)
            if isinstance(names, dict):
                names[target.attr] = value
            elif isinstance(owner, Layer) and target.attr == "trainable" and value is False:
                owner.params["trainable"] = False

    def _unpack(self, target: ast.Tuple | ast.List, value: Any, scope: Scope) -> None:
        places, count = target.elts, len(target.elts)
        star = next((i for i, e in enumerate(places) if isinstance(e, ast.Starred)), None)
        if isinstance(value, Several) and value.count is None and star is None:
            value = Several(value.draft, count)
        try:
            found = self.rounds(value)
        except NotConstantError:
            found = []
        if star is not None and len(found) >= count - 1:
            rest = len(found) - (count - 1)
            found[star : star + rest] = [found[star : star + rest]]
        if len(found) != count:
            problem = value.problem if isinstance(value, Unknown) else None
            found = [Unknown(self.text(place), place.lineno, problem) for place in places]
        for place, one in zip(places, found, strict=True):
            self.bind(place, one, scope)
