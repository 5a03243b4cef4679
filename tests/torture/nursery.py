"""Where scheduler processes come from: with all modules loaded a start is quick.

    python -m tests.torture.nursery

Reads lines: `start LOG` forks a process that runs `emnnet scheduler` and tells its
number; `wait PID` tells how it ended. A kill -9 of such a process is like any other.
To the mail server each says its number, so that the count knows who brought a mail.
"""

import os
import signal
import sys
from pathlib import Path

from emnnet import app as _app  # noqa: F401 -- loaded before the first fork
from emnnet.__main__ import main
from emnnet.cli import scheduler as _scheduler  # noqa: F401 -- the same
from emnnet.mail import transport


def serve() -> None:
    """Do as told until nobody tells anything any more; then nothing stays behind."""
    os.setpgid(0, 0)
    for line in sys.stdin:
        word, _, about = line.strip().partition(" ")
        if word == "start":
            answer = _started(Path(about))
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(int(about), 0)[1])
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    os.killpg(0, signal.SIGKILL)


def _started(path: Path) -> int:
    pid = os.fork()
    if pid:
        return pid
    with path.open("wb") as log:
        for stream in (1, 2):
            os.dup2(log.fileno(), stream)
    os.close(0)
    setattr(transport, "_own_name", lambda: f"{os.getpid()}.example.org")  # noqa: B010
    sys.argv = ["emnnet", "scheduler"]
    main()
    os._exit(0)


if __name__ == "__main__":
    serve()
