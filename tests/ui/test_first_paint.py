"""What the window may load before it is painted: nothing that is heavy."""

import subprocess
import sys

HEAVY = ("keras", "tensorflow", "numpy", "pyqtgraph", "pydot", "PySide6.QtSvg")
LATER = ("designer.catalog", "designer.document", "designer.infer", "designer.codegen", "msgspec")
PROGRAM = """
import sys, tempfile, pathlib
from designer.ui.app import Program, make_application
from designer.ui.settings import Settings
app = make_application()
folder = pathlib.Path(tempfile.mkdtemp())
program = Program([], folder, Settings(folder / "s.ini"))
program.window.painted.connect(lambda: print(*sorted(sys.modules)))
program.window.painted.connect(app.quit)
program.window.show()
app.exec()
program.close()
"""


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True
    )
    loaded = ran.stdout.split()
    assert "designer.ui.window" in loaded
    for name in (*HEAVY, *LATER):
        assert not [m for m in loaded if m == name or m.startswith(f"{name}.")], name
