"""One run of the reminder job, measured in a process of its own.

    python -m tests.performance.tick URL FOLDER

Prints how long it took, its statements, its memory, and what it did, for two runs.
"""

import json
import resource
import sys
import time
from datetime import datetime
from datetime import time as hour

from sqlalchemy import Engine, event

from emnnet.app import create_app
from emnnet.domain.moments import at_hour
from emnnet.jobs.reminders import queue_reminders
from tests.performance.data import SECRET
from tests.performance.million import TODAY


def measure(url: str, folder: str) -> None:
    """The first run promises what is due, the second finds nothing more to do."""
    settings = {"SECRET_KEY": SECRET, "DATABASE_URL": url}
    app = create_app(settings, now=_seven, instance=folder)
    said = [0]

    def note(*_: object) -> None:
        said[0] += 1

    event.listen(Engine, "before_cursor_execute", note)
    for _ in range(2):
        said[0], begun = 0, time.perf_counter()
        tick = queue_reminders(app)
        line = {
            "seconds": time.perf_counter() - begun,
            "statements": said[0],
            "megabytes": _peak(),
            "reminders": tick.reminders,
            "mails": tick.mails,
        }
        sys.stdout.write(json.dumps(line) + "\n")


def _seven() -> datetime:
    return at_hour(TODAY, hour(7))


def _peak() -> int:
    """Megabytes, the most this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    measure(sys.argv[1], sys.argv[2])
