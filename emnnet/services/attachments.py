"""Files that institutions give with an answer."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Audience
from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import ContributionAction, allow
from emnnet.domain.messages import _n
from emnnet.domain.roles import Actor
from emnnet.models.attachment import Attachment
from emnnet.models.contribution import Contribution
from emnnet.models.stored_file import StoredFile
from emnnet.selectors.contributions import facts_of
from emnnet.services.contribution_events import record_for
from emnnet.services.drafts import locked

MOST_FILES = 20  # with one answer
LONGEST_NAME = 300
TOO_MANY = _n("There are %(most)d files already. Remove one, or join some into one.")


def attach(
    session: Session,
    contribution: Contribution,
    file: StoredFile,
    *,
    original_name: str,
    safe_name: str,
    by: Actor,
    now: datetime,
) -> Attachment:
    """Add a file to an answer that is still being written; the office may read it."""
    contribution = locked(session, contribution)
    allow(
        ContributionAction.ATTACH,
        facts_of(contribution, contribution.assignment.query),
    )
    if _count(session, contribution) >= MOST_FILES:
        raise DomainError(TOO_MANY, most=MOST_FILES)
    attachment = Attachment(
        contribution=contribution,
        stored_file=file,
        original_name=original_name[:LONGEST_NAME],
        safe_name=safe_name,
        audience=Audience.INSTITUTION,
        attached_at=now,
        attached_by=by.name,
    )
    session.add(attachment)
    session.flush()
    _record(session, EventKind.ATTACHED, attachment, by=by, now=now)
    return attachment


def remove(
    session: Session, attachment: Attachment, *, by: Actor, now: datetime
) -> None:
    """Take a file back before the answer is sent. Done twice, it is done once."""
    contribution = locked(session, attachment.contribution)
    allow(
        ContributionAction.ATTACH,
        facts_of(contribution, contribution.assignment.query),
    )
    if attachment.removed_at is None:
        attachment.removed_at = now
        _record(session, EventKind.ATTACHMENT_REMOVED, attachment, by=by, now=now)


def taken_names(session: Session, contribution: Contribution) -> set[str]:
    """The names under which files of this answer are handed out."""
    return set(
        session.scalars(
            select(Attachment.safe_name).where(
                Attachment.contribution_id == contribution.id,
                Attachment.removed_at.is_(None),
            )
        )
    )


def _count(session: Session, contribution: Contribution) -> int:
    counted = select(func.count()).where(
        Attachment.contribution_id == contribution.id,
        Attachment.removed_at.is_(None),
    )
    return session.scalar(counted) or 0


def _record(
    session: Session,
    kind: EventKind,
    attachment: Attachment,
    *,
    by: Actor,
    now: datetime,
) -> None:
    record_for(
        session,
        kind,
        attachment.contribution,
        by=by,
        now=now,
        attachment=attachment.id,
        sha256=attachment.stored_file.sha256,
        size=attachment.stored_file.size,
    )
