"""What Linux tells of processes: how long they computed, how much memory they took."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")  # a second


def cpu_seconds(pids: list[int]) -> float:
    """The processor time that these processes have taken so far."""
    return sum(_ticks(pid) for pid in pids) / TICKS


def peak_megabytes(pid: int) -> int:
    """The most memory a process ever had."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


def children(pid: int) -> list[int]:
    """The processes that this one has started."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()]


def postgres_pids(folder: Path) -> list[int]:
    """The server whose data lies in the folder; its workers are its children."""
    pid_file = next(folder.rglob("postmaster.pid"), None)
    return [int(pid_file.read_text().split()[0])] if pid_file else []


def with_children(pids: list[int]) -> list[int]:
    """These and what they have started; workers of a data base come and go."""
    return [*pids, *(child for pid in pids for child in children(pid))]


def _ticks(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return 0
    fields = stat.rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
