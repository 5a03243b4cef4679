"""Telling whether a message came before: by its Message-ID, else by its bytes."""

import re
from hashlib import sha256

HEAD = 256 * 1024  # bytes in which the headers stand
HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
MESSAGE_ID = re.compile(
    rb"^message-id[ \t]*:(?:[ \t]|\r?\n[ \t])*(<[^<>\s]{1,900}>)", re.I | re.M
)


def arrival_key(data: bytes) -> str:
    """The same for a message that is handed over twice; found without a parser."""
    found = MESSAGE_ID.search(data[: _end_of_head(data)])
    if found is None:
        return f"bytes:{sha256(data).hexdigest()}"
    return f"id:{sha256(found[1]).hexdigest()}"


def body_digest(data: bytes) -> str:
    """The same for the same words: servers on the way write into the headers only."""
    return sha256(data[_end_of_head(data) :].strip()).hexdigest()


def _end_of_head(data: bytes) -> int:
    end = HEAD_ENDS.search(data, 0, HEAD)
    return end.start() if end else min(len(data), HEAD)
