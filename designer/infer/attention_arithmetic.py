"""Floating-point operations of attention: projections, scores, softmax and the weighted sum."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from designer.infer.call import Call, UnknownSizeError, known
from designer.infer.tensor_arithmetic import Rule
from designer.protocol import TensorSpec

_SOFTMAX = 5


def _pair(call: Call) -> tuple[TensorSpec, TensorSpec, TensorSpec]:
    """Query, value and key of the layers that take them as a list; the key is the value."""
    if len(call.tensors) < 2:
        raise UnknownSizeError("inputs")
    query, value = call.tensors[:2]
    listed = len(call.inputs.get("inputs", ()))
    return query, value, call.tensors[2] if listed > 2 else value


def _attention(call: Call) -> int:
    """Dot products of queries and keys, softmax, and the weighted sum of the values."""
    query, value, _key = _pair(call)
    scores = known(query.shape[1]) * known(value.shape[1])
    each = 2 * known(query.shape[-1]) + 2 * known(value.shape[-1]) + _SOFTMAX
    return scores * (each + bool(call.params.get("use_scale")))


def _additive(call: Call) -> int:
    """A sum, a scaling and a sum over the features for each pair; softmax; the weighted sum."""
    query, value, _key = _pair(call)
    scores = known(query.shape[1]) * known(value.shape[1])
    size = known(query.shape[-1])
    scaled = size if call.params.get("use_scale") else 0
    return scores * (size + scaled + size - 1 + 2 * known(value.shape[-1]) + _SOFTMAX)


@dataclass(frozen=True, slots=True)
class _Heads:
    """Numbers of heads that ask and that are asked, and the sizes of one."""

    asking: int
    asked: int
    size: int
    value_size: int


def _multi_head(call: Call) -> int:
    heads = call.whole("num_heads")
    size = call.whole("key_dim")
    wide = call.params.get("value_dim")
    return _projected(call, _Heads(heads, heads, size, wide if isinstance(wide, int) else size))


def _group_query(call: Call) -> int:
    size = call.whole("head_dim")
    asking, asked = call.whole("num_query_heads"), call.whole("num_key_value_heads")
    return _projected(call, _Heads(asking, asked, size, size))


def _projected(call: Call, heads: _Heads) -> int:
    """Projections of query, key and value, scores, softmax, weighted sum, projection of it."""
    query, value = call.port("query"), call.port("value")
    key = call.port("key") if call.inputs.get("key") else value
    rows, columns = _length(query), _length(value)
    bias = int(bool(call.params.get("use_bias")))
    out = known(call.result.shape[-1])
    asks, tells = heads.asking * heads.size, heads.asked * heads.size
    found = rows * asks * (2 * known(query.shape[-1]) + bias + 1)  # 1: the scale of the scores
    found += columns * tells * (2 * known(key.shape[-1]) + bias)
    found += columns * heads.asked * heads.value_size * (2 * known(value.shape[-1]) + bias)
    found += rows * out * (2 * heads.asking * heads.value_size + bias)
    scores = heads.asking * rows * columns
    return found + scores * (2 * heads.size + 2 * heads.value_size + _SOFTMAX)


def _length(spec: TensorSpec) -> int:
    return math.prod(map(known, spec.shape[1:-1]))


RULES: Mapping[str, Rule] = {
    "layers.Attention": _attention,
    "layers.AdditiveAttention": _additive,
    "layers.MultiHeadAttention": _multi_head,
    "layers.GroupQueryAttention": _group_query,
}
