"""Reading arrived mail for the office: what waits for it, and one message whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload

from emnnet.domain.arriving.kinds import SETTLED, ArrivedKind, ArrivedState
from emnnet.models.arrived_mail import ArrivedCopy, ArrivedFile, ArrivedMail
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.mailed_draft import MailedDraft
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.task import Task, TaskKind

PER_PAGE = 50
MOST_CHOICES = 1000
UNSEEN = and_(ArrivedMail.taken_at.is_(None), ArrivedMail.filed_at.is_(None))
CONDITIONS: dict[ArrivedState, ColumnElement[bool]] = {
    ArrivedState.TO_SEE: and_(UNSEEN, ArrivedMail.kind.not_in(list(SETTLED))),
    ArrivedState.TAKEN: and_(
        ArrivedMail.taken_at.is_not(None), ArrivedMail.filed_at.is_(None)
    ),
    ArrivedState.AUTOMATIC: and_(UNSEEN, ArrivedMail.kind == ArrivedKind.AUTOMATIC),
    ArrivedState.BOUNCED: and_(
        UNSEEN, ArrivedMail.kind.in_([ArrivedKind.BOUNCE, ArrivedKind.DELAYED])
    ),
    ArrivedState.FILED: ArrivedMail.filed_at.is_not(None),
}
LONG = (ArrivedMail.text, ArrivedMail.quoted, ArrivedMail.signature, ArrivedMail.html)


@dataclass(frozen=True)
class ArrivedLine:
    """A message of the list, with how many answers of it wait for somebody."""

    mail: ArrivedMail
    opening: str  # the first letters of its text
    files: int
    waiting: int


@dataclass(frozen=True)
class Place:
    """A question of the assignment, with what the mail says to it, if anything."""

    contribution: Contribution
    draft: MailedDraft | None


def state_of(mail: ArrivedMail) -> ArrivedState:
    """Where a message stands; the same as `CONDITIONS` say."""
    if mail.filed_at is not None:
        return ArrivedState.FILED
    if mail.taken_at is not None:
        return ArrivedState.TAKEN
    return SETTLED.get(mail.kind, ArrivedState.TO_SEE)


def arrived_counts(session: Session) -> dict[ArrivedState, int]:
    """How many messages stand where. One statement."""
    columns = [func.count().filter(condition) for condition in CONDITIONS.values()]
    row = session.execute(select(*columns).select_from(ArrivedMail)).one()
    return dict(zip(CONDITIONS, row, strict=True))


def arrived_lines(
    session: Session, state: ArrivedState, page: int = 1
) -> list[ArrivedLine]:
    """A page of the messages in one state, the newest first. One statement."""
    files = select(func.count()).where(ArrivedFile.arrived_mail_id == ArrivedMail.id)
    waiting = select(func.count()).where(
        MailedDraft.arrived_mail_id == ArrivedMail.id, MailedDraft.decided_at.is_(None)
    )
    wanted = (
        select(
            ArrivedMail,
            func.substr(ArrivedMail.text, 1, 300),
            files.scalar_subquery(),
            waiting.scalar_subquery(),
        )
        .where(CONDITIONS[state])
        .order_by(ArrivedMail.arrived_at.desc(), ArrivedMail.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
        .options(
            *(defer(column) for column in LONG),
            joinedload(ArrivedMail.institution),
            joinedload(ArrivedMail.query),
        )
    )
    return [ArrivedLine(*row) for row in session.execute(wanted)]


def find_arrived(session: Session, mail_id: int) -> ArrivedMail | None:
    """One message with its files, and whom and what it is about. One statement."""
    wanted = (
        select(ArrivedMail)
        .where(ArrivedMail.id == mail_id)
        .options(
            joinedload(ArrivedMail.institution),
            joinedload(ArrivedMail.query),
            joinedload(ArrivedMail.contact),
            joinedload(ArrivedMail.answered),
            joinedload(ArrivedMail.stored_file),
            joinedload(ArrivedMail.intake),
            joinedload(ArrivedMail.files).joinedload(ArrivedFile.stored_file),
            joinedload(ArrivedMail.copies).joinedload(ArrivedCopy.stored_file),
        )
    )
    return session.scalars(wanted).unique().first()


def places_of(session: Session, mail: ArrivedMail) -> list[Place]:
    """The questions that a message was put beside, in their order. One statement."""
    if mail.assignment_id is None:
        return []
    rows = session.execute(
        select(Contribution, MailedDraft)
        .join(Contribution.question)
        .join(Contribution.assignment)
        .join(Assignment.query)
        .join(Assignment.institution)
        .join(
            MailedDraft,
            and_(
                MailedDraft.contribution_id == Contribution.id,
                MailedDraft.arrived_mail_id == mail.id,
            ),
            isouter=True,
        )
        .where(Contribution.assignment_id == mail.assignment_id)
        .options(
            contains_eager(Contribution.question),
            contains_eager(Contribution.assignment).options(
                contains_eager(Assignment.query),
                contains_eager(Assignment.institution),
            ),
        )
        .order_by(Question.position)
    )
    return [Place(contribution, draft) for contribution, draft in rows]


def find_draft(session: Session, draft_id: int) -> MailedDraft | None:
    """An answer found in a mail, with the mail and its question, or none."""
    return session.scalar(
        select(MailedDraft)
        .where(MailedDraft.id == draft_id)
        .options(joinedload(MailedDraft.mail), joinedload(MailedDraft.contribution))
    )


def assignable(session: Session, mail: ArrivedMail) -> Sequence[Assignment]:
    """The assignments a message may answer: the likeliest first. One statement.

    Those of queries that have ended are among them only where the message names one.
    """
    running = and_(Query.closed_at.is_(None), Query.withdrawn_at.is_(None))
    wanted = (
        select(Assignment)
        .join(Assignment.query)
        .join(Assignment.institution)
        .where(
            Query.deleted_at.is_(None), or_(running, Query.id == (mail.query_id or 0))
        )
        .order_by(
            (Assignment.query_id == (mail.query_id or 0)).desc(),
            (Assignment.institution_id == (mail.institution_id or 0)).desc(),
            Query.year.desc(),
            Query.number.desc(),
            Institution.name_en,
        )
        .limit(MOST_CHOICES)
        .options(
            contains_eager(Assignment.query), contains_eager(Assignment.institution)
        )
    )
    return session.scalars(wanted).all()


def intake_failing_since(session: Session) -> datetime | None:
    """Since when the mailbox cannot be read (B27); none if it can."""
    return session.scalar(
        select(func.min(Task.made_at)).where(
            Task.kind == TaskKind.INTAKE_FAILED, Task.done_at.is_(None)
        )
    )
