"""What may train, and what is told about the rest."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from designer.catalog.spec import Catalog
from designer.document import edits
from designer.document.problem import Problem
from designer.formats.examples import load_example
from designer.protocol import Ask, Finished
from designer.ui.monitor import RunMonitor
from designer.ui.session import Session
from designer.ui.trainings import Trainings
from tests.fake_worker import FakeWorker
from tests.ui.panels.run_folders import held, make_run, tell, two_epochs


class Bench:
    """Trainings of a session, and what they told. No trainer is started: there is no Python."""

    def __init__(self, session: Session, folder: Path, interpreter: str = "/nowhere") -> None:
        self.monitor = RunMonitor(folder, lambda: interpreter, session)
        self.trainings = Trainings(session, self.monitor, session)
        self.told: list[Problem] = []
        self.hindered = 0
        self.trainings.failed.connect(self.told.append)
        self.monitor.failed.connect(self.told.append)
        self.trainings.hindered.connect(self._count)

    def _count(self) -> None:
        self.hindered += 1


@pytest.fixture
def bench(session: Session, tmp_path: Path) -> Bench:
    return Bench(session, tmp_path)


def test_an_empty_design_does_not_train_and_the_problems_are_shown(bench: Bench) -> None:
    assert not bench.trainings.start()
    assert bench.hindered == 1
    assert [problem.code for problem in bench.told] == ["not_trainable"]


def test_one_error_is_told_itself(bench: Bench, session: Session) -> None:
    session.become(load_example("residual_add"))
    session.do("", lambda d: edits.set_param(d, "conv1", "filters", 5))
    assert not bench.trainings.start()
    assert bench.hindered == 1
    assert "Add needs equal shapes" in bench.told[0].message


def test_what_keras_has_not_checked_does_not_train(catalog: Catalog, tmp_path: Path) -> None:
    session = Session(catalog)  # nobody answers its questions
    session.become(load_example("residual_add"))
    bench = Bench(session, tmp_path)
    assert not bench.trainings.start()
    assert [problem.code for problem in bench.told] == ["not_checked_yet"]
    assert not list(tmp_path.iterdir())


def test_the_training_begins_when_keras_has_answered(catalog: Catalog, tmp_path: Path) -> None:
    session = Session(catalog)
    asked: list[Ask] = []
    session.asked.connect(asked.append)
    session.become(load_example("residual_add"))
    bench = Bench(session, tmp_path)
    bench.trainings.start()
    session.told(FakeWorker().answer(asked[-1]))
    # The interpreter of the bench does not exist: that it was looked for shows the start.
    assert [problem.code for problem in bench.told] == ["not_checked_yet", "interpreter_missing"]


def test_a_design_that_was_changed_meanwhile_does_not_begin_by_itself(
    catalog: Catalog, tmp_path: Path
) -> None:
    session = Session(catalog)
    asked: list[Ask] = []
    session.asked.connect(asked.append)
    session.become(load_example("residual_add"))
    bench = Bench(session, tmp_path)
    bench.trainings.start()
    session.do("", lambda d: edits.set_name(d, "other"))
    session.told(FakeWorker().answer(asked[-1]))
    assert session.report.complete
    assert [problem.code for problem in bench.told] == ["not_checked_yet"]


@pytest.mark.parametrize("closed", [False, True])
def test_a_design_that_waits_for_keras_begins_while_another_one_is_shown_unless_it_is_closed(
    catalog: Catalog, tmp_path: Path, closed: bool
) -> None:
    session = Session(catalog)
    asked: list[Ask] = []
    session.asked.connect(asked.append)
    session.open(load_example("residual_add"))
    first = session.current
    bench = Bench(session, tmp_path)
    bench.trainings.start()
    session.open(load_example("skip_autoencoder"))
    if closed:
        session.drop([first])
    session.told(FakeWorker().answer(asked[0]))
    # That there is no interpreter is known only when the training is to begin.
    begun = [] if closed else ["interpreter_missing"]
    assert [problem.code for problem in bench.told] == ["not_checked_yet", *begun]
    session.told(FakeWorker().answer(asked[1]))
    assert len(bench.told) == 1 + len(begun), "what is shown was not asked to train"


def test_data_that_has_gone_since_the_last_edit_is_told_before_a_run_is_made(
    session: Session, bench: Bench, tiny: Path, tmp_path: Path
) -> None:
    data = {"path": str(tiny)}
    session.become(load_example("residual_add"))
    session.do("", lambda d: edits.set_data(d, type(d.data)("npz", data)))
    tiny.unlink()
    assert not bench.trainings.start()
    assert "no_data_file" in {problem.code for problem in session.report.errors}


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "data.npz"
    path.write_bytes(b"")
    return path


def test_a_sound_design_is_given_to_the_interpreter(bench: Bench, session: Session) -> None:
    session.become(load_example("residual_add"))
    assert not bench.trainings.start()
    assert [problem.code for problem in bench.told] == ["interpreter_missing"]


def test_a_trained_model_is_copied_while_the_window_goes_on(
    qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    run = make_run(tmp_path)
    target = tmp_path / "mine.keras"
    bench.trainings.save_model(lambda _: target, run)
    assert [problem.code for problem in bench.told] == ["no_model"]
    run.model.write_bytes(b"weights")
    suggested: list[Path] = []
    bench.trainings.save_model(suggested.append, run)
    assert suggested == [Path(f"{run.read_spec().title}.keras")]
    with qtbot.waitSignal(bench.trainings.saved) as saved:
        bench.trainings.save_model(lambda _: target, run)
    assert saved.args == [target]
    assert target.read_bytes() == b"weights"
    bench.trainings.close()


def test_a_run_goes_on_when_nothing_trains_and_it_has_a_checkpoint(
    bench: Bench, tmp_path: Path
) -> None:
    assert not bench.trainings.go_on()
    run = make_run(tmp_path)
    tell(run, [*two_epochs(), Finished(1.0, "stopped", None)])
    assert not bench.trainings.go_on(run)
    run.checkpoint.write_bytes(b"arrays")
    assert not bench.trainings.go_on(run), "there is no Python"
    codes = [problem.code for problem in bench.told]
    assert codes == ["no_run", "no_checkpoint", "interpreter_missing"]
    live = make_run(tmp_path, "live")
    tell(live, two_epochs())
    with held(live):
        bench.monitor.follow(live)
        assert not bench.trainings.go_on(run)
    assert bench.told[-1].code == "already_training"
