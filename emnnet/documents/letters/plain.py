"""Letters as plain JSON, to be handed from the reading process to ours."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from emnnet.domain.arriving.letters import (
    ArrivedLetter,
    AttachedFile,
    FailedRecipient,
    Report,
)
from emnnet.domain.messages import Message

AS_TUPLES = ("sent_to", "threads", "authentication")


def as_plain(letter: ArrivedLetter) -> dict[str, Any]:
    """Everything of a letter; its files in base64."""
    return {
        **vars(letter),
        "sent_at": letter.sent_at.isoformat() if letter.sent_at else None,
        "files": [
            [file.name, file.media_type, b64encode(file.data).decode()]
            for file in letter.files
        ],
        "report": asdict(letter.report) if letter.report else None,
        "problems": [[one.text, dict(one.params)] for one in letter.problems],
    }


def from_plain(kept: Mapping[str, Any]) -> ArrivedLetter:
    """The letter out of what `as_plain` made of it."""
    given: dict[str, Any] = dict(kept)
    given |= {name: tuple(kept[name]) for name in AS_TUPLES}
    moment = kept["sent_at"]
    given["sent_at"] = datetime.fromisoformat(moment) if moment else None
    given["files"] = tuple(
        AttachedFile(name, kind, b64decode(data)) for name, kind, data in kept["files"]
    )
    given["report"] = _report(kept["report"]) if kept["report"] else None
    given["problems"] = tuple(Message(*one) for one in kept["problems"])
    return ArrivedLetter(**given)


def _report(kept: Mapping[str, Any]) -> Report:
    recipients = tuple(FailedRecipient(**one) for one in kept["recipients"])
    return Report(recipients, tuple(kept["returned_ids"]))
