"""How long the last axis of a tensor is, where the script itself says it: scripts ask x.shape[-1].

This is no shape engine, which Keras alone is: the number is the one that some layer was given as
its filters or units, followed through layers of kinds that leave the last axis alone.
"""

from designer.document.model import INPUT
from designer.formats.python.network import Draft, Sketch

STATED = ("filters", "units")
_KINDS = frozenset(("activation", "normalization", "regularization", "merging", "pooling"))
_KEEPING = ("UpSampling", "ZeroPadding", "Cropping", "Identity")
_OPERATIONS = frozenset(("ops.add", "ops.multiply", "ops.relu", "ops.silu", "ops.subtract"))
_CHANGING = frozenset(("Concatenate", "Dot", "SpectralNormalization"))


def last_axis(sketch: Sketch, number: int) -> tuple[int, Draft] | None:
    """The length, and the call that states it; None where nothing does."""
    while True:
        draft = sketch.drafts[number]
        params = draft.layer.params if draft.layer is not None else draft.params
        if params.get("data_format") == "channels_first":
            return None
        if draft.spec.key == INPUT:
            shape = params.get("shape") or [None]
            return (shape[-1], draft) if isinstance(shape[-1], int) else None
        stated = next((params[name] for name in STATED if name in params), None)
        if stated is not None:
            return (stated, draft) if isinstance(stated, int) else None
        if not _keeps(draft) or not draft.wires:
            return None
        number = min(draft.wires.items())[1].draft


def _keeps(draft: Draft) -> bool:
    if draft.spec.operation:
        return draft.spec.key in _OPERATIONS
    if draft.spec.name in _CHANGING:
        return False
    return draft.spec.category in _KINDS or draft.spec.name.startswith(_KEEPING)
