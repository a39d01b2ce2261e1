"""Where reading begins: the module, as if it were run, and then a function that makes the model
where nothing calls it.
"""

import ast

from designer.document.problem import ProblemError
from designer.formats.python.network import Sketch
from designer.formats.python.statements import Statements
from designer.formats.python.story import Story
from designer.formats.python.syntax import stores
from designer.formats.python.values import Function, Scope, Unknown


def follow_script(tree: ast.Module, story: Story) -> Sketch:
    """What the script makes; HaltError or ProblemError."""
    statements = Statements(story)
    scope = Scope({"__name__": "__main__"}, stores=stores(tree.body))
    statements.follow(tree.body, scope)
    if not statements.sketch.networks and not statements.sketch.drafts:
        _try_functions(statements, scope, story)
    return statements.sketch


def _try_functions(statements: Statements, scope: Scope, story: Story) -> None:
    """Follows the functions that nobody calls, the last one first, until one makes something.

    What has no default stands for a tensor in something pasted; in a file that is a reason to ask.
    """
    functions = [value for value in scope.names.values() if isinstance(value, Function)]
    for function in reversed(functions):
        failures = len(story.failures)
        wanted = [arg.arg for arg in function.node.args.args]
        line = function.node.lineno
        missing = [name for name in wanted if name not in function.defaults]
        given = [Unknown(name, line, free=name) for name in missing]
        try:
            statements.run(function, [], dict(zip(missing, given, strict=True)), line)
        except ProblemError as error:
            story.failures.append(error.problem)
        if statements.sketch.drafts or statements.sketch.networks:
            return
        del story.failures[failures:]
