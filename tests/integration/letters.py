"""Promises and mails for the tests of the outbox, and what the mailbox holds."""

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from emnnet.domain.mails import MailKind
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.contacts import Addressee, find_addressee
from emnnet.services.outbox import enqueue
from tests.builders import an_assignment
from tests.conftest import NOON

TO_OFFICE = {
    MailKind.CONTRIBUTION_RECEIVED,
    MailKind.CONTRIBUTION_DECLINED,
    MailKind.CHANGE_ASKED,
    MailKind.MORE_TIME_ASKED,
    MailKind.CLEARANCE_ASKED,
    MailKind.CLEARANCE_DECIDED,
}
OF_ACCOUNTS = {MailKind.DIGEST, MailKind.ACCOUNT_INVITATION, MailKind.PASSWORD}
ABOUT_NO_QUERY = OF_ACCOUNTS | {MailKind.AWAY_LINK}
CORRECTED = [
    {
        "label": "1",
        "before": "How many [permits] in 2024?",
        "after": "How many *visas* in 2024?",
        "stands": "answered",
    },
    {"label": "2", "before": "", "after": "Since when?", "stands": "open"},
]
AWAITED = [{"institution": "VSAT", "due_on": "2026-03-13"}]
DIGESTED = {
    "day": "2026-03-16",
    "queries": [
        {
            "reference": "2026.1",
            "title": "Family reunification",
            "news": [{"what": "submitted", "count": 2, "who": ["MD", "VSAT"]}],
            "late": AWAITED,
            "today": AWAITED,
            "week": AWAITED,
        }
    ],
    "tasks": [{"kind": "mail_failed", "institution": "VSAT", "reference": "2026.1"}],
    "open_tasks": 3,
    "intake_failed_on": "2026-03-15",
}
COORDINATOR = Addressee(0, "coordinator@example.org", "en")


def an_asked(session: Session, **given: Any) -> Assignment:
    """An assignment whose invitation left when it was asked."""
    asked_at = given.setdefault("asked_at", NOON)
    return an_assignment(session, **{"invited_at": asked_at, **given})


def a_promise(
    session: Session,
    kind: MailKind = MailKind.WITHDRAWN,
    assignment: Assignment | None = None,
    *,
    now: datetime = NOON,
    to: Addressee | None = None,
    key: str = "",
    **facts: Any,
) -> OutboxMessage:
    """A mail that waits."""
    assignment = assignment or an_asked(session)
    if to is None and kind in TO_OFFICE | OF_ACCOUNTS:
        to = COORDINATOR
    to = to or find_addressee(session, assignment.institution_id, now.date())
    assert to is not None
    message = enqueue(
        session,
        kind,
        to,
        key=key or f"{kind}:{assignment.id}",
        now=now,
        assignment=assignment,
        facts=facts,
    )
    assert message is not None
    session.commit()
    return message


def mailbox(folder: Path) -> list[EmailMessage]:
    """What has left in demo mode, in order."""
    files = sorted((folder / "mailbox").glob("*.eml"))
    return [
        message_from_bytes(file.read_bytes(), policy=policy.default) for file in files
    ]


def look_again(session: Session, row: object) -> None:
    """A test's session has a view of its own till it lets go of it."""
    session.rollback()
    session.refresh(row)
