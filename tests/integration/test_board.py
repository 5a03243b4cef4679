"""The board of coming mail: what it shows, and what persons decide on it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from emnnet.domain.chases import Choice
from emnnet.domain.ladder import ReminderKind
from emnnet.domain.roles import Role
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.reminders import queue_reminders
from emnnet.models.contact import Contact
from emnnet.models.mail_decision import MailDecision
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task, TaskKind
from tests.integration.ladder_setup import (
    EARLIER,
    MONDAY,
    URL,
    days_go_by,
    ledger,
    morning,
    one_who_never_reacts,
)
from tests.integration.letters import an_asked, mailbox


def _key(assignment, kind: ReminderKind) -> dict[str, str]:
    return {"assignment": str(assignment.id), "clock": "1", "kind": kind.value}


@pytest.fixture
def silent(session):
    """A mandated institution that never reacts, due on Monday 16 March."""
    return one_who_never_reacts(session)


def test_b07_the_whole_ladder_of_one_who_never_reacts(app, session, clock, silent):
    days_go_by(app, clock, MONDAY, date(2026, 4, 20))
    assert ledger(session) == [
        ("one_day_before", MONDAY),  # the run of Friday was missed: one mail
        ("day_after", date(2026, 3, 17)),
        ("second_chaser", date(2026, 3, 23)),
        ("escalation", date(2026, 3, 27)),
        ("call", date(2026, 3, 31)),
        ("after_reply_by", date(2026, 4, 3)),
    ]
    task = session.scalars(select(Task).where(Task.kind == TaskKind.CALL)).one()
    assert (task.institution_id, task.query_id) == (
        silent.institution_id,
        silent.query_id,
    )


def test_b07_those_above_get_a_mail_of_their_own_after_the_third_chaser(
    app, session, clock, silent, tmp_path
):
    days_go_by(app, clock, MONDAY, date(2026, 3, 27))
    deliver_outbox(app)
    letters = mailbox(tmp_path)
    above = [letter for letter in letters if "above@example.org" in letter["To"]]
    assert len(above) == 1
    assert "reminded three times" in " ".join(
        above[0].get_body(("plain",)).get_content().split()
    )
    assert "/link/" not in above[0].as_string()
    assert all(letter["To"].count("@") == 1 for letter in letters)


def test_b07_where_nobody_is_above_the_office_is_told(app, session, clock, silent):
    session.execute(delete(Contact).where(Contact.for_escalation))
    session.commit()
    days_go_by(app, clock, MONDAY, date(2026, 3, 27))
    task = session.scalars(select(Task).where(Task.kind == TaskKind.NOBODY_ABOVE)).one()
    assert task.institution_id == silent.institution_id


def test_b06_without_delivery_nothing_goes_further(app, session, clock, silent):
    """The mail server is away for weeks: the first chaser waits, and that is all."""
    for days in range(30):
        clock.now = morning(MONDAY + timedelta(days))
        queue_reminders(app)
    kinds = [kind for kind, _ in ledger(session)]
    assert kinds == ["one_day_before", "day_after"]


def test_the_board_shows_to_whom_when_and_why(signed_in, clock, silent, session):
    clock.now = morning(MONDAY)
    page = signed_in(Role.COORDINATOR).get(URL).text
    assert silent.institution.short in page
    assert "Rule: one working day after the deadline" in page
    assert "above@example.org" not in page  # the third chaser is beyond the board
    assert session.scalars(select(OutboxMessage)).all() == []


def test_the_text_of_a_planned_mail_is_shown_without_its_key(signed_in, clock, silent):
    clock.now = morning(MONDAY)
    url = f"{URL}/2026-03-17/{silent.institution_id}"
    page = signed_in(Role.COORDINATOR).get(url).text
    assert "Still open: questions 1, 2." in page
    assert "/link/…" in page
    other = signed_in(Role.COORDINATOR).get(f"{URL}/2026-03-18/{silent.institution_id}")
    assert other.status_code == 404


def test_a_chaser_left_out_comes_one_distance_later(
    app, session, clock, silent, signed_in
):
    clock.now = morning(MONDAY)
    coordinator = signed_in(Role.COORDINATOR)
    coordinator.post(
        f"{URL}/decide", data=_key(silent, ReminderKind.DAY_AFTER) | {"choice": "skip"}
    )
    days_go_by(app, clock, MONDAY, date(2026, 3, 24))
    assert ledger(session) == [
        ("one_day_before", MONDAY),
        ("day_after", date(2026, 3, 23)),
    ]


def test_a_notice_left_out_does_not_come(app, session, clock, silent, signed_in):
    clock.now = morning(MONDAY)
    key = _key(silent, ReminderKind.ONE_DAY_BEFORE)
    signed_in(Role.COORDINATOR).post(f"{URL}/decide", data=key | {"choice": "skip"})
    days_go_by(app, clock, MONDAY, date(2026, 3, 17))
    assert ledger(session) == [("day_after", date(2026, 3, 17))]


def test_a_held_reminder_waits_for_its_day_and_undoing_lets_it_go(
    app, session, clock, silent, signed_in
):
    clock.now = morning(MONDAY)
    coordinator = signed_in(Role.COORDINATOR)
    key = _key(silent, ReminderKind.DAY_AFTER)
    assert "Hold it until" in coordinator.get(f"{URL}/hold", query_string=key).text
    coordinator.post(f"{URL}/hold", data=key | {"until": "2026-03-25"})
    days_go_by(app, clock, MONDAY, date(2026, 3, 24))
    assert ledger(session) == [("one_day_before", MONDAY)]

    session.rollback()
    row = session.scalars(select(MailDecision)).one()
    assert "held until Wed 25 Mar 2026" in coordinator.get(URL).text
    coordinator.post(f"{URL}/decisions/{row.id}/undo")
    clock.now += timedelta(hours=1)
    queue_reminders(app)
    assert ledger(session)[-1] == ("day_after", date(2026, 3, 24))


def test_b12_a_hold_stops_what_is_queued_and_it_may_come_again(
    app, session, clock, silent, signed_in
):
    clock.now = morning(date(2026, 3, 17))
    queue_reminders(app)
    session.add(
        MailDecision(
            assignment_id=silent.id,
            clock_start=1,
            kind=ReminderKind.DAY_AFTER,
            choice=Choice.HOLD,
            made_for=MONDAY,
            made_at=clock.now,
            made_by="Coordinator",
        )
    )
    session.commit()
    assert deliver_outbox(app) == 0
    assert ledger(session) == []

    key = _key(silent, ReminderKind.DAY_AFTER)
    signed_in(Role.COORDINATOR).post(f"{URL}/decide", data=key | {"choice": "forward"})
    days_go_by(app, clock, date(2026, 3, 18), date(2026, 3, 18))
    assert ledger(session) == [("day_after", date(2026, 3, 18))]


def test_a_reminder_brought_forward_goes_out_with_the_next_run(
    app, session, clock, silent, signed_in
):
    days_go_by(app, clock, MONDAY, date(2026, 3, 17))
    clock.now = morning(date(2026, 3, 18))
    key = _key(silent, ReminderKind.SECOND_CHASER) | {"choice": "forward"}
    coordinator = signed_in(Role.COORDINATOR)
    coordinator.post(f"{URL}/decide", data=key)
    assert "brought forward to Wed 18 Mar 2026" in coordinator.get(URL).text
    queue_reminders(app)
    assert ledger(session)[-1] == ("second_chaser", date(2026, 3, 18))
    assert "brought forward to" not in coordinator.get(URL).text


def test_no_reminder_is_brought_forward_to_before_the_day_it_calls_over(
    app, session, clock, silent, signed_in
):
    days_go_by(app, clock, MONDAY, date(2026, 3, 27))
    clock.now = morning(date(2026, 4, 2))  # the asking country waits this day, too
    coordinator = signed_in(Role.COORDINATOR)
    key = _key(silent, ReminderKind.AFTER_REPLY_BY) | {"choice": "forward"}
    assert 'value="after_reply_by"' in coordinator.get(URL).text

    reply = coordinator.post(f"{URL}/decide", data=key)

    assert reply.status_code == 409
    assert "It cannot go out before Fri 3 Apr 2026" in reply.text


@pytest.mark.parametrize("until", ["2026-03-16", "2027-03-16", "soon"])
def test_a_hold_until_an_impossible_day_is_refused(clock, silent, signed_in, until):
    clock.now = morning(MONDAY)
    key = _key(silent, ReminderKind.DAY_AFTER)
    reply = signed_in(Role.COORDINATOR).post(f"{URL}/hold", data=key | {"until": until})
    assert reply.status_code == 422
    assert f'value="{until}"' in reply.text


def test_a_step_that_is_not_planned_any_more_is_refused(clock, silent, signed_in):
    clock.now = morning(MONDAY)
    key = _key(silent, ReminderKind.DAY_AFTER) | {"clock": "7", "choice": "skip"}
    reply = signed_in(Role.COORDINATOR).post(f"{URL}/decide", data=key)
    assert reply.status_code == 409
    assert "not planned any more" in reply.text


def test_the_past_says_why_a_mail_was_sent(app, clock, silent, signed_in):
    days_go_by(app, clock, MONDAY, MONDAY)
    clock.now = morning(date(2026, 3, 18))
    page = signed_in(Role.COORDINATOR).get(f"{URL}?day=2026-03-16").text
    assert "Rule: one working day before the deadline" in page
    assert "/desk/mail/1" in page
    assert "day-error" in signed_in(Role.APPROVER).get(f"{URL}?day=x").text


def test_what_is_left_after_the_ladder_is_stuck(app, clock, silent, signed_in):
    days_go_by(app, clock, MONDAY, date(2026, 4, 20))
    page = signed_in(Role.COORDINATOR).get(URL).text
    assert "stuck since" in page


def test_the_desk_tells_of_the_mail_of_the_next_working_day(clock, silent, signed_in):
    clock.now = morning(MONDAY)
    coordinator = signed_in(Role.COORDINATOR)
    desk = coordinator.get("/desk").text
    assert f'hx-get="{URL}/next"' in desk
    assert 'href="/desk/calls/stuck"' in desk

    part = coordinator.get(f"{URL}/next", headers={"HX-Request": "true"}).text

    said = " ".join(part.split())
    assert "Tue 17 Mar 2026</time>: 1 reminder to 1 institution" in said
    assert "Nothing is stuck." in said
    assert coordinator.get(f"{URL}/next").headers["Location"] == URL


def test_the_desk_counts_what_the_list_of_stuck_answers_shows(
    app, clock, silent, signed_in
):
    days_go_by(app, clock, MONDAY, date(2026, 4, 20))
    coordinator = signed_in(Role.COORDINATOR)
    part = coordinator.get(f"{URL}/next", headers={"HX-Request": "true"}).text
    assert "1 answer is stuck" in part
    assert "stuck since" in coordinator.get("/desk/calls/stuck").text


@pytest.mark.parametrize("count", [1, 30])
def test_the_board_takes_as_many_statements_for_thirty_as_for_one(
    session, clock, signed_in, statements, count
):
    for _ in range(count):
        an_asked(session, due_on=MONDAY, asked_at=EARLIER)
    clock.now = morning(MONDAY)
    coordinator = signed_in(Role.COORDINATOR)
    with statements("SELECT") as seen:
        assert coordinator.get(URL).status_code == 200
    assert len(seen) == 4
