"""Reminders, and the job that promises them."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from emnnet.documents.holidays_source import country_holidays
from emnnet.domain.calendar import Calendar
from emnnet.domain.reminders import ReminderKind
from emnnet.domain.roles import COMMAND
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.reminder import Reminder
from emnnet.models.task import Task, TaskKind
from emnnet.services import reminder_ledger as service
from emnnet.services.holidays import load_year
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


def _kinds(session: Session) -> list[ReminderKind]:
    session.expire_all()
    return [row.kind for row in session.scalars(select(Reminder).order_by(Reminder.id))]


def test_b01_a_job_run_twice_and_the_next_night_sends_one_notice(
    app, session, clock, tmp_path
):
    _overdue(session, query=a_query(session, questions=2))
    for day in (MONDAY, MONDAY, MONDAY + timedelta(1)):
        clock.now = morning(day)
        queue_reminders(app)
        deliver_outbox(app)

    assert _kinds(session) == [ReminderKind.DAY_AFTER]
    (letter,) = mailbox(tmp_path)
    assert letter["Subject"] == (
        "Overdue since Fri 13 Mar 2026: 2026.1 Family reunification [LT-2026-1/1]"
    )


def test_b01_two_workers_at_once_make_each_reminder_once(app, session, clock):
    for _ in range(6):
        _overdue(session)
    clock.now = morning(MONDAY)
    workers = [Thread(target=queue_reminders, args=[app]) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert _kinds(session) == [ReminderKind.DAY_AFTER] * 6
    mails = session.scalars(select(OutboxMessage.id)).all()
    held = session.scalars(select(Reminder.message_id)).all()
    assert sorted(mails) == sorted(held)


@pytest.mark.parametrize("whole", [True, False], ids=["no question named", "one named"])
def test_b02_the_same_row_is_refused_though_a_part_of_its_key_is_empty(session, whole):
    assignment = _overdue(session)
    contribution = session.scalars(select(Contribution)).one()
    key = {
        "assignment_id": assignment.id,
        "contribution_id": None if whole else contribution.id,
        "clock_start": 1,
        "kind": ReminderKind.DAY_AFTER,
        "due_on": assignment.due_on,
        "queued_at": EARLIER,
        "why": {},
    }
    session.add(Reminder(**key))
    session.commit()

    session.add(Reminder(**key))
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()
    assert _tick(session) == Tick(reminders=0 if whole else 1, mails=0 if whole else 1)


def test_b03_a_restarted_clock_allows_one_more_notice(session):
    assignment = _overdue(session)
    _tick(session)
    assignment.clock_start, assignment.due_on = 2, FRIDAY
    session.commit()

    days = [date(2026, 3, 23), date(2026, 3, 23), date(2026, 3, 24)]
    assert [_tick(session, day).reminders for day in days] == [1, 0, 0]
    ledger = select(Reminder.clock_start, Reminder.kind).order_by(Reminder.id)
    rows = session.execute(ledger).all()
    assert rows == [(1, ReminderKind.DAY_AFTER), (2, ReminderKind.DAY_AFTER)]


def test_b05_after_three_days_without_a_run_each_of_five_is_told_once(
    app, session, clock, tmp_path
):
    for days in (11, 12, 13, 11, 12):  # due on Wed, Thu and Fri
        _overdue(session, due_on=date(2026, 3, days))
    clock.now = morning(date(2026, 3, 18))
    queue_reminders(app)
    assert deliver_outbox(app) == 5
    assert _kinds(session) == [ReminderKind.DAY_AFTER] * 5
    assert len({letter["To"] for letter in mailbox(tmp_path)}) == 5


def test_b06_after_a_long_outage_the_first_mail_is_a_first_chaser(session):
    _overdue(session)
    _tick(session, date(2026, 4, 10))
    assert _kinds(session) == [ReminderKind.DAY_AFTER]


def test_b07_before_before_and_after(app, session, clock, tmp_path):
    an_asked(session, due_on=date(2026, 3, 30), asked_at=EARLIER)
    sent_on = []
    for days in range(30):
        clock.now = morning(MONDAY + timedelta(days))
        queue_reminders(app)
        if deliver_outbox(app):
            sent_on.append(clock.now.date())

    assert sent_on == [date(2026, 3, 23), date(2026, 3, 27), date(2026, 3, 31)]
    assert [letter["Subject"].split(":")[0] for letter in mailbox(tmp_path)] == [
        "Please answer by Mon 30 Mar 2026",
        "Please answer by Mon 30 Mar 2026",
        "Overdue since Mon 30 Mar 2026",
    ]


def test_b08_nothing_leaves_on_a_day_off(app, session, clock):
    days = [tuple(day) for day in country_holidays("LT", [2026])]
    load_year(
        session, "LT", 2026, days, source="x", version="1", by=COMMAND, now=EARLIER
    )
    _overdue(session, due_on=date(2026, 6, 23))
    for day in (24, 25):
        clock.now = morning(date(2026, 6, day))
        queue_reminders(app)
        assert deliver_outbox(app) == (day == 25)


def test_b11_one_broken_record_stops_nothing_else(session, monkeypatch, caplog):
    assignments = [_overdue(session) for _ in range(17)]
    broken = assignments[2]
    _break(monkeypatch, broken)

    assert _tick(session) == Tick(reminders=16, mails=16, broken=1)
    assert f"no reminder for assignment {broken.id}" in caplog.text
    task = session.scalars(select(Task)).one()
    assert (task.kind, task.facts["assignment"]) == (TaskKind.RECORD_BROKEN, broken.id)

    monkeypatch.undo()
    assert _tick(session) == Tick(reminders=1, mails=1)


def _break(monkeypatch, broken: Assignment) -> None:
    real = service._row

    def failing(one, *rest):
        if one.subject.assignment_id == broken.id:
            raise ZeroDivisionError("a date that cannot be")
        return real(one, *rest)

    monkeypatch.setattr(service, "_row", failing)


def test_b12_a_query_closed_a_moment_ago_gets_no_reminder(app, session, clock):
    """The job sees what is owed, waits for who is writing, and looks once more."""
    assignment = _overdue(session)
    contribution = session.scalars(select(Contribution)).one()
    clock.now = morning(MONDAY)
    contribution.latest_number = 1
    session.flush()  # the answer is being written: the row is held

    job = Thread(target=queue_reminders, args=[app])
    job.start()
    job.join(0.5)
    session.commit()
    job.join()

    assert (assignment.due_on, _kinds(session)) == (date(2026, 3, 13), [])


def test_b18_no_chaser_until_the_promised_day_and_one_after_it(session):
    _overdue(session)
    contribution = session.scalars(select(Contribution)).one()
    contribution.promised_on = date(2026, 3, 19)
    contribution.promised_at = morning(MONDAY) - timedelta(minutes=10)
    session.commit()

    days = [MONDAY + timedelta(days) for days in range(9)]
    sent = [day for day in days if _tick(session, day).reminders]
    assert (sent, _kinds(session)) == ([FRIDAY], [ReminderKind.PROMISE_PASSED])


def test_b18_no_chaser_on_the_day_of_ones_own_action(session):
    _overdue(session)
    contribution = session.scalars(select(Contribution)).one()
    contribution.draft_saved_at = morning(MONDAY) - timedelta(minutes=10)
    session.commit()
    assert _tick(session).reminders == 0
    assert _tick(session, MONDAY + timedelta(1)).reminders == 1


def test_b21_the_clock_starts_when_the_invitation_really_left(session):
    an_asked(session, due_on=FRIDAY, asked_at=EARLIER, invited_at=None)
    late = an_asked(
        session, due_on=FRIDAY, asked_at=EARLIER, invited_at=morning(MONDAY)
    )
    assert _tick(session).reminders == 0
    assert _tick(session, date(2026, 3, 19)).reminders == 1
    assert session.scalars(select(Reminder.assignment_id)).one() == late.id


def test_a_returned_question_is_reminded_by_its_own_date(session):
    _overdue(session, query=a_query(session, questions=2))
    first, second = session.scalars(select(Contribution).order_by(Contribution.id))
    for one in (first, second):
        one.latest_number = 1
    second.returned_number, second.returned_at = 1, EARLIER
    second.due_on = date(2026, 3, 17)
    session.commit()

    assert _tick(session).reminders == 1
    row = session.scalars(select(Reminder)).one()
    assert (row.contribution_id, row.kind, row.clock_start) == (
        second.id,
        ReminderKind.ONE_DAY_BEFORE,
        EARLIER.toordinal(),
    )


@pytest.mark.parametrize(("bodies", "each"), [(1, 1), (1, 30), (10, 3)])
def test_a_run_takes_as_many_statements_for_ten_mails_as_for_one(
    session, statements, bodies, each
):
    for _ in range(bodies):
        institution = an_institution(session)
        for _ in range(each):
            _overdue(session, institution=institution)
    session.expire_all()
    with statements("") as seen:
        queue_due_reminders(session, CALENDAR, today=MONDAY, now=morning(MONDAY))
    verbs = [sql.split()[0].replace("WITH", "SELECT") for sql in seen]
    read, written = verbs.count("SELECT"), verbs.count("INSERT")
    assert (read, written, verbs.count("UPDATE")) == (11, 2, 1)


def test_the_ledger_says_why(session):
    _overdue(session)
    _tick(session)
    row = session.scalars(select(Reminder)).one()
    assert row.why["why"][0] == (
        "Rule: one working day after the deadline (2026-03-13)."
    )
