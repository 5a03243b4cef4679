"""Withdrawing and deleting a query: who is told, what is dropped, what stays."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.mails import MailKind
from emnnet.domain.query_lifecycle import QueryAction, QueryStatus, allow_query
from emnnet.domain.reminders import ReminderKind
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.event import Event
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.selectors.contacts import find_addressee
from emnnet.selectors.query_facts import get_query_facts, status_of
from emnnet.services.outbox import enqueue
from emnnet.services.query_changes import change_query
from emnnet.services.query_endings import delete_query, restore_query, withdraw_query
from tests.builders import COORDINATOR, a_query, an_assignment
from tests.conftest import NOON
from tests.integration.test_query_changes import as_draft

LATER = datetime(2026, 3, 18, 8, 0, tzinfo=UTC)
WHO = {"by": COORDINATOR, "now": LATER}


def promise(session: Session, assignment, kind: MailKind) -> OutboxMessage:
    """A mail that waits in the outbox."""
    to = find_addressee(session, assignment.institution_id, NOON.date())
    key = f"{kind}:{assignment.id}"
    message = enqueue(session, kind, to, key=key, now=NOON, assignment=assignment)
    assert message is not None
    return message


def submit(session: Session, contribution: Contribution) -> None:
    """An answer came."""
    contribution.latest_number = 1
    session.add(
        ContributionVersion(
            contribution_id=contribution.id,
            number=1,
            text="There is no quota.",
            dissemination="no",
            submitted_at=NOON,
            submitted_by="Focal point",
            due_on=date(2026, 3, 31),
        )
    )


def nine_asked(session: Session) -> Query:
    """Nine institutions have the query, two have answered, one is to be reminded."""
    query = a_query(session)
    assignments = [
        an_assignment(
            session,
            query=query,
            role=CellRole.CONTRIBUTES if number else CellRole.LEAD,
            invited_at=NOON,
        )
        for number in range(9)
    ]
    for assignment in assignments[:2]:
        submit(session, assignment.contributions[0])
    reminded = assignments[5]
    message = promise(session, reminded, MailKind.REMINDER)
    session.add(
        Reminder(
            assignment_id=reminded.id,
            clock_start=1,
            kind=next(iter(ReminderKind)),
            due_on=reminded.due_on,
            queued_at=NOON,
            message_id=message.id,
            why={},
        )
    )
    session.commit()
    return query


def test_g01_a_withdrawn_query_tells_each_institution_once(session: Session):
    query = nine_asked(session)

    withdraw_query(session, query, "Asked by mistake.", **WHO)
    session.commit()

    notices = session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == MailKind.WITHDRAWN)
    ).all()
    assert len({notice.institution_id for notice in notices}) == len(notices) == 9
    reminder = session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == MailKind.REMINDER)
    ).one()
    assert reminder.expired_at == LATER
    assert session.scalars(select(Reminder.expired_at)).one() == LATER
    assert session.scalar(select(func.count(ContributionVersion.id))) == 2
    assert status_of(session, query) is QueryStatus.WITHDRAWN
    with pytest.raises(IllegalAction):
        allow_query(QueryAction.PUBLISH, get_query_facts(session, query))


def test_g01_who_never_got_the_invitation_gets_no_notice(session: Session):
    query = a_query(session)
    an_assignment(session, query=query, invited_at=NOON)
    waiting = an_assignment(session, query=query, role=CellRole.CONTRIBUTES)
    invitation = promise(session, waiting, MailKind.INVITATION)

    told = withdraw_query(session, query, "Asked by mistake.", **WHO)

    assert told == 1
    assert invitation.expiry_reason == "the query was withdrawn"


def test_g02_after_the_withdrawal_the_state_stays(session: Session):
    query = nine_asked(session)
    withdraw_query(session, query, "Asked by mistake.", **WHO)
    session.commit()

    with pytest.raises(IllegalAction):
        withdraw_query(session, query, "Again.", **WHO)
    with pytest.raises(IllegalAction):
        change_query(session, query, as_draft(query), version=query.version, **WHO)
    session.rollback()
    submit(session, query_contribution(session, query))
    session.commit()

    assert status_of(session, query) is QueryStatus.WITHDRAWN
    waiting = session.scalars(
        select(OutboxMessage.kind).where(OutboxMessage.expired_at.is_(None))
    ).all()
    assert set(waiting) == {MailKind.WITHDRAWN}


def query_contribution(session: Session, query: Query) -> Contribution:
    """One that was still owed when the query was withdrawn."""
    return session.scalars(
        select(Contribution).where(Contribution.latest_number == 0).limit(1)
    ).one()


def test_a_query_is_withdrawn_with_a_reason_only(session: Session):
    query = a_query(session)

    with pytest.raises(DomainError, match="Say why"):
        withdraw_query(session, query, "  ", **WHO)


def test_g08_a_deleted_query_sends_no_mail_and_comes_back(session: Session):
    query = a_query(session)
    assignment = an_assignment(session, query=query)
    promise(session, assignment, MailKind.INVITATION)
    promise(session, assignment, MailKind.DUE_CHANGED)
    with pytest.raises(DomainError, match="Say why"):
        delete_query(session, query, "", **WHO)

    delete_query(session, query, "Registered twice.", **WHO)
    session.commit()

    assert status_of(session, query) is QueryStatus.DELETED
    expired = session.scalars(select(OutboxMessage.expiry_reason)).all()
    assert expired == ["the query was deleted"] * 2

    restore_query(session, query, "It was not the same.", **WHO)
    session.commit()

    assert status_of(session, query) is QueryStatus.WAITING
    kinds = session.scalars(select(Event.kind).order_by(Event.id)).all()
    assert kinds == ["deleted", "restored"]
