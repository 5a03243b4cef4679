"""A process that sends what the outbox holds until nothing is left.

    python -m tests.performance.sender GO

Settings come from the environment. It is ready when it says so, and begins when the
file GO is there: so that several begin together.
"""

import sys
import time
from pathlib import Path

from emnnet.app import create_app
from emnnet.jobs.outbox import deliver_outbox


def send(go: Path) -> None:
    """Send until two turns in a row find nothing."""
    app = create_app()
    deliver_outbox(app)  # nothing is there yet: what is imported late is imported now
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not go.exists():
        time.sleep(0.005)
    idle = 0
    while idle < 2:
        idle = 0 if deliver_outbox(app) else idle + 1


if __name__ == "__main__":
    send(Path(sys.argv[1]))
