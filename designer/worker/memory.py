"""A limit to the memory that a question may take: a hostile one cannot starve the computer."""

import sys
from pathlib import Path

_ROOM = 4 << 30  # bytes above what the process has after its start


def bound() -> None:
    """Bounds the data of this process; beyond, allocations fail with MemoryError.

    Only Linux counts what must be counted here (anonymous mappings, since 4.7).
    """
    if sys.platform != "linux":
        return
    # The module does not exist on Windows.
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _data() + _ROOM
    limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _data() -> int:
    """Bytes of data and stack that the process has now."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    found = next(line for line in lines if line.startswith("VmData"))
    return int(found.split()[1]) * 1024
