"""Names of nodes as names in Python: valid, unique, and none that the script itself needs.

Any text may come in, hostile ones too; what goes out can only be an identifier.
"""

import builtins
import keyword
import unicodedata

SCRIPT = frozenset(
    ("keras", "layers", "ops", "np", "Path", "DATA", "build_model", "load_data", "main")
)
RESERVED = SCRIPT.union(keyword.kwlist, keyword.softkwlist, dir(builtins))
LONGEST = 32  # so that a name, " = " and a call's opening always fit on a line


def identifier(text: str, fallback: str = "layer") -> str:
    """The text as a Python identifier of at most 32 characters that shadows nothing."""
    wanted = unicodedata.normalize("NFKC", text)
    kept = "".join(c if ("a" + c).isidentifier() else "_" for c in wanted)
    name = "_".join(word for word in kept.split("_") if word)[:LONGEST].rstrip("_")
    if not name:
        return fallback
    if not name.isidentifier():
        name = f"{fallback}_{name}"
    return f"{name}_" if name in RESERVED else name


class Names:
    """Hands out names, each only once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """The wanted name, or with the first number after it that is free."""
        name, number = wanted, 0
        while name in self._taken:
            number += 1
            name = f"{wanted}_{number}"
        self._taken.add(name)
        return name


def layer_name(text: str) -> str:
    """The text as Keras accepts it for a layer: not empty and without a slash."""
    return text.replace("/", "_") or "layer"


def plain(text: str, longest: int = 60) -> str:
    """The text for a comment or docstring: one line, and nothing that could end it."""
    kept = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(kept.replace("\\", "/").replace('"', "'").split())
    return line if len(line) <= longest else line[: longest - 3].rstrip() + "..."
