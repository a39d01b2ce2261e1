"""The functions of a script: what the blocks of one kind have in common, written once and called
for each of them with what differs.
"""

import re
from collections.abc import Iterable, Sequence

from designer.codegen.arguments import Arguments, Family
from designer.codegen.body import Body, Context
from designer.codegen.families import Kin, Kinship
from designer.codegen.headings import headings
from designer.codegen.naming import Names, identifier, plain
from designer.codegen.page import Page
from designer.codegen.scopes import Scopes, Tensor
from designer.codegen.wrapping import WIDTH, Code, call, flat, keyword, tupled, wrap
from designer.document.edits import snake_case
from designer.document.model import Block, Document
from designer.document.showing import shown

TENSOR = "x"  # what a tensor is called that a block takes
_AUTOMATIC = re.compile(r"input(_\d+)?")  # a port that nobody has given a name


class Functions:
    """Writes the functions of a design, those that others call first, and the calls of each."""

    def __init__(self, whole: Document, context: Context, scopes: Scopes) -> None:
        self._whole, self._context, self._scopes = whole, context, scopes
        self._names: list[str] = []
        self._families: dict[str, Family] = {}  # by block
        self._order: list[tuple[Family, Names]] = []
        arguments = Arguments(whole, context, self._families)
        rows = Kinship(whole, context, scopes).by_height()
        self._names = _function_names([kin for row in rows for kin in row], context.own.values())
        names = iter(self._names)
        for row in rows:
            found = [self._family(arguments, kin, next(names)) for kin in row]
            for family in found:
                self._families.update(dict.fromkeys(family.kin.blocks, family))

    def _family(self, arguments: Arguments, kin: Kin, function: str) -> Family:
        taken = self.taken()
        family = arguments.family(function, kin, self._tensor_names(kin.blocks[0]), taken)
        self._order.append((family, taken))
        return family

    def taken(self) -> Names:
        """The names that no variable may have, for the variables of one function."""
        names = Names()
        for name in (*self._context.own.values(), *self._names):
            names.take(name)
        return names

    def write(self, page: Page) -> None:
        """All functions, with two empty lines after each."""
        for family, taken in self._order:
            self._write(page, family, taken)
            page.write("", "")

    def _write(self, page: Page, family: Family, taken: Names) -> None:
        body = Body(self._context, taken, family.given, family.names, family.labels)
        tensors = self._scopes.inputs[family.first]
        for (source, output), name in zip(tensors, family.tensors, strict=True):
            body.know(source, output, name)
        arguments = [(name,) for name in (*family.tensors, *(a.name for a in family.arguments))]
        page.write(*wrap(("def ", *call(family.function, arguments), ":")))
        page.write(f'    """{plain(family.kin.kind) or "A block"}."""')
        self.write_calls(page, body, family.first)
        results = [body.tensor(*tensor) for tensor in self._scopes.outputs[family.first]]
        page.write(*_returned(results))
        self._tell_all(page, family)

    def _tell_all(self, page: Page, family: Family) -> None:
        """The lines of the first block are those of the others too."""
        for items in family.kin.items[1:]:
            for first, item in zip(family.kin.items[0], items, strict=True):
                if first in page.spans:
                    page.spans[item] = page.spans[first]

    def write_calls(self, page: Page, body: Body, scope: str) -> None:
        """The lines of what is called in a function, under the titles of its frames."""
        items = self._scopes.orders[scope]
        known = scope if scope in self._whole.blocks else ""
        frames, ended = headings(shown(self._whole, known), items), False
        for item in items:
            titles = frames.above.get(item, ())
            if titles or ended:
                page.begin(f"    # {title}" for title in titles)
            page.span(item, self._lines(body, item))
            ended = item in frames.last

    def _lines(self, body: Body, item: str) -> list[str]:
        if item in self._families:
            return self._call(body, item)
        return body.call(self._context.graph.nodes[item])

    def _call(self, body: Body, key: str) -> list[str]:
        """The call of a block's function."""
        family = self._families[key]
        place = family.kin.blocks.index(key)
        tensors = [body.tensor(*tensor) for tensor in self._scopes.inputs[key]]
        arguments: list[Code] = list(tensors)
        for argument in family.arguments:
            given = body.given(key, argument.name)
            arguments.append(keyword(argument.name, (given,) if given else argument.codes[place]))
        made = call(family.function, arguments)
        block, results = self._whole.blocks[key], self._scopes.outputs[key]
        variables = []
        for label, tensor in zip(self._result_names(block, results), results, strict=True):
            variables.append(body.variables.take(label))
            body.know(*tensor, variables[-1])
        return wrap((f"{', '.join(variables)} = ", *made), 4)

    def _result_names(self, block: Block, results: Sequence[Tensor]) -> list[str]:
        title = identifier(block.title, "block")
        if len(results) == 1:
            return [title]
        nodes = self._context.graph.nodes
        return [identifier(f"{title[:15]}_{nodes[source].name}") for source, _ in results]

    def _tensor_names(self, key: str) -> list[str]:
        """What a function calls its tensors: as the user called the ports, if somebody did."""
        block, nodes = self._whole.blocks[key], self._whole.graph.nodes
        count = len(self._scopes.inputs[key])
        names = [nodes[port].name for port in block.inputs if port in nodes]
        if count == 1 or len(names) != count:
            return [TENSOR] * count
        return [TENSOR if _AUTOMATIC.fullmatch(n) else identifier(n, TENSOR) for n in names]


def _returned(results: Sequence[Code]) -> list[str]:
    line = f"    return {', '.join(map(flat, results))}"
    return [line] if len(line) <= WIDTH else wrap(("return ", *tupled(results)), 4)


def _function_names(families: Iterable[Kin], taken: Iterable[str]) -> list[str]:
    """By kind: "ApesBlock" is apes_block, and a second function for that kind apes_block_2."""
    used, found = set(taken), []
    for kin in families:
        words = "_".join(map(snake_case, kin.kind.split()))
        name = wanted = identifier(words, "block")
        number = 1
        while name in used:
            number += 1
            name = f"{wanted}_{number}"
        used.add(name)
        found.append(name)
    return found
