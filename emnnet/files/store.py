"""The file room: a local folder in which each content lies once, under its SHA-256."""

import os
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile


class FileMissing(LookupError):
    """The file room does not hold this content."""


def store(folder: Path, data: bytes) -> str:
    """Keep the bytes; returns their SHA-256. Kept twice, they lie there once.

    A name is never taken from outside. A reader sees the whole file or none.
    """
    digest = sha256(data).hexdigest()
    target = _place(folder, digest)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, delete=False) as draft:
            draft.write(data)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).replace(target)
    return digest


def read(folder: Path, digest: str) -> bytes:
    """The bytes with this SHA-256. Raises `FileMissing`."""
    try:
        return _place(folder, digest).read_bytes()
    except FileNotFoundError:
        raise FileMissing(digest) from None


def _place(folder: Path, digest: str) -> Path:
    """ab/abcdef…: no folder grows too long."""
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return folder / digest[:2] / digest
