"""Keeping that a national response was handed out as a file, and which one."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from emnnet.domain.audience import Audience
from emnnet.domain.history import EventKind
from emnnet.domain.roles import Actor
from emnnet.models.query import Query
from emnnet.services.events import record


def record_export(
    session: Session,
    query: Query,
    content: bytes,
    kind: str,
    audience: Audience,
    *,
    by: Actor,
    now: datetime,
) -> None:
    """One line of history with the digest of the very file; `kind` is "docx", "pdf"."""
    facts = {
        "format": kind,
        "audience": audience.value,
        "sha256": sha256(content).hexdigest(),
        "size": len(content),
    }
    record(session, EventKind.EXPORTED, query, by=by, now=now, **facts)
