"""A write is whole or has not happened."""

import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from designer.document.files import copy_atomic, read_limited, write_atomic
from designer.document.problem import ProblemError


def test_a_written_file_holds_the_bytes_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "a.skipwire"
    write_atomic(target, b"one")
    write_atomic(target, b"two")
    assert target.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [target]


def test_permissions_of_a_file_that_is_replaced_stay(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"x")
    target.chmod(0o640)
    write_atomic(target, b"y")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "a", tmp_path / "b"
    target.write_bytes(b"x")
    link.symlink_to(target)
    write_atomic(link, b"y")
    assert link.is_symlink()
    assert target.read_bytes() == b"y"


@pytest.mark.parametrize("name", ["missing/a", "file/a", "x" * 300])
def test_a_place_that_cannot_be_written_is_a_problem_with_a_way_out(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ProblemError) as error:
        write_atomic(tmp_path / name, b"y")
    assert error.value.problem.code == "cannot_write"
    assert "choose" in str(error.value)


def in_a_process(code: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_write_that_runs_out_of_room_leaves_the_old_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.skipwire"
    target.write_bytes(b"old")
    code = """
        import resource, signal, sys
        from pathlib import Path
        from designer.document.files import write_atomic
        from designer.document.problem import ProblemError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            write_atomic(Path(sys.argv[1]), b"x" * 5000)
        except ProblemError as error:
            print(error.problem.code, error)
    """
    done = in_a_process(code, target)
    assert "cannot_write" in done.stdout, done.stderr
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_write_that_is_killed_leaves_the_old_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.skipwire"
    target.write_bytes(b"old")
    code = """
        import os, signal, sys
        from pathlib import Path
        from designer.document.files import write_atomic
        # The bytes are on their way when the process dies: fsync is where it waits for the disk.
        os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
        write_atomic(Path(sys.argv[1]), b"new" * 1000)
    """
    assert in_a_process(code, target).returncode == -9
    assert target.read_bytes() == b"old"


def test_reading_stops_at_the_limit(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"12345")
    assert read_limited(target, 5) == b"12345"
    with pytest.raises(ProblemError) as error:
        read_limited(target, 4)
    assert error.value.problem.code == "too_large"


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(ProblemError) as error:
            read_limited(path, 10)
        assert error.value.problem.code == "cannot_read"


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ProblemError, match="pipe or a device: choose a file"):
        read_limited(tmp_path / "pipe", 10)


def test_a_name_as_long_as_the_disk_allows_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / ("網" * 81 + ".skipwire")  # 252 bytes of 255
    write_atomic(target, b"x")
    assert list(tmp_path.iterdir()) == [target]


def test_a_copy_is_the_same_and_replaces_what_was_there(tmp_path: Path) -> None:
    source, target = tmp_path / "model.keras", tmp_path / "copy.keras"
    source.write_bytes(os.urandom(3_000_001))
    target.write_bytes(b"old")
    copy_atomic(source, target)
    assert target.read_bytes() == source.read_bytes()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_copy_that_fails_says_which_end_it_was(tmp_path: Path) -> None:
    source, target = tmp_path / "model.keras", tmp_path / "missing" / "copy.keras"
    with pytest.raises(ProblemError, match="no such file") as error:
        copy_atomic(source, target)
    assert error.value.problem.code == "cannot_read"
    source.write_bytes(b"x")
    with pytest.raises(ProblemError, match="folder does not exist") as error:
        copy_atomic(source, target)
    assert error.value.problem.code == "cannot_write"
