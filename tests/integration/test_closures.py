"""A closed institution gets nothing before it opens, or its substitute does."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.errors import DomainError
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders
from emnnet.models.contact import Contact
from emnnet.services.closures import ClosureNote, end_closure, note_closure
from tests.builders import COORDINATOR, a_contact, an_institution
from tests.conftest import NOON
from tests.integration.letters import a_promise, an_asked, mailbox

TODAY = NOON.date()
DAY = timedelta(days=1)


@pytest.fixture
def institution(session):
    """With a first and a second contact, and a mailbox."""
    body = an_institution(
        session, email="first@example.org", mailbox="office@example.org"
    )
    a_contact(session, body, email="second@example.org", position=2)
    return body


@pytest.fixture
def second(session, institution):
    return session.scalars(
        select(Contact).where(Contact.email == "second@example.org")
    ).one()


def closed(session, institution, until=TODAY + 2 * DAY, **given):
    note = ClosureNote(TODAY, until, "moving house", **given)
    closure = note_closure(session, institution, note, by=COORDINATOR, now=NOON)
    session.commit()
    return closure


def test_a_closed_institution_gets_nothing_before_it_opens(
    app, session, institution, clock
):
    closed(session, institution)
    message = a_promise(session, assignment=an_asked(session, institution=institution))
    assert deliver_outbox(app) == 0
    clock.now = NOON + 3 * DAY
    assert deliver_outbox(app) == 1
    session.refresh(message)
    assert message.sent_at == clock.now


def test_what_was_promised_before_the_closure_waits_too(
    app, session, institution, clock
):
    message = a_promise(session, assignment=an_asked(session, institution=institution))
    closed(session, institution)
    assert deliver_outbox(app) == 0
    session.refresh(message)
    assert (message.attempts, message.failed_at) == (0, None)
    clock.now = NOON + 3 * DAY
    assert deliver_outbox(app) == 1


def test_the_named_substitute_of_a_closed_institution_gets_it(
    app, session, institution, second, tmp_path
):
    a_promise(session, assignment=an_asked(session, institution=institution))
    closed(session, institution, substitute_id=second.id)
    assert deliver_outbox(app) == 1
    assert "second@example.org" in mailbox(tmp_path)[0]["To"]


def test_two_closures_that_overlap_are_refused(session, institution):
    first_one = closed(session, institution)
    with pytest.raises(DomainError, match="is closed from 2026-03-16 to 2026-03-18"):
        closed(session, institution, until=TODAY + DAY)
    session.rollback()
    end_closure(session, first_one, by=COORDINATOR, now=NOON)
    closed(session, institution, until=TODAY + DAY)


def test_a_closed_institution_is_reminded_after_it_opens_and_once(
    app, session, institution, clock
):
    late = {"asked_at": NOON - 14 * DAY, "due_on": date(2026, 3, 13)}
    an_asked(session, institution=institution, **late)
    closed(session, institution)
    assert queue_reminders(app).mails == 0
    clock.now = NOON + 3 * DAY
    assert [queue_reminders(app).mails for _ in range(2)] == [1, 0]
    assert deliver_outbox(app) == 1
