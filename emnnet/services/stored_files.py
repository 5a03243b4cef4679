"""The rows for what lies in the file room."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.models.stored_file import StoredFile


def keep_file(
    session: Session, sha256: str, *, size: int, media_type: str, now: datetime
) -> StoredFile:
    """The row of a content that was stored; the same content has one row."""
    row = session.scalar(select(StoredFile).where(StoredFile.sha256 == sha256))
    if row is None:
        row = StoredFile(sha256=sha256, size=size, media_type=media_type, stored_at=now)
        session.add(row)
        session.flush()
    return row
