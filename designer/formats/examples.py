"""The examples on board: designs in `resources/examples/`, listed by its index.json."""

import json

from msgspec import Struct

from designer.document.model import Document
from designer.document.problem import failure
from designer.document.serialize import SUFFIX, from_bytes
from designer.resources import path, read_bytes

FOLDER = "examples"


class Example(Struct, frozen=True):
    """One example: its key is its file's name, `summary` one sentence about it."""

    key: str
    title: str
    summary: str


def list_examples() -> tuple[Example, ...]:
    """All examples, in the order in which they are offered."""
    entries = json.loads(read_bytes(FOLDER, "index.json"))
    return tuple(Example(e["key"], e["title"], e["summary"]) for e in entries)


def load_example(key: str) -> Document:
    """The design of one example; ProblemError "no_example" names those that there are."""
    known = [example.key for example in list_examples()]
    if key not in known:
        raise failure(
            "no_example",
            "There is no example {key}: choose one of {known}.",
            key=key,
            known=", ".join(known),
        )
    name = key + SUFFIX
    return from_bytes(read_bytes(FOLDER, name), str(path(FOLDER, name)))
