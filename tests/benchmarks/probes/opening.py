"""Opens a model in a window whose worker has answered nothing like it, and weighs both."""

import json
import sys
import time

from tests.benchmarks.probes.desk import Desk, resident
from tests.benchmarks.probes.gaps import Gaps


def measure(file: str) -> dict[str, float]:
    """Seconds until all shapes are painted, and until the last of them is known (places of nodes
    are found meanwhile), CPU seconds, the longest gap, MB of both processes."""
    desk = Desk()
    desk.warm()
    clock: dict[str, float] = {}
    desk.session.asked.connect(lambda _: clock.setdefault("asked", time.perf_counter()))
    desk.bench.link.told.connect(lambda _: clock.update(told=time.perf_counter()))
    gaps = Gaps()
    gaps.start()
    spent = time.process_time() + desk.spent()
    began = time.perf_counter()
    seconds = desk.open(file)
    cpu = time.process_time() + desk.spent() - spent
    desk.settle()
    told = {"seconds": seconds, "cpu": cpu, "gap": gaps.longest()}
    told |= {"known": clock["told"] - began, "shapes": clock["told"] - clock["asked"]}
    told |= {"window": resident(), "worker": resident(desk.worker())}
    desk.close()
    return told


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1])) + "\n")
