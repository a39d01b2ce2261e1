"""The link to the worker, against small programs that behave well, badly, or not at all."""

import sys
from pathlib import Path
from time import monotonic

from pytestqt.qtbot import QtBot

from designer.protocol import Ask, Step, Told
from designer.ui.processes import QUICK_RESTARTS, Command, WorkerLink, WorkerState, worker_command

WAIT = 20_000  # milliseconds
POLITE = """
import sys
from designer.protocol import *
out = sys.stdout.buffer
out.write(encode(Ready(PROTOCOL_VERSION, "3.11", "3.15.1", "tensorflow", "2.21"))); out.flush()
for line in sys.stdin.buffer:
    message = decode(line)
    if isinstance(message, Quit):
        break
    if message.request == 13:
        raise SystemExit(3)
    if message.request == 14:
        out.write(encode(Fault(14, "no memory"))); out.flush()
        continue
    answers = tuple(Answer((TensorSpec((None, 8)),), 5, 5) for _ in message.steps)
    out.write(encode(Told(message.request, answers))); out.flush()
"""
DYING = "import sys; sys.stderr.write('it hurts\\n'); sys.exit(7)"
GARBAGE = "import time; print('WARNING: hello', flush=True); time.sleep(60)"
DEAF = """
import signal, sys, time
from designer.protocol import *
signal.signal(signal.SIGTERM, signal.SIG_IGN)
out = sys.stdout.buffer
out.write(encode(Ready(PROTOCOL_VERSION, "3.11", "3.15.1", "tensorflow", "2.21"))); out.flush()
while True:
    time.sleep(1)
"""
NO_KERAS = """
import sys
from designer.protocol import *
sys.stdout.buffer.write(encode(Fault(-1, "No module named 'keras'."))); sys.stdout.buffer.flush()
"""
OLD = """
import sys, time
from designer.protocol import *
sys.stdout.buffer.write(encode(Ready(0, "3.11", "3.0", "jax", "1"))); sys.stdout.buffer.flush()
time.sleep(60)
"""


def _link(program: str) -> tuple[WorkerLink, list[WorkerState]]:
    link = WorkerLink(Command(sys.executable, ("-c", program)))
    states: list[WorkerState] = []
    link.state_changed.connect(states.append)
    return link, states


def _ask(request: int) -> Ask:
    return Ask(request, (Step("layers.Dense", {"units": 8}),))


def _wait_for(qtbot: QtBot, link: WorkerLink, phase: str) -> None:
    qtbot.waitUntil(lambda: link.state.phase == phase, timeout=WAIT)


def test_a_worker_that_is_ready_tells_its_versions_and_answers(qtbot: QtBot) -> None:
    link, states = _link(POLITE)
    told: list[Told] = []
    link.told.connect(told.append)
    link.start()
    _wait_for(qtbot, link, "ready")
    assert [s.phase for s in states] == ["starting", "ready"]
    assert (link.state.keras, link.state.backend) == ("3.15.1", "tensorflow")
    link.ask(_ask(1))
    link.ask(_ask(2))
    qtbot.waitUntil(lambda: len(told) == 2, timeout=WAIT)
    first = told[0].answers[0]
    assert first is not None
    assert first.parameters == 5
    link.stop()
    assert link.state.phase == "off"


def test_a_question_before_it_is_ready_is_dropped(qtbot: QtBot) -> None:
    link, states = _link(POLITE)
    told: list[Told] = []
    link.told.connect(told.append)
    link.ask(_ask(1))
    link.start()
    link.ask(_ask(13))
    _wait_for(qtbot, link, "ready")
    link.ask(_ask(2))
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT)
    link.stop()
    assert [answer.request for answer in told] == [2]
    assert [state.phase for state in states][:2] == ["starting", "ready"]


def test_a_worker_that_dies_is_started_again_and_says_ready_again(qtbot: QtBot) -> None:
    link, states = _link(POLITE)
    ready: list[int] = []
    link.ready.connect(lambda: ready.append(link.pid))
    link.start()
    _wait_for(qtbot, link, "ready")
    link.ask(_ask(13))
    qtbot.waitUntil(lambda: len(ready) == 2, timeout=WAIT)
    assert [s.phase for s in states] == ["starting", "ready", "restarting", "ready"]
    assert ready[0] != ready[1]
    link.stop()


def test_a_worker_that_keeps_dying_is_given_up_with_its_last_words(qtbot: QtBot) -> None:
    link, _ = _link(DYING)
    link.start()
    _wait_for(qtbot, link, "failed")
    problem = link.state.problem
    assert problem is not None
    assert problem.code == "worker_keeps_dying"
    assert problem.values["times"] == QUICK_RESTARTS + 1
    assert "7" in problem.message
    assert "it hurts" in problem.detail
    assert link.pid == 0


def test_garbage_on_the_pipe_ends_the_worker(qtbot: QtBot) -> None:
    link, states = _link(GARBAGE)
    link.start()
    _wait_for(qtbot, link, "restarting")
    link.stop()
    assert [s.phase for s in states] == ["starting", "restarting", "off"]


def test_an_interpreter_that_is_not_there_is_named_with_the_way_out(qtbot: QtBot) -> None:
    link = WorkerLink(Command("/nowhere/python", ()))
    link.start()
    _wait_for(qtbot, link, "failed")
    problem = link.state.problem
    assert problem is not None
    assert problem.code == "worker_missing"
    assert "/nowhere/python" in problem.message
    assert "Settings" in problem.message


def test_an_interpreter_without_keras_is_not_started_again(qtbot: QtBot) -> None:
    link, states = _link(NO_KERAS)
    link.start()
    _wait_for(qtbot, link, "failed")
    assert [s.phase for s in states] == ["starting", "failed"]
    assert link.state.problem is not None
    assert link.state.problem.code == "worker_no_keras"
    assert "No module named 'keras'" in link.state.problem.message


def test_a_worker_of_another_version_is_refused(qtbot: QtBot) -> None:
    link, _ = _link(OLD)
    link.start()
    _wait_for(qtbot, link, "failed")
    assert link.state.problem is not None
    assert link.state.problem.code == "worker_other_version"


def test_a_question_that_fails_as_a_whole_is_told(qtbot: QtBot) -> None:
    link, _ = _link(POLITE)
    complaints: list[str] = []
    link.complained.connect(complaints.append)
    link.start()
    _wait_for(qtbot, link, "ready")
    link.ask(_ask(14))
    qtbot.waitUntil(lambda: complaints == ["no memory"], timeout=WAIT)
    link.stop()


def test_a_worker_that_will_not_end_is_killed_within_a_second(qtbot: QtBot) -> None:
    link, _ = _link(DEAF)
    link.start()
    _wait_for(qtbot, link, "ready")
    began = monotonic()
    link.stop()
    assert monotonic() - began < 1.2


def test_another_interpreter_takes_the_place_of_the_first(qtbot: QtBot) -> None:
    link, _ = _link(DYING)
    link.start()
    link.use(Command(sys.executable, ("-c", POLITE)))
    _wait_for(qtbot, link, "ready")
    assert link.state.keras == "3.15.1"
    link.stop()


def test_another_interpreter_finds_the_worker_without_our_packages(tmp_path: Path) -> None:
    other = tmp_path / "python"
    other.symlink_to(sys.executable)
    command = worker_command(str(other))
    assert command.program == str(other)
    assert command.arguments[0] == "-c"
    assert "designer.worker.serve" in command.arguments[1]
    assert worker_command("").arguments == ("-m", "designer.worker.serve")
    assert worker_command(sys.executable).arguments == ("-m", "designer.worker.serve")
