"""Freezing a day of the organogram, and withdrawing what was frozen wrongly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.roles import Actor
from emnnet.models.edition import Edition, EditionFile, EditionFileKind
from emnnet.models.stored_file import StoredFile
from emnnet.services.events import record_office

STREAM = "editions"
NAMELESS = _n("Give the edition a name, such as “Organogram 2020”.")
TO_COME = _n("%(day)s is still to come. An edition freezes a day that has been.")
NOTHING = _n("No institution is recorded for %(day)s. Choose a later day.")
NO_REASON = _n("Say why the edition is withdrawn. The reason is shown with it.")
WITHDRAWN = _n("Edition %(number)s was withdrawn already.")


@dataclass(frozen=True)
class EditionDraft:
    """What an edition says of itself; `bodies` is how many institutions it shows."""

    name: str
    note: str
    as_of: date
    bodies: int


@dataclass(frozen=True)
class FrozenFile:
    """One file of an edition, stored already."""

    kind: EditionFileKind
    language: str
    file: StoredFile
    safe_name: str


def check_edition(draft: EditionDraft, today: date) -> None:
    """Raises `DomainError` if this cannot be frozen."""
    if not draft.name.strip():
        raise DomainError(NAMELESS)
    if draft.as_of > today:
        raise DomainError(TO_COME, day=draft.as_of)
    if not draft.bodies:
        raise DomainError(NOTHING, day=draft.as_of)


def make_edition(
    session: Session,
    draft: EditionDraft,
    files: Sequence[FrozenFile],
    *,
    by: Actor,
    now: datetime,
) -> Edition:
    """Freeze a day under the next number. Raises `DomainError` as `check_edition`."""
    check_edition(draft, office_day(now))
    facts = next(f.file for f in files if f.kind is EditionFileKind.FACTS)
    last = session.scalar(select(func.max(Edition.number))) or 0
    edition = Edition(
        number=last + 1,
        name=draft.name.strip(),
        note=draft.note.strip(),
        as_of=draft.as_of,
        bodies=draft.bodies,
        digest=facts.sha256,
        made_at=now,
        made_by=by.name,
        files=[
            EditionFile(
                kind=file.kind.value,
                language=file.language,
                stored_file_id=file.file.id,
                safe_name=file.safe_name,
            )
            for file in files
        ],
    )
    session.add(edition)
    _record(session, EventKind.EDITION_MADE, edition, by=by, now=now)
    return edition


def withdraw_edition(
    session: Session, edition: Edition, reason: str, *, by: Actor, now: datetime
) -> None:
    """Say that an edition is not to be used; it keeps its number and its files.

    Raises `DomainError` without a reason, or when it was withdrawn before.
    """
    if not reason.strip():
        raise DomainError(NO_REASON)
    if edition.withdrawn_at is not None:
        raise DomainError(WITHDRAWN, number=edition.number)
    edition.withdrawn_at, edition.withdrawn_by = now, by.name
    edition.withdrawn_because = reason.strip()
    _record(session, EventKind.EDITION_WITHDRAWN, edition, by=by, now=now)


def _record(
    session: Session, kind: EventKind, edition: Edition, *, by: Actor, now: datetime
) -> None:
    session.flush()
    record_office(
        session,
        STREAM,
        kind,
        by=by,
        now=now,
        edition=edition.number,
        as_of=edition.as_of.isoformat(),
        sha256=edition.digest,
    )
