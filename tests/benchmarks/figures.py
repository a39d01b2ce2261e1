"""What a benchmark prints: our figure, its peer's or its limit, the ratio, and whether it holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `ours` and `peer` are in `unit`; `limit` bounds their ratio.

    Without a peer `limit` bounds `ours` itself. `at_least` turns the bound around.
    """

    what: str
    ours: float
    peer: float | None
    unit: str
    limit: float | None
    at_least: bool = False

    @property
    def judged(self) -> float:
        """What the limit is about: the ratio, or our own figure where there is no peer."""
        return self.ours / self.peer if self.peer else self.ours

    @property
    def holds(self) -> bool:
        """Whether the limit is kept; a figure without one only informs."""
        if self.limit is None:
            return True
        return self.judged >= self.limit if self.at_least else self.judged <= self.limit

    def row(self) -> tuple[str, ...]:
        """The cells of this line."""
        peer = f"{self.peer:.4g}" if self.peer is not None else ""
        ratio = f"{self.ours / self.peer:.3f}" if self.peer else ""
        sign = ">=" if self.at_least else "<="
        limit = f"{sign} {self.limit:g}" if self.limit is not None else ""
        verdict = ("yes" if self.holds else "NO") if limit else ""
        return (self.what, f"{self.ours:.4g}", peer, self.unit, ratio, limit, verdict)


HEAD = ("figure", "ours", "peer", "unit", "ratio", "limit", "holds")


def table(figures: Iterable[Figure]) -> str:
    """The figures as aligned text."""
    rows = [HEAD, *(figure.row() for figure in figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)) for r in rows)


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(median(values))
