"""An event loop with nothing to do, beside one that is measured: what its gaps are, the computer's
load does. Prints the longest gap in seconds for each line that it reads, and begins anew.
"""

import sys
from threading import Thread

from PySide6.QtCore import QCoreApplication, QObject, Signal

from tests.benchmarks.probes.gaps import Gaps


class _Lines(QObject):
    """Lines of the standard input, read in a thread of its own."""

    came = Signal()
    ended = Signal()

    def read(self) -> None:
        """Until there are no more."""
        for _ in sys.stdin:
            self.came.emit()
        self.ended.emit()


def main() -> None:
    """Watches until the standard input ends."""
    app = QCoreApplication([])
    gaps, lines = Gaps(), _Lines()

    def tell() -> None:
        sys.stdout.write(f"{gaps.longest()}\n")
        sys.stdout.flush()
        gaps.start()

    lines.came.connect(tell)
    lines.ended.connect(app.quit)
    Thread(target=lines.read, daemon=True).start()
    gaps.start()
    app.exec()


if __name__ == "__main__":
    main()
