"""Finding layers by a few letters: a score for how well a text answers to what was typed."""

from collections.abc import Iterable

from designer.catalog.spec import LayerSpec

_LATER = 250  # how far an operation stands behind a layer that matches as well
_EXACT, _START, _WORD, _INSIDE, _SPREAD = 500, 400, 300, 200, 100


def score(wanted: str, text: str) -> int:
    """0 if the letters do not occur in order; more for an earlier and closer match."""
    letters, target = wanted.casefold().strip(), text.casefold()
    if not letters:
        return 1
    if letters == target:
        return _EXACT
    if target.startswith(letters):
        return _START - min(len(target), 90)
    initials = "".join(c for c in text if c.isupper() or c.isdigit()).casefold()
    if len(letters) > 1 and initials.startswith(letters):
        return _WORD - min(len(target), 90)
    if letters in target:
        return _INSIDE - min(target.index(letters), 90)
    return _spread(letters, target)


def _spread(letters: str, target: str) -> int:
    place, skipped = -1, 0
    for letter in letters:
        found = target.find(letter, place + 1)
        if found < 0:
            return 0
        skipped += found - place - 1
        place = found
    return _SPREAD - min(skipped, _SPREAD - 1)


def find_layers(wanted: str, layers: Iterable[LayerSpec], limit: int) -> list[LayerSpec]:
    """The layers that answer best to what was typed, by name or alias, layers before operations."""

    def rank(spec: LayerSpec) -> int:
        best = max(score(wanted, spec.name), *(score(wanted, a) - 20 for a in spec.aliases), 0)
        return max(best - _LATER, 1) if spec.operation and best else best

    ranked = ((rank(spec), spec) for spec in layers)
    found = sorted((pair for pair in ranked if pair[0] > 0), key=lambda p: (-p[0], p[1].name))
    return [spec for _, spec in found[:limit]]
