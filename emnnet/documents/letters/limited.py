"""Take a message apart in a process of its own, with limits on time and memory."""

import json
import subprocess
import sys
from pathlib import Path

from emnnet.documents.letters.plain import from_plain
from emnnet.documents.letters.reader import (
    BROKEN,
    LARGEST,
    read_head,
    read_letter,
    with_problem,
)
from emnnet.domain.arriving.letters import ArrivedLetter

SECONDS = 30.0
ROOT = Path(__file__).resolve().parents[3]


def read_limited(data: bytes) -> ArrivedLetter:
    """All that can be read of a message, within 30 seconds and 700 MB.

    Never raises: what breaks the reading process is told in `problems`.
    """
    if len(data) > LARGEST:
        return read_letter(data)  # looks at the headers only
    try:
        done = _run(data)
        return from_plain(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, OSError, ValueError, KeyError, TypeError):
        return with_problem(read_head(data), BROKEN)


def _run(data: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "emnnet.documents.letters"],
        input=data,
        capture_output=True,
        timeout=SECONDS,
        check=False,
        cwd="/",
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
    )
