"""Questions aside: of one step, about what is only tried, and what Keras answered to them."""

from designer.infer.questions import Key, Question
from designer.protocol import Answer, Ask, Told

FIRST_REQUEST = 1 << 40  # far from the numbers of inference, which goes over the same pipe


class Asides:
    """Numbers questions from `first` on and remembers `memory` answers by their content.

    At most `awaited` questions are under way; the answers to older ones are no longer wanted.
    """

    def __init__(self, first: int, memory: int, awaited: int) -> None:
        self._request = first
        self._memory = memory
        self._awaited = awaited
        self._memo: dict[Key, Answer] = {}
        self._pending: dict[int, Key] = {}

    def known(self, key: Key) -> Answer | None:
        """What Keras has answered to that."""
        return self._memo.get(key)

    def ask(self, question: Question) -> Ask:
        """The question as a message whose answer is awaited from now on."""
        self._request += 1
        self._pending[self._request] = question.keys[0]
        while len(self._pending) > self._awaited:
            del self._pending[min(self._pending)]
        return Ask(self._request, tuple(question.steps))

    def absorb(self, told: Told) -> bool:
        """Take an answer in; False for one that is not awaited."""
        key = self._pending.pop(told.request, None)
        answer = told.answers[0] if told.answers else None
        if key is None or answer is None:
            return False
        if len(self._memo) >= self._memory:
            self._memo.clear()
        self._memo[key] = answer
        return True
