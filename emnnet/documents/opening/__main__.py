"""The process that opens one document: its bytes on standard input, JSON out."""

import json
import resource
import sys
from typing import Any

from emnnet.documents.opening.limited import BROKEN, MEMORY, TOO_MUCH
from emnnet.documents.opening.opener import open_document
from emnnet.documents.opening.values import OpenedText, UnreadableDocument
from emnnet.domain.messages import Message

CPU_SECONDS = 7


def main() -> None:
    """Open what comes in; whatever goes wrong, answer in JSON."""
    _limit()
    answer = _answer(sys.stdin.buffer.read(), sys.argv[1] if len(sys.argv) > 1 else "")
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(data: bytes, filename: str) -> dict[str, Any]:
    try:
        return _shown(open_document(data, filename))
    except UnreadableDocument as error:
        return {"refused": _plain(Message(error.message, error.params))}
    except MemoryError:
        return {"refused": {"text": TOO_MUCH, "params": {}}}
    except Exception:  # a hostile document may raise anything
        return {"refused": {"text": BROKEN, "params": {}}}


def _shown(opened: OpenedText) -> dict[str, Any]:
    return {
        "text": opened.text,
        "kind": opened.kind,
        "attachment_names": opened.attachment_names,
        "warnings": [_plain(warning) for warning in opened.warnings],
    }


def _plain(message: Message) -> dict[str, Any]:
    return {"text": message.text, "params": dict(message.params)}


if __name__ == "__main__":
    main()
