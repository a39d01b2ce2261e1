"""Errors in plain words."""

import errno
import sys
from pathlib import Path

import pytest

from designer.worker.failure import explain
from designer.worker.train import load_script


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "smaller batch size"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full."),
        (FileNotFoundError(errno.ENOENT, "no", "data.npz"), "data.npz is missing"),
        (PermissionError(errno.EACCES, "no", "data.npz"), "data.npz may not be used"),
        (ModuleNotFoundError("no", name="keras.layers"), "has no keras"),
        (ModuleNotFoundError("no", name="pandas"), "has no module pandas"),
        (SystemExit(4), "exit status 4"),
        (KeyboardInterrupt(), "interrupted"),
        (ValueError("first\nlast line"), "last line"),
    ],
)
def test_errors_are_put_into_words_that_name_the_next_step(
    error: BaseException, words: str
) -> None:
    assert words in explain(error, "script.py", "/opt/python")


def test_the_script_s_own_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text("def main():\n    x = {}\n    return x['key']\n")
    path = list(sys.path)
    try:
        module, code = load_script(tmp_path)
        exec(code, module.__dict__)
        with pytest.raises(KeyError) as caught:
            module.main()
    finally:
        sys.path[:] = path
        del sys.modules["script"]
    message = explain(caught.value, "script.py", "python")
    assert message == "KeyError: 'key' (script.py, line 3)"
