"""Measures one canvas with one size of graph: `canvas PROGRAM COUNT [wall]`, in ms and MB.

Time is that of the processor in the window's thread, because others may be at work; with `wall`
that of the clock, which counts what an X server does as well.
"""

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path
from statistics import median

import psutil
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.benchmarks.probes.canvas_plan import SIZE, Canvas, Plan

FRAMES = 15
FEW = 5
AGAIN = 3  # times that all is deleted, brought back, saved and loaded
WARM = 3  # frames that come before those that count
NOTCHES = 8  # of the wheel, then it rests and the canvas is drawn anew
REST = 0.12  # seconds
QUIET = 0.5  # seconds after which nothing is under way any more
LONG = 2.0  # seconds; a row that takes longer is measured less often
STEP = 8  # px of a drag
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE = Qt.MouseButton.NoButton

Act = Callable[[], object]


class Mouse:
    """Sends a widget the events that a mouse makes, at once."""

    def __init__(self, canvas: Canvas) -> None:
        self._port = canvas.port
        self._keys = canvas.wheel_keys
        self._held = NONE
        self.at = QPoint()

    def _send(self, kind: QEvent.Type, button: Qt.MouseButton) -> None:
        place = QPointF(self.at)
        glob = QPointF(self._port.mapToGlobal(self.at))
        keys = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self._port, QMouseEvent(kind, place, glob, button, self._held, keys))

    def press(self, at: QPoint, button: Qt.MouseButton) -> None:
        """A button goes down."""
        self.at, self._held = at, button
        self._send(QEvent.Type.MouseButtonPress, button)

    def move(self, dx: int, dy: int) -> None:
        """The mouse moves by that much."""
        self.at = self.at + QPoint(dx, dy)
        self._send(QEvent.Type.MouseMove, NONE)

    def release(self) -> None:
        """The button goes up."""
        button, self._held = self._held, NONE
        self._send(QEvent.Type.MouseButtonRelease, button)

    def turn(self, notches: int) -> None:
        """The wheel turns over the middle."""
        place = QPointF(self._port.rect().center())
        glob = QPointF(self._port.mapToGlobal(place.toPoint()))
        event = QWheelEvent(
            place,
            glob,
            QPoint(),
            QPoint(0, 120 * notches),
            NONE,
            self._keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - Qt takes it by place only
        )
        QApplication.sendEvent(self._port, event)


