"""Which kind of value a parameter takes, told from its name, its default and Keras' words."""

import re
from typing import Any

Json = Any

_SUFFIXES = (
    ("_initializer", "initializer"),
    ("_regularizer", "regularizer"),
    ("_constraint", "constraint"),
    ("activation", "activation"),
    ("dtype", "dtype"),
)
_NAMES = {
    "seed": "int",
    "layer": "layer",
    "cell": "layer",
    "backward_layer": "layer",
    "regularizer": "regularizer",
    "target_shape": "shape",
    "noise_shape": "shape",
    "learning_rate": "float",
    "layers": "layers",
    "cells": "layers",
    "range": "floats",
}
_LEAD = re.compile(
    r"^(\(?optional\)?[.,;]? |an? |the |single |desired |python |positive |possible )+", re.I
)
_WORDS = (
    (r"(unsigned |total )?(integers?|ints?)\b", "int"),
    (r"(total |maximum |output |desired )*(number|size) of\b", "int"),
    (
        r"(small |scalar )*(float|value in range)|scalar value|number\b|(max|min)imum value",
        "float",
    ),
    (r"(bool|boolean|whether|if true)\b", "bool"),
    (r"(string|str|name|path|filename)\b", "string"),
)
_SEVERAL = re.compile(r"\b(tuple|list|iterable|array|dict|sequence|matrix)", re.IGNORECASE)
_QUOTED = re.compile(r"""`?["']([A-Za-z_][\w.-]*)["'`]*(?=[\s,.;:()/}\]]|$)""")
_CHOOSES = re.compile(
    r"one of\b|either\b|can be\b|values are\b|supported|supports\b|methods are\b|^[`\"']|"
    r"string, [`\"]|controls how|specifies the",
    re.IGNORECASE,
)
_MAY_CHOOSE = re.compile(
    r"""(optional )?(an? )?(string|str\b|one of|either|type of|["'`])""", re.IGNORECASE
)
_NO_CHOICE = {"none", "true", "false"}

_POSITIVE = {
    "filters", "units", "kernel_size", "strides", "pool_size", "dilation_rate", "groups", "size",
    "depth_multiplier", "num_heads", "num_query_heads", "num_key_value_heads", "key_dim", "n",
    "head_dim", "value_dim", "input_dim", "output_dim", "height", "width", "output_size",
    "block_size", "num_classes", "num_bins", "max_number", "num_tokens", "patience", "lora_rank",
    "fft_length", "sequence_length", "sequence_stride", "frame_length", "frame_step", "bins",
    "sampling_rate", "num_mel_bins", "num_chains", "chain_depth", "num_ops", "tile_grid_size",
    "power_iterations", "sliding_window", "num_sections", "decay_steps", "first_decay_steps",
}  # fmt: skip
_NATURAL = {"warmup_steps", "initial_epoch", "cooldown", "start_from_epoch", "epsilon", "stddev"}
_UNIT = {"rate", "dropout", "recurrent_dropout", "momentum", "label_smoothing", "beta_1", "beta_2"}


def limits(name: str) -> dict[str, float]:
    """Lower and upper bounds that Keras' constructors enforce for a parameter of this name."""
    if name in _POSITIVE:
        return {"minimum": 1}
    if name in _NATURAL:
        return {"minimum": 0}
    return {"minimum": 0, "maximum": 1} if name in _UNIT else {}


def kind(name: str, default: Json, doc: str, choices: list[str]) -> str:
    """The `ParamKind`: by name, by default, then by the first words of the documentation."""
    for suffix, found in _SUFFIXES:
        if name == suffix or name.endswith("_" + suffix.lstrip("_")):
            return found
    return _NAMES.get(name) or _by_default(default, doc, choices) or _by_words(name, doc, choices)


def choices(default: Json, doc: str) -> list[str]:
    """The quoted words among which the documentation lets one choose, the default first."""
    text = _choosing_part(doc)
    if not text or not (isinstance(default, str) or (default is None and _MAY_CHOOSE.match(doc))):
        return []
    found = [w for w in _QUOTED.findall(text) if w.lower() not in _NO_CHOICE]
    unique = list(dict.fromkeys(found))
    if isinstance(default, str) and default not in unique:
        return []
    return unique if len(unique) > 1 else []


def length(name: str, default: Json, doc: str, owner: str) -> int | None:
    """How many numbers a tuple holds: by its default, Keras' words, or 1D/2D/3D in the name."""
    if isinstance(default, (tuple, list)):
        return len(default)
    words = re.search(r"(?:tuple|list)s? of (?:length )?(\d) (?:int|float)", doc)
    if words:
        return int(words[1])
    rank = re.search(r"([123])D", owner)
    return int(rank[1]) if rank and not name.startswith("ax") else None


def _choosing_part(doc: str) -> str:
    """The sentence that offers the choice, and the list below it where there is one."""
    lines = doc.split("\n")
    sentences = re.split(r"(?<=[.;])\s", lines[0])
    chosen = [s for s in sentences[:3] if _CHOOSES.search(s)]
    items = [re.split(r":\s", line[1:].strip() + " ")[0] for line in lines[1:] if line[:1] in "-*"]
    return " ".join([*chosen[:1], *items]) if chosen else ""


def _by_default(default: Json, doc: str, choices: list[str]) -> str:
    if isinstance(default, bool):
        return "bool"
    if isinstance(default, (int, float)) and _SEVERAL.search(doc.split(".")[0]):
        return "ints" if isinstance(default, int) and "float" not in doc.lower() else "floats"
    if isinstance(default, int):
        return "float" if re.match(r"\W*(a |optional )?float", doc, re.IGNORECASE) else "int"
    if isinstance(default, float):
        return "float"
    if isinstance(default, str):
        return "choice" if choices else "string"
    return _of_tuple(default) if isinstance(default, (tuple, list)) else ""


def _of_tuple(default: tuple[Json, ...] | list[Json]) -> str:
    if default and all(isinstance(v, (int, list)) for v in default):
        return "ints"
    return "floats" if default and all(isinstance(v, (int, float)) for v in default) else "json"


def _by_words(name: str, doc: str, choices: list[str]) -> str:
    text = _LEAD.sub("", doc.replace("`", "").strip())
    first = text.split(". ")[0]
    if _SEVERAL.search(first):
        if name == "axis" or (re.search(r"\bint", first, re.IGNORECASE) and "tuples" not in first):
            return "ints"
        return "floats" if "float" in first.lower() else "json"
    if choices:
        return "choice"
    for pattern, found in _WORDS:
        if re.match(pattern, text, re.IGNORECASE):
            return found
    return "int" if name in _POSITIVE else "ints" if name == "axis" else "json"
