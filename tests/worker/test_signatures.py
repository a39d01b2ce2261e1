"""Remembered signatures are those that Python derives."""

import subprocess
import sys

PROBE = """
import functools, inspect
from designer.worker import signatures

def plain(a, b: int = 2, *rest, c, **more) -> str: ...

class Layer:
    def call(self, inputs, training=None): ...
    @classmethod
    def make(cls, config): ...
    @staticmethod
    def help(x): ...

@functools.wraps(plain)
def wrapped(*args, **kwargs): ...

def built(layer, *, told=None):
    @functools.wraps(layer.call)
    def wrapper(*args, **kwargs): ...
    if told is not None:
        wrapper.__signature__ = told
    return wrapper

def things():
    one, two = Layer(), Layer()
    return [plain, Layer, Layer.call, one.call, two.call, Layer.make, Layer.help, wrapped,
            built(one), built(two), built(one, told=inspect.Signature()),
            functools.partial(plain, 1), lambda x: x, len]

def told():
    return [(str(inspect.signature(t)), [p.kind for p in inspect.signature(t).parameters.values()])
            for t in things()]

before, specs = told(), inspect.getfullargspec(plain)
signatures.remember()
once = inspect.signature
signatures.remember()
assert inspect.signature is once
assert told() == before == told()
assert inspect.getfullargspec(plain) == specs
assert inspect.signature(Layer().call) is inspect.signature(Layer().call)
assert inspect.signature(built(Layer())) is inspect.signature(Layer().call)
assert str(inspect.signature(wrapped, follow_wrapped=False)) .startswith("(*args, **kwargs)")
try:
    inspect.signature(3)
except TypeError:
    print("as ever")
"""


def test_signatures_are_remembered_and_are_what_they_were() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.stdout.strip() == "as ever", ran.stderr
