"""One mail a day for each institution holds all its reminders."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.network import Duty
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.models.task import Task, TaskKind
from emnnet.services.reminders import Tick, queue_due_reminders
from tests.builders import a_query, an_institution
from tests.integration.letters import an_asked, mailbox

MONDAY = date(2026, 3, 16)
FRIDAY = date(2026, 3, 20)
EARLIER = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
CALENDAR = Calendar("LT", {}, frozenset({2026}), "test")


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 5, 5, tzinfo=UTC)


def _overdue(session: Session, **given) -> Assignment:
    """Due on Friday, so chased from Monday on."""
    return an_asked(
        session, **{"due_on": FRIDAY - timedelta(7), "asked_at": EARLIER} | given
    )


def _tick(session: Session, day: date = MONDAY) -> Tick:
    tick = queue_due_reminders(session, CALENDAR, today=day, now=morning(day))
    session.commit()
    return tick


def test_one_mail_a_day_holds_all_reminders_of_an_institution(
    app, session, clock, tmp_path
):
    institution = an_institution(session)
    for due_on in (date(2026, 3, 17), date(2026, 3, 13), date(2026, 3, 23)):
        _overdue(session, institution=institution, due_on=due_on)
    clock.now = morning(MONDAY)
    queue_reminders(app)
    assert deliver_outbox(app) == 1

    (letter,) = mailbox(tmp_path)
    text = letter.get_body(("plain",)).get_content()
    assert letter["Subject"] == "3 queries wait for your answer: 2026.2, 2026.1, 2026.3"
    headings = [line for line in text.splitlines() if "Family reunification" in line]
    assert [line.split()[:2] for line in headings] == [
        ["1.", "2026.2"],
        ["2.", "2026.1"],
        ["3.", "2026.3"],
    ]
    links = [line for line in text.splitlines() if "/link/" in line]
    assert len(set(links)) == 3


def test_e09_the_reminder_after_a_promise_names_the_promised_question_only(
    app, session, clock, tmp_path
):
    assignment = _overdue(session, query=a_query(session, questions=5))
    *sent, fourth, fifth = assignment.contributions
    for cell in sent:
        cell.latest_number = 1
    fourth.promised_on, fourth.promised_at = date(2026, 3, 19), EARLIER
    fifth.declined_at, fifth.decline_reason = EARLIER, DeclineReason.NOT_COMPETENT
    session.commit()
    clock.now = morning(FRIDAY)
    queue_reminders(app)
    deliver_outbox(app)

    (letter,) = mailbox(tmp_path)
    text = letter.get_body(("plain",)).get_content()
    assert re.findall(r"questions? (\d(?:, \d)*)", text) == ["4"]


def test_a_query_with_two_dates_stands_in_the_mail_once_with_one_link(
    app, session, clock, tmp_path
):
    institution = an_institution(session)
    query = a_query(session, questions=2)
    thursday, friday = date(2026, 3, 12), date(2026, 3, 13)
    two_dates = _overdue(session, query=query, institution=institution, due_on=thursday)
    own = two_dates.contributions[1]
    own.due_on, own.clock_start, own.clock_started_on = friday, 1, EARLIER.date()
    over = a_query(session, reply_by=friday)
    _overdue(session, query=over, institution=institution, due_on=friday)
    session.commit()
    clock.now = morning(MONDAY)
    queue_reminders(app)
    deliver_outbox(app)

    (letter,) = mailbox(tmp_path)
    text = letter.get_body(("plain",)).get_content()
    assert letter["Subject"] == "2 queries wait for your answer: 2026.1, 2026.2"
    assert [line for line in text.splitlines() if "2026.1 Family" in line] == [
        "1. 2026.1 Family reunification"
    ]
    assert len([line for line in text.splitlines() if "/link/" in line]) == 2
    said = " ".join(text.split())
    assert "Still open: question 1. It was due on" in said
    assert "Still open: question 2. It was due on Fri 13 Mar 2026" in said
    assert "About 2026.2: The day on which the asking country expects" in said


def test_what_falls_due_later_on_the_day_waits_for_the_next_mail(app, session, clock):
    institution = an_institution(session)
    _overdue(session, institution=institution)
    clock.now = morning(MONDAY)
    queue_reminders(app)
    deliver_outbox(app)
    _overdue(session, institution=institution)

    assert queue_reminders(app).reminders == 0
    clock.now = morning(MONDAY + timedelta(1))
    assert queue_reminders(app) == Tick(reminders=1, mails=1)


def test_a_mail_that_could_not_leave_takes_in_what_falls_due_next(session):
    institution = an_institution(session)
    _overdue(session, institution=institution)
    _tick(session)
    _overdue(session, institution=institution, due_on=MONDAY)
    _tick(session, MONDAY + timedelta(1))

    message = session.scalars(select(OutboxMessage)).one()
    held = session.scalars(select(Reminder.message_id)).all()
    assert held == [message.id, message.id]


def test_an_institution_without_a_contact_is_a_task_not_a_ledger_row(session):
    institution = an_institution(session, email=None)
    _overdue(session, institution=institution)
    assert _tick(session) == Tick()
    assert session.scalars(select(Reminder)).all() == []
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.institution_id) == (TaskKind.NO_CONTACT, institution.id)


def _text(folder: Path) -> str:
    """The words of the one mail that left."""
    (letter,) = mailbox(folder)
    body = letter.get_body(("plain",))
    assert body is not None
    return body.get_content()


@pytest.mark.parametrize(
    ("duty", "words"),
    [
        (Duty.MANDATED, "The Government has instructed your institution"),
        (Duty.RECOMMENDED, "Taking part is recommended to your institution"),
        (Duty.AGREEMENT, "Your institution takes part by agreement with us"),
    ],
)
def test_the_wording_of_a_reminder_differs_by_duty(app, session, tmp_path, duty, words):
    institution = an_institution(session, duty=duty)
    an_asked(
        session, institution=institution, asked_at=EARLIER, due_on=date(2026, 3, 13)
    )
    queue_reminders(app)
    deliver_outbox(app)
    assert words in " ".join(_text(tmp_path).split())


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2026, 3, 23), "It is due on Mon 23 Mar 2026, in 5 working days."),
        (date(2026, 3, 17), "It is due on Tue 17 Mar 2026, in 1 working day."),
        (date(2026, 3, 13), "It was due on Fri 13 Mar 2026, 1 working day ago."),
        (date(2026, 3, 11), "It was due on Wed 11 Mar 2026, 3 working days ago."),
    ],
)
def test_a_reminder_tells_how_far_its_date_is(app, session, tmp_path, due_on, words):
    an_asked(session, asked_at=EARLIER, due_on=due_on)
    queue_reminders(app)
    deliver_outbox(app)
    assert words in " ".join(_text(tmp_path).split())


@pytest.mark.parametrize(
    ("duty", "words"),
    [
        (Duty.MANDATED, "It leaves with a gap that names your institution"),
        (Duty.RECOMMENDED, "It leaves without your part, unless your answer"),
    ],
)
def test_b07_after_reply_by_the_wording_is_another(app, session, tmp_path, duty, words):
    an_asked(
        session,
        query=a_query(session, reply_by=date(2026, 3, 13)),
        institution=an_institution(session, duty=duty),
        asked_at=EARLIER,
        due_on=date(2026, 3, 12),
    )
    queue_reminders(app)
    deliver_outbox(app)
    assert words in " ".join(_text(tmp_path).split())
