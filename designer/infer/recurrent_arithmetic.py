"""Floating-point operations of recurrent layers: those of a cell, for each step.

TensorFlow's profiler does not look into loops; of an unrolled layer it tells the same.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from designer.infer.call import Call, UnknownSizeError, known
from designer.infer.tensor_arithmetic import Rule
from designer.protocol import TensorSpec


@dataclass(frozen=True, slots=True)
class _Cell:
    """`gates` are products with the input and with the state; `extra` operations for each unit."""

    gates: int
    extra: int


_CELLS: Mapping[str, _Cell] = {
    "SimpleRNN": _Cell(1, 1),
    "GRU": _Cell(3, 8),
    "LSTM": _Cell(4, 8),
}


def recurrent(call: Call) -> int:
    """Each weight once at each step, the biases, and what the gates do with each unit."""
    return known(call.first.shape[1]) * _step(call)


def _step(call: Call) -> int:
    cell = _CELLS.get(call.type.removeprefix("layers.").removesuffix("Cell"))
    if cell is None:
        raise UnknownSizeError(call.type)
    units = call.whole("units")
    twice = 2 if cell.gates == 3 and call.params.get("reset_after") else 1
    biases = twice * cell.gates * units if call.params.get("use_bias") else 0
    return 2 * (call.weights - biases) + biases + cell.extra * units


def _any_cell(call: Call) -> int:
    """The cell that the parameter holds, for each step."""
    cell = call.inner("cell")
    if cell is None:
        raise UnknownSizeError("cell")
    return recurrent(replace(cell, weights=call.weights))


def _convolutional(rank: int) -> Rule:
    """An LSTM whose products are convolutions: each weight once at each place and step."""

    def rule(call: Call) -> int:
        filters = call.whole("filters")
        biases = 4 * filters if call.params.get("use_bias") else 0
        each = 2 * (call.weights - biases) + biases + 8 * filters
        return known(call.first.shape[1]) * _places(call, call.result, rank) * each

    return rule


def _places(call: Call, spec: TensorSpec, rank: int) -> int:
    first = call.params.get("data_format") == "channels_first"
    spatial = spec.shape[-rank:] if first else spec.shape[-rank - 1 : -1]
    return math.prod(map(known, spatial))


RULES: Mapping[str, Rule] = {
    **{f"layers.{name}": recurrent for name in _CELLS},
    **{f"layers.{name}Cell": _step for name in _CELLS},
    **{f"layers.ConvLSTM{rank}D": _convolutional(rank) for rank in (1, 2, 3)},
    "layers.RNN": _any_cell,
}
