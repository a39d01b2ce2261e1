"""Answers shape questions: Keras' own symbolic call, without allocating a single weight.

Layers are built inside `keras.StatelessScope(initialize_variables=False)`. Such layers are good
for shapes only; they are dropped at once, and only their answers are remembered.
"""

import json
import math
from collections import OrderedDict
from dataclasses import replace
from typing import Any

import keras
from keras.src.backend.common import global_state

from designer.protocol import Answer, Argument, Ref, Refusal, Step, TensorSpec
from designer.worker import construct, refusals, shortcuts
from designer.worker.patience import TookTooLongError, limited

Json = Any
_INPUT = "layers.InputLayer"
_KEY = json.JSONEncoder(sort_keys=True).encode  # made once: that takes longer than a key
_PATIENCE = 10.0  # seconds for one step: an unrolled recurrent layer of 10^6 steps has no end


class Shapes:
    """Answers with a memory of at most `capacity` equal questions."""

    def __init__(self, capacity: int = 20_000) -> None:
        # TensorFlow would note each attribute of each layer for its checkpoints: a fifth of the
        # time, and nothing here is ever saved.
        keras.layers.Layer._self_setattr_tracking = False
        shortcuts.take()
        self._capacity = capacity
        self._memo: OrderedDict[str, Answer] = OrderedDict()
        self.asked = 0  # how often Keras itself was asked

    def forget(self) -> None:
        """Forgets all answers; what is asked from now on, Keras is asked."""
        self._memo.clear()

    def answers(self, steps: tuple[Step, ...]) -> tuple[Answer | None, ...]:
        """One answer for each step; None for steps that follow from a refused one."""
        told: list[Answer | None] = []
        for step in steps:
            told.append(self._follow(step, told))
        return tuple(told)

    def _follow(self, step: Step, told: list[Answer | None]) -> Answer | None:
        specs = [[_spec(t, told) for t in argument.tensors] for argument in step.inputs]
        if any(isinstance(s, Refusal) for group in specs for s in group):
            refused = next(s for group in specs for s in group if isinstance(s, Refusal))
            return Answer(refusal=refused)
        known = _known(specs)
        if known is None:
            return None
        alone = replace(step, built_by=())
        answer = self._remembered(alone, known)
        first = _known([[_spec(t, told) for t in a.tensors] for a in step.built_by])
        if answer.refusal is not None or not first:
            return answer
        built = self._remembered(replace(alone, inputs=step.built_by), first)
        return answer if built.refusal is not None else self._remembered(step, known, first)

    def _remembered(
        self, step: Step, specs: list[list[TensorSpec]], first: list[list[TensorSpec]] | None = None
    ) -> Answer:
        key = _key(step, specs)
        if first is not None:
            key += _key(replace(step, inputs=step.built_by), first)
        answer = self._memo.get(key)
        if answer is None:
            answer = self._memo[key] = _ask_keras(step, specs, first)
            self.asked += 1
            if len(self._memo) > self._capacity:
                self._memo.popitem(last=False)
        else:
            self._memo.move_to_end(key)
        return answer


def _spec(tensor: Ref | TensorSpec, told: list[Answer | None]) -> TensorSpec | Refusal | None:
    """What a reference stands for; None where its step has no answer."""
    if isinstance(tensor, TensorSpec):
        return tensor
    source = told[tensor.step] if 0 <= tensor.step < len(told) else None
    if source is None or source.refusal is not None:
        return None
    if not 0 <= tensor.output < len(source.outputs):
        return Refusal(
            "connect",
            "IndexError",
            f"Output {tensor.output} is wired, but the layer before has only "
            f"{len(source.outputs)}, counted from 0.",
        )
    return source.outputs[tensor.output]


def _known(specs: list[list[TensorSpec | Refusal | None]]) -> list[list[TensorSpec]] | None:
    """The tensors; None where one is not known."""
    known = [[s for s in group if isinstance(s, TensorSpec)] for group in specs]
    same = all(len(a) == len(b) for a, b in zip(specs, known, strict=True))
    return known if same else None


