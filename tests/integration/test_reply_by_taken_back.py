"""A reply-by date that was moved by mistake is as it was, until something followed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.errors import IllegalAction
from emnnet.domain.history import EventKind
from emnnet.domain.mails import MailKind
from emnnet.domain.roles import Role
from emnnet.jobs.outbox import deliver_outbox
from emnnet.models.assignment import Assignment
from emnnet.models.event import Event
from emnnet.models.extension import Extension
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reply_by_move import ReplyByMove
from emnnet.selectors.query_dates import query_dates
from emnnet.services.extensions import extend
from emnnet.services.reply_by import move_reply_by, take_back_move
from tests.builders import COORDINATOR, a_query, an_institution
from tests.conftest import NOON
from tests.integration.ladder_setup import days_go_by, one_who_never_reacts
from tests.integration.letters import an_asked
from tests.integration.partners import fresh
from tests.integration.routing_setup import the_holidays

DUE, REPLY_BY = date(2026, 3, 31), date(2026, 4, 10)
LATER = date(2026, 4, 17)
WHO = {"by": COORDINATOR, "now": NOON}


@pytest.fixture
def assignment(session) -> Assignment:
    """Due on 31 March; the asking country waits till 10 April."""
    the_holidays(session, 2026)
    query = a_query(session, questions=2, routed_at=NOON)
    body = an_institution(session, abbreviation="MD")
    return an_asked(session, query=query, institution=body)


def moved(session, assignment, *ticked: int, new_on=LATER, reason="They wait."):
    move_reply_by(session, assignment.query, new_on, reason, ticked, **WHO)
    session.commit()
    return session.scalars(select(ReplyByMove).order_by(ReplyByMove.id.desc())).first()


def mails(session) -> list[OutboxMessage]:
    wanted = select(OutboxMessage).where(OutboxMessage.kind == MailKind.DUE_CHANGED)
    return list(session.scalars(wanted.order_by(OutboxMessage.id)))


def test_the_date_and_what_moved_with_it_are_as_they_were(session, assignment):
    move = moved(session, assignment, assignment.id)
    assert (assignment.query.reply_by, assignment.due_on) == (LATER, date(2026, 4, 10))

    take_back_move(session, move, **WHO)

    assert (assignment.query.reply_by, assignment.due_on) == (REPLY_BY, DUE)
    assert [mail.expired_at is not None for mail in mails(session)] == [True]
    last = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert last.kind == EventKind.REPLY_BY_TAKEN_BACK
    assert last.facts["reply_by"] == ["2026-04-17", "2026-04-10"]
    dates = query_dates(session, assignment.query_id)
    assert (dates.reply_by, dates.extensions) == ((), ())
    with pytest.raises(IllegalAction, match="taken back already"):
        take_back_move(session, move, **WHO)


def test_who_was_told_of_the_other_date_is_told_again(app, session, assignment):
    move = moved(session, assignment, assignment.id)
    assert deliver_outbox(app) == 1
    session.rollback()

    take_back_move(session, move, **WHO)

    told = mails(session)[-1]
    assert (told.facts["due_on"], told.facts["taken_back"]) == ("2026-03-31", True)


def test_an_answer_that_came_meanwhile_keeps_nothing_from_it(session, assignment):
    move = moved(session, assignment, assignment.id)
    for one in assignment.contributions:
        one.latest_number = 1
    session.commit()

    take_back_move(session, move, **WHO)

    assert assignment.query.reply_by == REPLY_BY


def test_only_the_last_move_is_taken_back_then_the_one_before(session, assignment):
    first = moved(session, assignment)
    second = moved(session, assignment, new_on=date(2026, 4, 24))
    with pytest.raises(IllegalAction, match="moved again since"):
        take_back_move(session, first, **WHO)

    take_back_move(session, second, **WHO)
    take_back_move(session, first, **WHO)

    assert assignment.query.reply_by == REPLY_BY


def test_not_after_the_institutions_date_moved_again(session, assignment):
    move = moved(session, assignment, assignment.id)
    extend(session, assignment, 2, "The expert is ill.", **WHO)
    with pytest.raises(IllegalAction, match="moved again since"):
        take_back_move(session, move, **WHO)


def test_a_date_that_had_passed_before_it_was_moved_may_return(session, assignment):
    assignment.query.reply_by = over = date(2026, 3, 13)
    session.commit()
    take_back_move(session, moved(session, assignment), **WHO)
    assert assignment.query.reply_by == over


def test_not_after_the_earlier_date_is_over(session, assignment):
    move = moved(session, assignment)
    later = NOON + timedelta(days=30)
    with pytest.raises(IllegalAction, match="earlier reply-by date has passed since"):
        take_back_move(session, move, by=COORDINATOR, now=later)


def test_not_after_a_mail_has_named_the_moved_date_as_over(app, session, clock):
    clock.now = datetime(2026, 3, 16, 5, 5, tzinfo=UTC)
    silent = one_who_never_reacts(session)
    move_reply_by(
        session,
        silent.query,
        date(2026, 3, 18),
        "Sooner.",
        (),
        by=COORDINATOR,
        now=clock.now,
    )
    session.commit()
    days_go_by(app, clock, date(2026, 3, 16), date(2026, 3, 25))
    (move,) = session.scalars(select(ReplyByMove))
    with pytest.raises(IllegalAction, match="A reminder about the new date has left"):
        take_back_move(session, move, by=COORDINATOR, now=clock.now)


def test_it_is_taken_back_by_a_button(session, signed_in, assignment):
    move = moved(session, assignment, assignment.id)
    coordinator = signed_in(Role.COORDINATOR)
    url = f"/desk/queries/{assignment.query_id}"
    button = f"{url}/dates/reply-by/{move.id}/take-back"
    page = coordinator.get(url).text
    assert "When the reply-by date moved" in page
    assert f'action="{button}"' in page

    assert coordinator.post(button).status_code == 303

    session = fresh(session)
    assert session.get_one(Query, assignment.query_id).reply_by == REPLY_BY
    assert session.scalars(select(Extension.taken_back_at)).one() is not None
    assert "When the reply-by date moved" not in coordinator.get(url).text
    assert coordinator.post(button).status_code == 409
    other = a_query(session)
    wrong = f"/desk/queries/{other.id}/dates/reply-by/{move.id}/take-back"
    assert coordinator.post(wrong).status_code == 404
