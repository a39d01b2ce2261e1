"""Finds types of nodes by a few letters: their names, other names, category, and what people call
them ("skip", "upsample"). No Qt here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from designer.catalog.library import shelf
from designer.catalog.spec import Catalog
from designer.document.model import INPUT, OUTPUT

# What people type, and what they mean by it, the likeliest first.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "skip": ("layers.Add", "layers.Concatenate"),
    "residual": ("layers.Add",),
    "shortcut": ("layers.Add", "layers.Concatenate"),
    "merge": ("layers.Add", "layers.Concatenate"),
    "sum": ("layers.Add",),
    "join": ("layers.Concatenate",),
    "upsample": ("layers.UpSampling2D", "layers.Conv2DTranspose", "layers.UpSampling1D"),
    "deconvolution": ("layers.Conv2DTranspose",),
    "downsample": ("layers.MaxPooling2D", "layers.AveragePooling2D", "layers.Conv2D"),
    "linear": ("layers.Dense",),
    "fully connected": ("layers.Dense",),
    "fc": ("layers.Dense",),
    "batchnorm": ("layers.BatchNormalization",),
    "bn": ("layers.BatchNormalization",),
    "layernorm": ("layers.LayerNormalization",),
    "gap": ("layers.GlobalAveragePooling2D",),
    "depthwise": ("layers.DepthwiseConv2D", "layers.SeparableConv2D"),
    "transformer": ("layers.MultiHeadAttention", "layers.LayerNormalization"),
    "self-attention": ("layers.MultiHeadAttention",),
    "gate": ("layers.Multiply",),
    "resize": ("layers.Resizing", "layers.UpSampling2D"),
    "pad": ("layers.ZeroPadding2D",),
    "crop": ("layers.Cropping2D", "layers.CenterCrop"),
    "augment": ("layers.RandomFlip", "layers.RandomRotation", "layers.RandomZoom"),
    "rescale": ("layers.Rescaling",),
    "view": ("layers.Reshape",),
    "source": (INPUT,),
    "sink": (OUTPUT,),
}

# What most networks are made of: first in its category, and first among equal hits.
COMMON = (
    "Conv2D", "Dense", "Add", "Concatenate", "MaxPooling2D", "UpSampling2D", "BatchNormalization",
    "Dropout", "Activation", "Flatten", "Reshape", "GlobalAveragePooling2D", "AveragePooling2D",
    "Conv2DTranspose", "SeparableConv2D", "DepthwiseConv2D", "Conv1D", "Conv3D", "MaxPooling1D",
    "Multiply", "Average", "Subtract", "LayerNormalization", "ReLU", "LeakyReLU", "Softmax",
    "Embedding", "LSTM", "GRU", "Bidirectional", "MultiHeadAttention", "Attention", "Rescaling",
    "Resizing", "RandomFlip", "RandomRotation", "Permute", "ZeroPadding2D", "Cropping2D",
    "SpatialDropout2D", "GaussianNoise",
)  # fmt: skip
_PLACES = {f"layers.{name}": place for place, name in enumerate(COMMON)}


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be placed: its type, name, category, and other words for it."""

    type: str
    name: str
    category: str
    words: tuple[str, ...] = ()
    doc: str = ""
    operation: bool = False


def entries(catalog: Catalog, output_name: str = "Output") -> tuple[Entry, ...]:
    """All that can be placed: layers, the common ones first, blocks, then operations."""
    found = [
        Entry(
            spec.key,
            "Input" if spec.key == INPUT else spec.name,
            "input" if spec.key == INPUT else spec.category,
            (
                *spec.aliases,
                *(("InputLayer",) if spec.key == INPUT else ()),
                *((spec.module, "custom") if spec.custom else ()),
            ),
            spec.doc,
            spec.operation,
        )
        for spec in catalog.layers.values()
    ]
    found += [
        Entry(spec.key, spec.name, spec.category, ("block", *spec.aliases), spec.doc)
        for spec, _ in shelf(catalog).values()
    ]
    found.append(Entry(OUTPUT, output_name, "output"))
    return tuple(sorted(found, key=lambda e: (e.operation, _place(e), e.name.lower(), e.name)))


def _place(entry: Entry) -> int:
    return _PLACES.get(entry.type, len(_PLACES))


def find(query: str, among: Iterable[Entry]) -> list[Entry]:
    """The entries that the query may mean, the best first; layers before operations."""
    words = query.lower().split()
    if not words:
        return []
    meant = _meant(" ".join(words))
    scored = ((_score(words, entry, meant), entry) for entry in among)
    hits = [(score, entry) for score, entry in scored if score is not None]
    hits.sort(key=lambda hit: (hit[0], _place(hit[1]), len(hit[1].name), hit[1].name))
    return [entry for _, entry in hits]


def _meant(query: str) -> dict[str, int]:
    """Types that a synonym beginning with the query names, and how late each is named."""
    meant: dict[str, int] = {}
    for word, types in SYNONYMS.items():
        if len(query) > 1 and word.startswith(query):
            for place, type_ in enumerate(types):
                meant[type_] = min(place, meant.get(type_, place))
    return meant


def _score(words: list[str], entry: Entry, meant: Mapping[str, int]) -> float | None:
    """0 is best; None if some word is nowhere in the entry."""
    synonym = 2.0 + meant[entry.type] * 0.1 if entry.type in meant else None
    total = 0.0
    for word in words:
        score = _of_word(word, entry)
        if score is None:
            return synonym
        total = max(total, score)
    total += 1.5 if entry.operation else 0.0
    return total if synonym is None else min(total, synonym)


def _of_word(word: str, entry: Entry) -> float | None:
    name = entry.name.lower()
    if name == word:
        return 0.0
    if name.startswith(word):
        return 1.0
    if word in name:
        return 3.0
    if any(word in other.lower() for other in entry.words):
        return 4.0
    if _initials(entry.name).startswith(word) and len(word) > 1:
        return 4.5
    if entry.category.startswith(word):
        return 5.0
    return 6.0 if len(word) > 2 and _is_spread(word, name) else None


def _initials(name: str) -> str:
    return "".join(letter for letter in name if letter.isupper() or letter.isdigit()).lower()


def _is_spread(word: str, name: str) -> bool:
    """Whether the letters come in this order, the first one first ("cv2d" in "conv2d")."""
    if not name.startswith(word[0]):
        return False
    rest = iter(name)
    return all(letter in rest for letter in word)
