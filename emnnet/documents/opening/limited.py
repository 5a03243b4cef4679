"""Open a document in a process of its own, with limits on time and memory."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from emnnet.documents.opening.kinds import EMPTY
from emnnet.documents.opening.values import (
    LARGEST,
    MEGABYTE,
    Kind,
    OpenedText,
    UnreadableDocument,
)
from emnnet.domain.messages import Message, _n

SECONDS = 6.5  # for the whole child; with the reading of the text, 10 were promised
MEMORY = 500 * MEGABYTE
ROOT = Path(__file__).resolve().parents[3]

TOO_LARGE = _n(
    "The document has %(size)d MB; up to %(most)d MB are taken. Paste its text instead."
)
TOO_SLOW = _n(
    "Reading this document takes too long. Send a shorter one, or paste its text."
)
TOO_MUCH = _n(
    "Reading this document needs too much memory. Send a shorter one, or paste its "
    "text."
)
BROKEN = _n("This document could not be read. Paste its text instead.")


def open_limited(data: bytes, filename: str) -> OpenedText:
    """The text of a document from outside, within 10 seconds and 500 MB.

    Raises `UnreadableDocument` with a message for the user.
    """
    return _opened(answer_of("emnnet.documents.opening", data, filename))


def answer_of(module: str, data: bytes, filename: str) -> Mapping[str, Any]:
    """What one of our modules, run alone and within limits, answers for a document.

    Raises `UnreadableDocument` with a message for the user.
    """
    if not data:
        raise UnreadableDocument(EMPTY)
    if len(data) > LARGEST:
        size = -(-len(data) // MEGABYTE)
        raise UnreadableDocument(TOO_LARGE, size=size, most=LARGEST // MEGABYTE)
    done = _run(module, data, filename)
    if done.returncode in {-signal.SIGXCPU, -signal.SIGALRM}:
        raise UnreadableDocument(TOO_SLOW)
    if done.returncode < 0:
        raise UnreadableDocument(TOO_MUCH)
    try:
        answer: Mapping[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise UnreadableDocument(BROKEN) from None
    refused = answer.get("refused")
    if refused:
        raise UnreadableDocument(refused["text"], **refused["params"])
    return answer


def _run(module: str, data: bytes, filename: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-P", "-m", module, filename[-200:]]
    try:
        return subprocess.run(  # noqa: S603 -- our own module; the name is only data
            command,
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd="/",
            env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        )
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(TOO_SLOW) from None


def _opened(answer: Mapping[str, Any]) -> OpenedText:
    return OpenedText(
        text=answer["text"],
        kind=Kind(answer["kind"]),
        attachment_names=tuple(answer["attachment_names"]),
        warnings=tuple(
            Message(one["text"], one["params"]) for one in answer["warnings"]
        ),
    )
