"""The statements of a script, followed one by one and never run: loops over known lists written
out, functions followed into, conditions decided where they are constant.

What cannot be followed makes the names that it binds Unknown, and keeps the reason with them.
"""

import ast
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from designer.formats.python.binding import Binder
from designer.formats.python.callables import Callables
from designer.formats.python.constants import NotConstantError
from designer.formats.python.expressions import Expressions
from designer.formats.python.groups import kind_of
from designer.formats.python.network import Sketch
from designer.formats.python.story import MAX_CALLS, HaltError, Story
from designer.formats.python.syntax import Syntax
from designer.formats.python.values import (
    Class,
    Function,
    Path,
    Scope,
    Several,
    Tensor,
    Unknown,
)

NEXT, BREAK, CONTINUE = object(), object(), object()


class Returned:
    """A function has come to its end with this value."""

    def __init__(self, value: Any) -> None:
        self.value = value


class Statements:
    """Follows one script. `sketch` has what came of it."""

    def __init__(self, story: Story) -> None:
        self._story = story
        binder = Binder(story)
        self.sketch = Sketch(story, binder)
        callables = Callables(story, self.sketch, binder, self.run)
        self.expressions = Expressions(story, self.sketch, callables)
        self._syntax = Syntax()
        self._open: list[ast.AST] = []  # functions that are being followed
        self._loops = 0  # that are being followed
        self._changes = 0  # how often something that is known was bound
        self._blanks = 0  # how often something unknown was
        self._kinds: Mapping[type[ast.stmt], Callable[[Any, Scope], Any]] = {
            ast.Assign: self._assign,
            ast.AnnAssign: self._annotated,
            ast.AugAssign: self._augmented,
            ast.Expr: self._expression,
            ast.For: self._for,
            ast.While: self._while,
            ast.If: self._if,
            ast.With: self._with,
            ast.Try: self._try,
            ast.FunctionDef: self._function,
            ast.ClassDef: self._class,
            ast.Match: lambda node, scope: self._skip(node, node.subject, "`match` of", scope),
            ast.Return: self._return,
            ast.Import: self._import,
            ast.ImportFrom: self._import_from,
            ast.Break: lambda node, scope: BREAK,
            ast.Continue: lambda node, scope: CONTINUE,
        }

    def follow(self, nodes: Iterable[ast.stmt], scope: Scope) -> Any:
        """Follows statements; NEXT, BREAK, CONTINUE or a Returned says how they end."""
        for node in nodes:
            self._story.step(node.lineno)
            follow = self._kinds.get(type(node))
            end = follow(node, scope) if follow is not None else NEXT
            if end is not NEXT:
                return end
        return NEXT

    def run(self, function: Function, args: list[Any], kwargs: Mapping[str, Any], line: int) -> Any:
        """What a function of the script returns; ProblemError where it calls itself."""
        self._story.step(line)
        node = function.node
        if node in self._open or len(self._open) >= MAX_CALLS:
            template = (
                "{name} calls itself, or lies too deep in other functions. Write the calls out "
                "one after the other. {text}"
            )
            text = self._story.source.line(line)
            raise self._story.refusal("recursion", line, template, name=function.name, text=text)
        body = node.body if isinstance(node, ast.FunctionDef) else []
        scope = Scope(
            self._given(function, args, kwargs, line),
            function.scope,
            self._syntax.stores(node, body),
        )
        self._open.append(node)
        before, found = self.sketch.begin(kind_of(function, args), dict(scope.names)), None
        try:
            if isinstance(node, ast.Lambda):
                found = self.expressions.value(node.body, scope)
            else:
                end = self.follow(node.body, scope)
                found = end.value if isinstance(end, Returned) else None
        finally:
            self._open.pop()
            self.sketch.end(before, found)
        return found

    def _given(
        self, function: Function, args: list[Any], kwargs: Mapping[str, Any], line: int
    ) -> dict[str, Any]:
        """The arguments by the names of the parameters."""
        wanted = function.node.args
        names = [arg.arg for arg in (*wanted.posonlyargs, *wanted.args)]
        found = dict(zip(names, args, strict=False))
        allowed = {*names, *(arg.arg for arg in wanted.kwonlyargs)}
        found |= {name: value for name, value in kwargs.items() if name in allowed}
        missing = [n for n in allowed if n not in found and n not in function.defaults]
        more = len(args) > len(names) and not wanted.vararg
        strange = [name for name in kwargs if name not in allowed and not wanted.kwarg]
        if missing or more or strange:
            raise self._story.refusal(
                "bad_call",
                line,
                "{name} is called with other arguments than it has ({names}): {text}",
                name=function.name,
                names=", ".join(names),
                text=self._story.source.line(line),
            )
        if wanted.vararg:
            found[wanted.vararg.arg] = tuple(args[len(names) :])
        if wanted.kwarg:
            rest = {name: value for name, value in kwargs.items() if name not in allowed}
            found[wanted.kwarg.arg] = rest
        return {**function.defaults, **found}

    # --- Bindings -------------------------------------------------------------------------------

    def _bind(self, target: ast.expr, value: Any, scope: Scope) -> None:
        if isinstance(value, Unknown):
            self._blanks += 1
        else:
            self._changes += 1
        if isinstance(target, ast.Name):
            self._name(target.id, value, scope)
        self.expressions.bind(target, value, scope)

    def _name(self, name: str, value: Any, scope: Scope) -> None:
        """A result that has a name of its own in the script is called by it."""
        if isinstance(value, Tensor | Several) and scope.stores[name] == 1:
            draft = self.sketch.drafts[value.draft]
            if self.sketch.call_title(value.draft, name):
                return
            whole = isinstance(value, Several) or not value.output
            if whole and not draft.variable:
                draft.variable = name

    def _assign(self, node: ast.Assign, scope: Scope) -> Any:
        value = self.expressions.value(node.value, scope)
        for target in node.targets:
            self._try_bind(target, value, scope)
        return NEXT

    def _try_bind(self, target: ast.expr, value: Any, scope: Scope) -> None:
        try:
            self._bind(target, value, scope)
        except NotConstantError:
            self._blanks += 1

    def _annotated(self, node: ast.AnnAssign, scope: Scope) -> Any:
        if node.value is not None:
            self._try_bind(node.target, self.expressions.value(node.value, scope), scope)
        return NEXT

    def _augmented(self, node: ast.AugAssign, scope: Scope) -> Any:
        old = self.expressions.value(node.target, scope)
        value = self.expressions.value(node.value, scope)
        try:
            if isinstance(old, list) and isinstance(value, list | tuple):
                old += self.expressions.rounds(value)
                self._changes += 1
                return NEXT
            result = self.expressions.combined(node.op, old, value, node)
        except NotConstantError:
            result = Unknown(self._story.source.line(node.lineno), node.lineno)
        self._try_bind(node.target, result, scope)
        return NEXT

    def _expression(self, node: ast.Expr, scope: Scope) -> Any:
        failures = len(self._story.failures)
        value = self.expressions.value(node.value, scope)
        if isinstance(value, Unknown):
            del self._story.failures[failures:]  # nothing can use what it would have been
        else:
            self._changes += 1
        return NEXT

    # --- Ways through the script ----------------------------------------------------------------

    def _for(self, node: ast.For, scope: Scope) -> Any:
        over = self.expressions.value(node.iter, scope)
        try:
            rounds = over if isinstance(over, range) else self.expressions.rounds(over)
        except NotConstantError:
            return self._skip(node, node.iter, "the loop over", scope)
        return self._loop(node, node.iter, lambda: self._rounds(node, rounds, scope), scope)

    def _loop(self, node: ast.stmt, over: ast.expr, follow: Callable[[], Any], scope: Scope) -> Any:
        """Follows a loop; one over data, that makes nothing of the network, may be cut short."""
        drafts, steps, outermost = len(self.sketch.drafts), self._story.steps, not self._loops
        self._loops += 1
        try:
            return follow()
        except HaltError as halt:
            made = len(self.sketch.drafts) > drafts
            if made or not outermost or not self._story.forgive(steps):
                raise HaltError(self._story.endless(node.lineno)) from halt
            self._story.failures.append(halt.problem)
            return self._skip(node, over, "the loop over", scope)
        finally:
            self._loops -= 1

    def _rounds(self, node: ast.For, rounds: Iterable[Any], scope: Scope) -> Any:
        branches = self._syntax.branches(node)
        for item in rounds:
            self._story.step(node.lineno)
            with suppress(NotConstantError):
                self.expressions.bind(node.target, item, scope)
            changes, blanks = self._changes, self._blanks
            drafts = len(self.sketch.drafts)
            end = self.follow(node.body, scope)
            if end is BREAK:
                return NEXT
            if isinstance(end, Returned):
                return end
            same = changes == self._changes and drafts == len(self.sketch.drafts)
            if same and blanks < self._blanks and not branches:
                break  # a loop over data, of which nothing is known: the next round is the same
        return self.follow(node.orelse, scope)

    def _while(self, node: ast.While, scope: Scope) -> Any:
        try:
            self.expressions.truth(self.expressions.value(node.test, scope))
        except NotConstantError:
            return self._skip(node, node.test, "`while` over", scope)
        return self._loop(node, node.test, lambda: self._repeat(node, scope), scope)

    def _repeat(self, node: ast.While, scope: Scope) -> Any:
        while True:
            self._story.step(node.lineno)
            try:
                going_on = self.expressions.truth(self.expressions.value(node.test, scope))
            except NotConstantError:
                return self._skip(node, node.test, "`while` over", scope)
            if not going_on:
                return self.follow(node.orelse, scope)
            end = self.follow(node.body, scope)
            if end is BREAK:
                return NEXT
            if isinstance(end, Returned):
                return end

    def _if(self, node: ast.If, scope: Scope) -> Any:
        try:
            holds = self.expressions.truth(self.expressions.value(node.test, scope))
        except NotConstantError:
            return self._skip(node, node.test, "the condition", scope)
        return self.follow(node.body if holds else node.orelse, scope)

    def _skip(self, node: ast.stmt, over: ast.expr, what: str, scope: Scope) -> Any:
        """Passes over statements that cannot be followed; what they bind is not known any more."""
        text = self.expressions.text(over)
        template = (
            "{what} `{text}` cannot be read as a network, because it is not known without running "
            "the code. Write it out with the values that it has. {shown}"
        )
        values = {"what": what, "text": text, "shown": self._story.source.line(node.lineno)}
        problem = self._story.source.problem("not_constant", node.lineno, template, **values)
        if self._concerned(node, scope):
            self._story.failures.append(problem)
        for name in self._syntax.touched(node):
            self._blanks += 1
            scope.names[name] = Unknown(text, node.lineno, problem)
        if self._syntax.returns(node):
            return Returned(Unknown(text, node.lineno, problem))
        return NEXT

    def _concerned(self, node: ast.stmt, scope: Scope) -> bool:
        """Whether the statements hold a name that stands for something of Keras."""
        found = [self._looked_up(name, scope) for name in self._syntax.names(node)]
        paths = [value.path for value in found if isinstance(value, Path)]
        return any("keras" in path for path in paths) or any(isinstance(v, Tensor) for v in found)

    def _looked_up(self, name: str, scope: Scope | None) -> Any:
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return Path(self._story.library.usual(name))

    def _with(self, node: ast.With, scope: Scope) -> Any:
        for item in node.items:
            value = self.expressions.value(item.context_expr, scope)
            if item.optional_vars is not None:
                self._try_bind(item.optional_vars, value, scope)
        return self.follow(node.body, scope)

    def _try(self, node: ast.Try, scope: Scope) -> Any:
        end = self.follow([*node.body, *node.orelse], scope)
        last = self.follow(node.finalbody, scope)
        return end if last is NEXT else last

    def _return(self, node: ast.Return, scope: Scope) -> Any:
        self._changes += 1
        return Returned(self.expressions.value(node.value, scope) if node.value else None)

    # --- Definitions and imports ----------------------------------------------------------------

    def _function(self, node: ast.FunctionDef, scope: Scope) -> Any:
        defaults = self.expressions.defaults(node.args, scope)
        scope.names[node.name] = Function(node, scope, defaults, node.name)
        return NEXT

    def _class(self, node: ast.ClassDef, scope: Scope) -> Any:
        inner = Scope(parent=scope)
        self.follow(node.body, inner)
        bases = [self.expressions.value(base, scope) for base in node.bases]
        scope.names[node.name] = Class(node.name, bases, inner.names, node.lineno)
        return NEXT

    def _import(self, node: ast.Import, scope: Scope) -> Any:
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            scope.names[name] = Path(alias.name if alias.asname else name)
        return NEXT

    def _import_from(self, node: ast.ImportFrom, scope: Scope) -> Any:
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            if alias.name == "*":
                self.expressions.stars.append(module)
            else:
                scope.names[alias.asname or alias.name] = Path(f"{module}.{alias.name}")
        return NEXT
