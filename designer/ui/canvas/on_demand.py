"""A dictionary that makes its values when they are first looked at.

What a card shows costs more than where it stands, and most of a large design is never on screen.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class OnDemand(dict[_Key, _Value]):
    """What follows from the scene, made when it is first looked at: most is never on screen."""

    def __init__(self, make: Callable[[_Key], _Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: _Key) -> _Value:
        made = self[key] = self._make(key)
        return made

    def forget(self, keys: Iterable[_Key]) -> None:
        """These are to be made anew."""
        for key in keys:
            self.pop(key, None)
