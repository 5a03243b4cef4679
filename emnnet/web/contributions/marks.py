"""Marks: short digests that tell whether a form still says what it was opened with."""

from hashlib import sha256

from emnnet.domain.contributing import Draft

LENGTH = 16


def mark_of(draft: Draft) -> str:
    """The same for the same text, dissemination and day."""
    day = draft.as_of.isoformat() if draft.as_of else ""
    said = "\0".join((draft.text, draft.dissemination or "", day))
    return sha256(said.encode()).hexdigest()[:LENGTH]
