"""Older versions of the design file become today's, step by step; newer ones are refused."""

from collections.abc import Callable
from typing import Any

from designer.document.problem import Where, failure

FORMAT = "skipwire-design"
VERSION = 1

Migration = Callable[[dict[str, Any]], dict[str, Any]]

# MIGRATIONS[n] turns the body of version n into that of version n + 1.
MIGRATIONS: dict[int, Migration] = {}


def migrate(
    body: dict[str, Any],
    where: Where,
    migrations: dict[int, Migration] = MIGRATIONS,
    version: int = VERSION,
) -> dict[str, Any]:
    """The body in today's version; ProblemError "newer_version" or "bad_version" otherwise."""
    found = body.get("version")
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        template = (
            'The "version" of the design is {found!r}; it must be a number from 1 to {version}.'
        )
        raise failure("bad_version", template, where, found=found, version=version)
    if found > version:
        template = (
            "The design was written by a newer Skipwire (format {found}; this one reads up to "
            "{version}). Update Skipwire to open it."
        )
        raise failure("newer_version", template, where, found=found, version=version)
    for step in range(found, version):
        body = {**migrations[step](body), "version": step + 1}
    return body
