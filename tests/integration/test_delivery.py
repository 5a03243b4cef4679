"""Each mail is looked at once more before it leaves: is it true, can it arrive?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.mails import MailKind
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders
from emnnet.mail import writing
from emnnet.models.contribution import Contribution
from emnnet.models.event import Event
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.models.task import Task, TaskKind
from emnnet.services.outbox import BACKOFF
from tests.builders import a_contact, a_query, an_institution
from tests.conftest import NOON
from tests.integration.letters import a_promise, an_asked, look_again, mailbox

EARLIER = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_b21_the_invitation_starts_the_clock_when_it_leaves(app, session, clock):
    assignment = an_asked(session, invited_at=None)
    version = assignment.version
    a_promise(session, MailKind.INVITATION, assignment)
    clock.now = NOON + timedelta(hours=1)
    assert deliver_outbox(app) == 1

    look_again(session, assignment)
    assert (assignment.invited_at, assignment.version) == (clock.now, version)
    assert session.scalars(select(Event.kind)).all() == [EventKind.INVITED]


def test_a_refused_contact_is_not_written_to_again_the_next_one_is(
    app, session, tmp_path
):
    institution = an_institution(session, email="gone@example.org")
    a_contact(session, institution, email="next@example.org", position=2, language="lt")
    message = a_promise(session, assignment=an_asked(session, institution=institution))
    message.contact.refused_at = EARLIER
    session.commit()
    assert deliver_outbox(app) == 1
    assert "next@example.org" in mailbox(tmp_path)[0]["To"]
    look_again(session, message)
    assert (message.recipient, message.language) == ("next@example.org", "lt")


def test_a_refused_contact_without_a_substitute_is_a_task(app, session):
    message = a_promise(session)
    message.contact.refused_at = EARLIER
    session.commit()
    assert deliver_outbox(app) == 0
    look_again(session, message)
    assert message.failed_at == NOON
    assert session.scalars(select(Task)).one().kind == TaskKind.ADDRESS_REFUSED


def test_b13_an_answer_that_came_meanwhile_drops_only_its_own_item(
    app, session, clock, tmp_path
):
    institution = an_institution(session)
    answered, open_one = (
        an_asked(
            session,
            institution=institution,
            asked_at=EARLIER,
            due_on=date(2026, 3, 13),
        )
        for _ in range(2)
    )
    queue_reminders(app)
    first = session.scalars(
        select(Contribution).where(Contribution.assignment_id == answered.id)
    ).one()
    first.latest_number = 1
    session.commit()
    clock.now = NOON + timedelta(hours=1)
    assert deliver_outbox(app) == 1

    (letter,) = mailbox(tmp_path)
    assert letter["Subject"] == (
        "Overdue since Fri 13 Mar 2026: 2026.2 Family reunification [LT-2026-2/2]"
    )
    ends = dict(
        session.execute(select(Reminder.assignment_id, Reminder.expired_at)).all()
    )
    assert ends == {answered.id: clock.now, open_one.id: None}
    kinds = session.scalars(select(Event.kind).order_by(Event.id)).all()
    assert kinds == [EventKind.REMINDER_EXPIRED, EventKind.REMINDED]


def test_b13_a_mail_of_which_nothing_is_left_does_not_leave(app, session, tmp_path):
    assignment = an_asked(session, asked_at=EARLIER, due_on=date(2026, 3, 13))
    queue_reminders(app)
    assignment.query.withdrawn_at = NOON
    session.commit()
    assert deliver_outbox(app) == 0
    message = session.scalars(select(OutboxMessage)).one()
    assert (message.expired_at, message.expiry_reason) == (
        NOON,
        "Not needed: the query has been withdrawn.",
    )
    assert mailbox(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"released_at": NOON}, "Not needed: the institution has been released."),
        ({"latest_number": 1}, "Not needed: the answer has been submitted."),
    ],
)
def test_b13_an_invitation_to_what_is_over_expires(app, session, change, reason):
    message = a_promise(session, MailKind.INVITATION)
    contribution = session.scalars(select(Contribution)).one()
    for name, value in change.items():
        setattr(contribution, name, value)
    session.commit()
    assert deliver_outbox(app) == 0
    look_again(session, message)
    assert message.expiry_reason == reason


def test_who_is_only_informed_gets_the_invitation(app, session):
    a_promise(session, MailKind.INVITATION, an_asked(session, role=CellRole.INFORMED))
    assert deliver_outbox(app) == 1


def test_b08_a_chaser_that_missed_friday_waits_for_monday(app, session, clock):
    an_asked(session, asked_at=EARLIER, due_on=date(2026, 3, 12))
    clock.now = datetime(2026, 3, 13, 5, 5, tzinfo=UTC)
    queue_reminders(app)
    clock.now = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)  # a Saturday
    assert deliver_outbox(app) == 0
    message = session.scalars(select(OutboxMessage)).one()
    monday = datetime(2026, 3, 16, 5, 0, tzinfo=UTC)
    assert (message.next_try_at, message.attempts) == (monday, 0)
    clock.now = monday
    assert deliver_outbox(app) == 1


def test_b11_one_reminder_that_breaks_the_mail_is_set_aside(
    app, session, clock, monkeypatch, caplog
):
    institution = an_institution(session)
    first, second = (
        an_asked(
            session,
            institution=institution,
            asked_at=EARLIER,
            due_on=date(2026, 3, 13),
        )
        for _ in range(2)
    )
    broken, whole = first.id, second.id
    session.rollback()
    queue_reminders(app)
    real = writing.gather

    def breaking(session, message, entries, *rest, **named):
        if any(entry.assignment.id == broken for entry in entries):
            raise ZeroDivisionError("a title that cannot be")
        return real(session, message, entries, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(writing, "gather", breaking)
        assert deliver_outbox(app) == 1
    assert f"no reminder for assignment {broken}" in caplog.text
    assert session.scalars(select(Reminder.assignment_id)).all() == [whole]
    assert session.scalars(select(Task)).one().kind == TaskKind.RECORD_BROKEN

    clock.now = NOON + timedelta(days=1)
    assert queue_reminders(app).reminders == 1


def test_b11_a_mail_that_cannot_be_written_stops_no_other(
    app, session, monkeypatch, clock
):
    bad, good = a_promise(session), a_promise(session)
    broken = bad.id
    real = writing.compose

    def breaking(message, *rest, **named):
        if message.id == broken:
            raise ZeroDivisionError("a title that cannot be")
        return real(message, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(writing, "compose", breaking)
        assert deliver_outbox(app) == 1
    look_again(session, bad)
    look_again(session, good)
    assert (bad.attempts, good.sent_at) == (1, NOON)
    assert session.scalars(select(Task)).one().kind == TaskKind.RECORD_BROKEN
    clock.now += timedelta(minutes=BACKOFF[0])
    assert deliver_outbox(app) == 1


def test_a_mail_about_a_query_is_in_its_history(app, session):
    message = a_promise(
        session, MailKind.WITHDRAWN, an_asked(session, query=a_query(session))
    )
    deliver_outbox(app)
    event = session.scalars(
        select(Event).where(Event.query_id == message.query_id)
    ).one()
    assert (event.kind, event.facts["mail"]) == (EventKind.MAIL_SENT, "withdrawn")
