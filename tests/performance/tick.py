"""One run of the reminder job, measured in a process of its own.

    python -m tests.performance.tick URL FOLDER

Prints how long it took, its statements, by how much the memory grew at its most, and
what it did, for two runs. A run three weeks earlier went before: as in a process that
lives for long, all is imported and the statements that read are compiled.
"""

import json
import resource
import sys
import time
from datetime import time as hour
from datetime import timedelta

from sqlalchemy import Engine, event

from emnnet.app import create_app
from emnnet.domain.moments import at_hour
from emnnet.jobs.reminders import queue_reminders
from tests.performance.data import SECRET
from tests.performance.million import TODAY


def measure(url: str, folder: str) -> None:
    """The first run promises what is due, the second finds nothing more to do."""
    settings = {"SECRET_KEY": SECRET, "DATABASE_URL": url}
    moment = [at_hour(TODAY - timedelta(weeks=3), hour(7))]
    app = create_app(settings, now=lambda: moment[0], instance=folder)
    queue_reminders(app)
    said = [0]

    def note(*_: object) -> None:
        said[0] += 1

    event.listen(Engine, "before_cursor_execute", note)
    for at in (hour(7), hour(8)):
        moment[0], usual = at_hour(TODAY, at), _peak()
        said[0], begun, worked = 0, time.perf_counter(), time.process_time()
        tick = queue_reminders(app)
        line = {
            "ms": round((time.perf_counter() - begun) * 1000, 1),
            "cpu": round((time.process_time() - worked) * 1000, 1),
            "statements": said[0],
            "megabytes": _peak() - usual,
            "reminders": tick.reminders,
            "mails": tick.mails,
        }
        sys.stdout.write(json.dumps(line) + "\n")


def _peak() -> int:
    """Megabytes, the most this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    measure(sys.argv[1], sys.argv[2])
