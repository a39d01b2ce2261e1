"""The whole way from code to a design, or to nodes to paste: tree, story, sketch, drawing."""

import ast
from pathlib import Path

from msgspec import Struct

from designer.catalog.spec import Catalog
from designer.codegen.naming import identifier
from designer.document.files import read_limited
from designer.document.fragment import Fragment, cut_out
from designer.document.model import DatasetChoice, Document
from designer.document.problem import ProblemError, Where, failure
from designer.formats.python.data import data_choice
from designer.formats.python.drawing import Drawing, draw
from designer.formats.python.entry import follow_script
from designer.formats.python.names import Library
from designer.formats.python.story import OURS, HaltError, Story
from designer.formats.python.text import (
    MAX_BYTES,
    MAX_NOTEBOOK,
    Source,
    decoded,
    notebook,
    parsed,
)
from designer.formats.python.training import own_losses, training_plan
from designer.layout.sheets import arrange_sheets

NOTEBOOK = ".ipynb"


class Reading(Struct, frozen=True):
    """What was read, and what has to be told about it."""

    document: Document
    notes: tuple[str, ...] = ()


def source_of(path: Path) -> Source:
    """The code in a file; ProblemError "cannot_read", "too_large" or "bad_encoding"."""
    if path.suffix.lower() == NOTEBOOK:
        return notebook(read_limited(path, MAX_NOTEBOOK), str(path))
    return Source(decoded(read_limited(path, MAX_BYTES), str(path)), str(path))


def read_source(source: Source, catalog: Catalog, name: str = "model") -> Reading:
    """The design in some code, not yet laid out; ProblemError."""
    story = Story(source, Library(catalog))
    tree, drawing = _drawn(story)
    if not drawing.graph.nodes:
        raise _no_network(tree, source)
    ours = OURS.fullmatch(ast.get_docstring(tree) or "")
    own = drawing.network.name if drawing.network is not None else ""
    document = Document(
        # The docstring has the name as it is, the model as an identifier of it.
        name=ours[1] if ours and identifier(ours[1], "model") == own else own or name,
        graph=drawing.graph,
        blocks=drawing.document.blocks,
        data=data_choice(tree, source) if ours else DatasetChoice(),
        training=training_plan(drawing.network, story),
    )
    return Reading(own_losses(document, drawing.network, story), story.notes)


def _no_network(tree: ast.Module, source: Source) -> ProblemError:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and _is_model(node):
            template = (
                "`{name}` is a class of its own kind of model: what it is made of shows only when "
                "it is called. Add lines that do it, such as image = keras.Input((32, 32, 3)) and "
                "keras.Model(image, {name}()(image))."
            )
            values = {"name": node.name}
            return ProblemError(source.problem("subclass", node.lineno, template, **values))
    template = (
        "{file} holds no network of Keras: none of its lines calls a layer. Open a script that "
        "makes a model with keras.Model or keras.Sequential."
    )
    values = {"file": source.file or "The text"}
    return failure("no_network", template, Where(file=source.file), **values)


def _is_model(node: ast.ClassDef) -> bool:
    names = [base.attr if isinstance(base, ast.Attribute) else base for base in node.bases]
    return any(getattr(name, "id", name) == "Model" for name in names)


def paste(text: str, catalog: Catalog) -> tuple[Fragment, tuple[str, ...]]:
    """The nodes that pasted code makes, laid out, and notes about it.

    Names that the text does not bind leave inputs open. Without any node the fragment is empty;
    ProblemError where the text is code for a network that cannot be read, "bad_syntax" where it is
    no code.
    """
    story = Story(Source(text), Library(catalog), lenient=True)
    _, drawing = _drawn(story)
    laid = arrange_sheets(drawing.document)
    return cut_out(laid, (*laid.graph.nodes, *laid.blocks)), story.notes


def _drawn(story: Story) -> tuple[ast.Module, Drawing]:
    tree = parsed(story.source)
    story.begin(tree)
    try:
        return tree, draw(follow_script(tree, story), story)
    except HaltError as halt:
        raise ProblemError(halt.problem) from halt
    except RecursionError as error:
        template = "the code is nested too deeply to be read. Split its expressions."
        raise ProblemError(story.source.problem("nested", 1, template)) from error
