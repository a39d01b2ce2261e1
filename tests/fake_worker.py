"""A worker without Keras: answers the protocol by a few plain rules, for tests of all else.

Its numbers are right for what it knows (convolutions, dense, merges, sampling) and the identity
for the rest. Only tests import it.
"""

from math import ceil, prod

from designer.protocol import Answer, Ask, Ref, Refusal, Step, TensorSpec, Told

Shape = tuple[int | None, ...]
MERGES = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "add")


def _pair(value: object) -> tuple[int, int]:
    if isinstance(value, list | tuple):
        return int(value[0]), int(value[1])
    assert isinstance(value, int)
    return value, value


def _refuse(message: str, stage: str = "connect") -> Answer:
    return Answer(refusal=Refusal(stage, "ValueError", message))


class FakeWorker:
    """`answer(ask)` is what the real worker would tell; `asked` counts the steps it was given."""

    def __init__(self) -> None:
        self.asked = 0

    def answer(self, ask: Ask) -> Told:
        """An answer for each step; None behind a refusal."""
        answers: list[Answer | None] = []
        for step in ask.steps:
            self.asked += 1
            answers.append(self._step(step, answers))
        return Told(ask.request, tuple(answers))

    def _step(self, step: Step, answers: list[Answer | None]) -> Answer | None:
        shapes: list[Shape] = []
        for argument in step.inputs:
            for tensor in argument.tensors:
                if isinstance(tensor, Ref):
                    before = answers[tensor.step]
                    if before is None or tensor.output >= len(before.outputs):
                        return None
                    tensor = before.outputs[tensor.output]
                shapes.append(tensor.shape)
        built = [t.shape for a in step.built_by for t in a.tensors if isinstance(t, TensorSpec)]
        if built and built[0][-1] != shapes[0][-1] and self._call(step, shapes).parameters:
            text = f"Input is incompatible: expected {built[0][-1]}, found {shapes[0][-1]}."
            return _refuse(text, "share")
        return self._call(step, shapes)

    def _call(self, step: Step, shapes: list[Shape]) -> Answer:
        kind = step.type.rpartition(".")[2]
        if kind == "InputLayer":
            shape = step.params.get("shape")
            if not isinstance(shape, list | tuple):
                return _refuse("You must pass a shape.", "configure")
            return _told((None, *shape))
        if kind in MERGES:
            return self._merge(kind, shapes)
        if kind == "Concatenate":
            return self._concatenate(shapes)
        if kind == "Conv2D":
            return self._conv(step, shapes[0])
        if kind == "UpSampling2D":
            batch, rows, columns, channels = shapes[0]
            size = _pair(step.params.get("size", 2))
            return _told((batch, (rows or 0) * size[0], (columns or 0) * size[1], channels))
        if kind == "Dense":
            units, last = int(step.params["units"]), shapes[0][-1] or 0
            return _told((*shapes[0][:-1], units), units * (last + 1))
        if kind == "Flatten":
            return _told((None, prod(size or 0 for size in shapes[0][1:])))
        return _told(shapes[0] if shapes else ())

    def _conv(self, step: Step, shape: Shape) -> Answer:
        filters = step.params["filters"]
        if not isinstance(filters, int) or filters <= 0:
            text = f"Invalid value for argument `filters`. Received: filters={filters}"
            return _refuse(text, "configure")
        if len(shape) != 4:
            text = f"Input 0 is incompatible: expected min_ndim=4, found ndim={len(shape)}."
            return _refuse(text)
        first = step.params.get("data_format") == "channels_first"
        channels = shape[1] if first else shape[3]
        sizes = shape[2:] if first else shape[1:3]
        kernel, strides = _pair(step.params["kernel_size"]), _pair(step.params.get("strides", 1))
        same = step.params.get("padding", "valid") == "same"
        out = tuple(
            None if size is None else ceil((size if same else size - k + 1) / s)
            for size, k, s in zip(sizes, kernel, strides, strict=True)
        )
        weights = filters * (prod(kernel) * (channels or 0) + 1)
        spatial = (shape[0], filters, *out) if first else (shape[0], *out, filters)
        return _told(spatial, weights)

    def _merge(self, kind: str, shapes: list[Shape]) -> Answer:
        result = list(shapes[0])
        for shape in shapes[1:]:
            if len(shape) != len(result):
                return _refuse(f"{kind}: ranks differ: {shapes}")
            for place, (a, b) in enumerate(zip(result, shape, strict=True)):
                if a != b and 1 not in (a, b):
                    return _refuse(f"Inputs have incompatible shapes. Received {shapes}")
                result[place] = b if a == 1 else a
        return _told(tuple(result))

    def _concatenate(self, shapes: list[Shape]) -> Answer:
        if len({shape[:-1] for shape in shapes}) > 1:
            return _refuse(f"A `Concatenate` layer requires matching shapes. Received {shapes}")
        return _told((*shapes[0][:-1], sum(shape[-1] or 0 for shape in shapes)))


def _told(shape: Shape, parameters: int = 0) -> Answer:
    return Answer((TensorSpec(shape),), parameters, parameters)
