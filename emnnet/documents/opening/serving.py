"""The inside of a process that reads one document: bytes in, JSON out."""

import json
import resource
import sys
from collections.abc import Callable
from typing import Any

from emnnet.documents.opening.limited import BROKEN, MEMORY, TOO_MUCH
from emnnet.documents.opening.values import UnreadableDocument
from emnnet.domain.messages import Message

CPU_SECONDS = 7
Reading = Callable[[bytes, str], dict[str, Any]]


def serve(reading: Reading) -> None:
    """Read what comes in, within limits; whatever goes wrong, answer in JSON."""
    _limit()
    filename = sys.argv[1] if len(sys.argv) > 1 else ""
    answer = _answer(reading, sys.stdin.buffer.read(), filename)
    sys.stdout.buffer.write(json.dumps(answer).encode())


def plain(message: Message) -> dict[str, Any]:
    """A message as JSON."""
    return {"text": message.text, "params": dict(message.params)}


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(reading: Reading, data: bytes, filename: str) -> dict[str, Any]:
    try:
        return reading(data, filename)
    except UnreadableDocument as error:
        return {"refused": plain(Message(error.message, error.params))}
    except MemoryError:
        return {"refused": {"text": TOO_MUCH, "params": {}}}
    except Exception:  # a hostile document may raise anything
        return {"refused": {"text": BROKEN, "params": {}}}
