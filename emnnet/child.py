"""Short-lived processes for work that may take too long or too much memory."""

import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_MEGABYTE = 1024 * 1024
_SAID = 2_000


class ChildFailed(Exception):
    """The process gave no result; the text says why, for the log."""


@dataclass(frozen=True)
class Limits:
    """What a process may use: seconds on the clock and of CPU, megabytes of memory."""

    seconds: int = 15
    megabytes: int = 1024


def run_child(
    script: Path,
    given: bytes,
    limits: Limits = Limits(),
    environment: dict[str, str] | None = None,
) -> bytes:
    """What `script`, run alone, writes for `given`; raises `ChildFailed`.

    The script sees no environment but `environment`, and none of our modules.
    """
    process = subprocess.Popen(  # noqa: S603 -- our own script
        [sys.executable, "-I", str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment or {},
    )
    with process:
        _limit(process.pid, limits)
        try:
            written, said = process.communicate(given, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            raise ChildFailed(f"{script.name}: over {limits.seconds} s") from None
    if process.returncode:
        reason = said.decode(errors="replace")[-_SAID:]
        raise ChildFailed(f"{script.name}: ended with {process.returncode}: {reason}")
    return written


def _limit(pid: int, limits: Limits) -> None:
    """Set limits from outside, so that the script need not know them."""
    size = limits.megabytes * _MEGABYTE
    resource.prlimit(pid, resource.RLIMIT_AS, (size, size))
    resource.prlimit(pid, resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