class Watch:
    """Measures rows of one canvas."""

    def __init__(self, canvas: Canvas, clock: Callable[[], float]) -> None:
        self._canvas = canvas
        self._clock = clock
        self._mouse = Mouse(canvas)
        self.rows: dict[str, float] = {}

    def once(self, row: str, act: Act) -> None:
        """An act and the frame that shows it."""
        self.rows[row] = self._frame(act)

    def often(self, row: str, act: Act, frames: int = FRAMES) -> None:
        """The median of many frames."""
        self.rows[row] = self._series(act, frames)

    def _series(self, act: Act, frames: int) -> float:
        spent = [self._frame(act) for _ in range(WARM)]
        if sum(spent) > 1000 * LONG:
            return median(spent)
        return median(self._frame(act) for _ in range(frames))

    def _frame(self, act: Act) -> float:
        start = self._clock()
        act()
        turn()
        return 1000 * (self._clock() - start)

    def views(self, where: str, node: int) -> None:
        """Repaints, pans and zooms, as the view stands now."""
        self.often(f"repaint at {where}", self._canvas.renew)
        self._mouse.press(self._canvas.empty(node), MIDDLE)
        before, way = self._canvas.spot(node), count()
        self._pan(3 * STEP, 0)
        if self._canvas.spot(node) == before:
            raise RuntimeError(f"the hand does not pan at {where}")
        self.often(f"pan at {where}", lambda: self._pan(*_there_and_back(next(way))))
        self._mouse.release()
        rest()
        self.rows[f"zoom at {where}"] = self._zoom()

    def _pan(self, dx: int, dy: int) -> None:
        if not self._canvas.pan(dx, dy):
            self._mouse.move(dx, dy)

    def _zoom(self) -> float:
        """A notch of the wheel with its share of the repaint at the end."""
        bursts = []
        for sign in (1, -1) * 3:
            start = self._clock()
            for _ in range(NOTCHES):
                self._mouse.turn(sign)
                turn()
            spent = self._clock() - start
            # Only the work counts, not the wait for it.
            start, before = time.perf_counter(), time.thread_time()
            rest(REST)
            bursts.append(spent + time.thread_time() - before)
            if time.perf_counter() - start > LONG:
                break
        return 1000 * median(bursts) / NOTCHES

    def drag(self, row: str, nodes: Sequence[int], frames: int = FRAMES) -> None:
        """Drags nodes by one of them, and lets them go."""
        if row in self._canvas.skips:
            return
        held = nodes[len(nodes) // 3]
        self._canvas.select(nodes)
        rest()
        before, way = self._canvas.spot(held), count()
        self._mouse.press(before, LEFT)
        self._mouse.move(4 * STEP, 0)
        act = lambda: self._mouse.move(*_there_and_back(next(way)))  # noqa: E731 - one word less
        self.often(f"drag {row}", act, frames)
        self.once(f"drop {row}", self._mouse.release)
        rest()
        if self._canvas.spot(held) == before:
            raise RuntimeError(f"the hand does not drag {row}")


def _there_and_back(number: int) -> tuple[int, int]:
    return (STEP, STEP) if number // 4 % 2 == 0 else (-STEP, -STEP)


def turn() -> None:
    """Lets everything happen that is due, the painting included."""
    QApplication.processEvents()
    QApplication.processEvents()


def rest(seconds: float = QUIET) -> None:
    """Turns events for that long."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QApplication.processEvents()
        time.sleep(0.002)


def resident() -> float:
    """MB that this process holds."""
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 1e6


def measure(program: str, nodes: int, clock: Callable[[], float]) -> dict[str, float]:
    """All rows that the program has."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    canvas: Canvas = import_module(f"tests.benchmarks.probes.canvas_{program}").Program()
    plan = Plan(nodes)
    canvas.widget.resize(*SIZE)
    canvas.widget.show()
    rest()
    watch = Watch(canvas, clock)
    before = resident()
    watch.once("build", partial(_build, canvas, plan))
    rest()
    watch.views("fit", plan.middle)
    canvas.near(plan.middle)
    rest()
    watch.views("100 %", plan.middle)
    watch.rows["memory"] = resident() - before
    gc.freeze()  # it spares all of them the large collections
    canvas.near(plan.middle)
    rest()
    for row, habit in canvas.habits(plan.middle).items():
        way = count()
        watch.often(row, partial(_nth, habit, way))
        rest()
    watch.drag("one at 100 %", [plan.middle])
    canvas.fit()
    rest()
    watch.drag("one at fit", [plan.middle])
    watch.drag("100 at fit", _hundred(plan))
    watch.drag("all at fit", range(nodes), FEW)
    with tempfile.TemporaryDirectory(prefix="skipwire-bench-") as folder:
        acts = canvas.acts(Path(folder) / "graph")
        found: dict[str, list[float]] = {row: [] for row in acts}
        for _ in range(AGAIN):
            for row, act in acts.items():
                rest(REST)
                watch.once(row, act)
                found[row].append(watch.rows[row])
                there = canvas.count()
                if there != (0 if row in ("delete all", "redo", "close") else nodes):
                    raise RuntimeError(f"after {row} there are {there} nodes of {nodes}")
        watch.rows |= {row: median(spent) for row, spent in found.items()}
    del app
    return watch.rows


def _build(canvas: Canvas, plan: Plan) -> None:
    canvas.build(plan)
    canvas.fit()


def _nth(habit: Callable[[int], object], way: Iterator[int]) -> None:
    habit(next(way))


def _hundred(plan: Plan) -> range:
    start = min(max(0, plan.middle - 50), plan.count - 100)
    return range(start, start + 100)


if __name__ == "__main__":
    chosen = time.perf_counter if "wall" in sys.argv[3:] else time.thread_time
    found = measure(sys.argv[1], int(sys.argv[2]), chosen)
    sys.stdout.write("\n" + json.dumps(found) + "\n")
    sys.stdout.flush()
