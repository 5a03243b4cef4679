"""One mail of each kind, written from rows that hold what no mail may tell."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.audience import Dissemination
from emnnet.domain.calendar import Calendar
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.mails import MailKind
from emnnet.domain.network import Duty
from emnnet.domain.reminders import ReminderKind
from emnnet.mail.writing import written
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from tests.builders import a_query, a_user, an_institution
from tests.conftest import NOON
from tests.integration.letters import (
    CORRECTED,
    DIGESTED,
    OF_ACCOUNTS,
    a_promise,
    an_asked,
)

CALENDAR = Calendar("LT", {}, frozenset({2026}))
EARLIER = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CANARY = "the-canary-sings-in-no-mail"
HANDED = {
    "why": "moved",
    "from_en": "Old body",
    "from_lt": "Sena įstaiga",
    "handed": [
        {
            "reference": "2026.1",
            "title": "Family reunification",
            "due": "2026-03-30",
            "hour": None,
        }
    ],
}
MOVED = {
    "moves": [
        {
            "reference": "2026.1",
            "title": "Family reunification",
            "old": "2026-03-30",
            "new": "2026-03-31",
            "hour": None,
        }
    ],
    "days": [
        {"day": "2026-03-20", "name_en": "A day", "name_lt": "Diena", "came": True}
    ],
}


def _asked(session: Session, **given) -> Assignment:
    """An answer that was submitted, returned, and holds what no mail may tell."""
    assignment = an_asked(session, query=a_query(session, questions=2), **given)
    for one in session.scalars(
        select(Contribution).where(Contribution.assignment_id == assignment.id)
    ):
        one.draft = CANARY
        one.latest_number = one.returned_number = 1
        one.returned_at, one.return_comment = EARLIER, "Please add the year 2025."
        one.due_on = date(2026, 3, 27)
        session.add(
            ContributionVersion(
                contribution=one,
                number=1,
                text=f"An answer. {CANARY}",
                dissemination=Dissemination.NO,
                submitted_at=EARLIER,
                submitted_by="focal.point@example.org",
                due_on=date(2026, 3, 27),
            )
        )
    session.commit()
    return assignment


def _facts(session: Session, kind: MailKind, assignment: Assignment) -> dict:
    ids = session.scalars(
        select(Contribution.id).where(Contribution.assignment_id == assignment.id)
    ).all()
    versions = session.scalars(
        select(ContributionVersion.id).where(
            ContributionVersion.contribution_id.in_(ids)
        )
    ).all()
    if kind in {MailKind.INVITATION, MailKind.REMINDER, MailKind.NO_LONGER_NEEDED}:
        return {}
    if kind in OF_ACCOUNTS:
        return {"user": a_user(session).id, "by": "Administrator"} | DIGESTED
    return {
        "contributions": list(ids),
        "questions": ["1", "2"],
        "versions": list(versions),
        "late": False,
        "reason": "Other bodies have answered.",
        "outcome": "approved",
        "by": "Approver",
        "accepted": [],
        "old": "2026-03-20",
        "wanted_on": "2026-04-07",
        "stopped_on": "2026-03-17",
        "working_days": 3,
        "corrected": CORRECTED,
        **MOVED,
        **HANDED,
    }


def full_promise(session: Session, kind: MailKind, language: str) -> OutboxMessage:
    """A mail that waits, with all that its kind may speak of."""
    institution = an_institution(session, language=language, duty=Duty.MANDATED)
    assignment = _asked(session, institution=institution)
    message = a_promise(session, kind, assignment, **_facts(session, kind, assignment))
    message.language = language
    if kind in {MailKind.CONTRIBUTION_DECLINED, MailKind.INVITATION}:
        _decline_or_open(session, kind)
    if kind in {MailKind.REMINDER, MailKind.ESCALATION_COPY}:
        _remind(session, message, assignment)
    session.commit()
    return message


def written_mail(
    app: Flask, session: Session, kind: MailKind, language: str
) -> tuple[EmailMessage, str]:
    """The mail as it leaves, and its text as it is kept."""
    message = full_promise(session, kind, language)
    with app.app_context():
        mail, kept = written(session, message, CALENDAR, now=NOON)
        return message_from_bytes(mail.as_bytes(), policy=policy.default), kept


def _decline_or_open(session: Session, kind: MailKind) -> None:
    for one in session.scalars(select(Contribution)):
        one.returned_at = one.return_comment = one.due_on = None
        if kind is MailKind.CONTRIBUTION_DECLINED:
            one.declined_at, one.declined_by = NOON, "Focal point"
            one.decline_reason = DeclineReason.NO_DATA
            one.decline_note = "Nothing is counted."


def _remind(session: Session, message: OutboxMessage, assignment: Assignment) -> None:
    for one in session.scalars(
        select(Contribution).where(Contribution.assignment_id == assignment.id)
    ):
        session.add(
            Reminder(
                assignment_id=assignment.id,
                contribution_id=one.id,
                clock_start=1,
                kind=ReminderKind.DAY_AFTER,
                due_on=date(2026, 3, 13),
                queued_at=NOON,
                message_id=message.id,
                why={},
            )
        )
    session.flush()
    message.facts = {"reminders": list(session.scalars(select(Reminder.id)))}