def _key(step: Step, specs: list[list[TensorSpec]]) -> str:
    inputs = [
        [a.name, a.listed, a.keyword, [(s.shape, s.dtype) for s in group]]
        for a, group in zip(step.inputs, specs, strict=True)
    ]
    return _KEY([step.type, step.params, step.arguments, inputs])


def _ask_keras(
    step: Step, specs: list[list[TensorSpec]], first: list[list[TensorSpec]] | None
) -> Answer:
    """Asks Keras; whatever it raises becomes a Refusal with its stage."""
    stage = "configure"
    try:
        with limited(_PATIENCE), keras.StatelessScope(initialize_variables=False):
            call = _configured(step)
            if first is not None:
                before, named = _arguments(replace(step, inputs=step.built_by), first)
                call(*before, **named)
            stage = "connect" if first is None else "share"
            positional, named = _arguments(step, specs)
            outputs = call(*positional, **named)
            if isinstance(call, keras.layers.Layer):
                _refuse_given(step, outputs, [*positional, *named.values()])
            return _answer(call, outputs)
    # Keras, TensorFlow and NumPy raise what they please; the process must outlive all of it.
    except (Exception, TookTooLongError) as error:  # noqa: BLE001
        return Answer(refusal=refusals.refusal(stage, error))
    finally:
        # Otherwise the next plain operation initialises every variable ever made here.
        global_state.set_global_attribute("uninitialized_variables", [])


def _configured(step: Step) -> Any:
    """What is to be called: the layer, or the function with its literals."""
    if step.type == _INPUT:
        tensor = keras.Input(**construct.values(step.params))
        return lambda: tensor
    if step.type.startswith("ops."):
        if not any(argument.tensors for argument in step.inputs):
            # Without a symbolic tensor it would be computed, in whatever size it names.
            raise construct.UnacceptableError(f"{step.type} has no tensor among its inputs.")
        function = construct.operation(step.type)
        params = construct.values({**step.params, **step.arguments})
        return lambda **tensors: function(**(params | tensors))
    return construct.layer(step.type, step.params)


def _arguments(step: Step, specs: list[list[TensorSpec]]) -> tuple[list[Any], dict[str, Any]]:
    """Positional and named arguments of the call; an operation gets its tensors by name."""
    operation = step.type.startswith("ops.")
    positional: list[Any] = []
    named: dict[str, Any] = {} if operation else construct.values(step.arguments)
    for argument, group in zip(step.inputs, specs, strict=True):
        value = _tensors(argument, group)
        if argument.keyword or operation:
            named[argument.name] = value
        else:
            positional.append(value)
    return positional, named


def _tensors(argument: Argument, group: list[TensorSpec]) -> Any:
    made = [keras.KerasTensor(s.shape, dtype=s.dtype) for s in group]
    if argument.listed:
        return made
    if len(made) != 1:
        raise construct.UnacceptableError(f"{argument.name} takes one tensor and got {len(made)}.")
    return made[0]


def _refuse_given(step: Step, outputs: Any, given: list[Any]) -> None:
    """A layer that gives back the very tensor that it got stands in no functional model: there the
    tensor would come out of the layer that it goes into. Keras' Equalization does so.
    """
    known = {id(t) for t in keras.tree.flatten(given)}
    if any(id(t) in known for t in keras.tree.flatten(outputs)):
        raise construct.UnacceptableError(
            f"{step.type.rpartition('.')[2]} gives back the very tensor that it got, which a "
            f"functional model of Keras {keras.__version__} takes for a circle. It can be applied "
            "to the data, but it cannot be a layer of the model."
        )


def _answer(call: Any, outputs: Any) -> Answer:
    tensors = [t for t in keras.tree.flatten(outputs) if isinstance(t, keras.KerasTensor)]
    if not tensors:
        raise construct.UnacceptableError("The call gives no tensor, so nothing can follow it.")
    specs = tuple(TensorSpec(tuple(t.shape), str(t.dtype)) for t in tensors)
    if not isinstance(call, keras.layers.Layer):
        return Answer(specs)
    return Answer(specs, _count(call.weights), _count(call.trainable_weights))


def _count(weights: list[Any]) -> int:
    return sum(math.prod(w.shape) for w in weights)
