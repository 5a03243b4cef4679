"""The pages that move the dates of a query, as a coordinator walks them."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.clock_stop import ClockStop
from emnnet.models.extension import Extension
from tests.builders import a_query, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.partners import fresh
from tests.integration.routing_setup import the_holidays

WHY = "The expert is ill."
WEDNESDAY = datetime(2026, 3, 18, 10, tzinfo=UTC)


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.fixture
def coordinator(signed_in):
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def assignment(session):
    the_holidays(session, 2026)
    query = a_query(session, questions=3, routed_at=NOON)
    body = an_institution(session, abbreviation="MD")
    return an_assignment(session, query=query, institution=body, invited_at=NOON)


def at(assignment, rest=""):
    return f"/desk/queries/{assignment.query_id}/dates{rest}"


def seen_in(page: str) -> str:
    return re.search(r'name="seen"[^>]* value="([^"]*)"', page).group(1)


def test_a18_more_time_is_looked_at_before_it_is_given(
    session, coordinator, assignment
):
    url = at(assignment, f"/{assignment.id}/extend")
    given = {"working_days": "2", "reason": WHY}
    reply = coordinator.post(url, data=given)
    assert "The new date is Thu 2 Apr 2026" in words(reply.text)
    assert "2 working days count: Wed 1 Apr 2026 , Thu 2 Apr 2026" in words(reply.text)
    assert fresh(session).get_one(Assignment, assignment.id).due_on == date(2026, 3, 31)

    coordinator.post(url, data=given | {"seen": seen_in(reply.text)})

    moved = fresh(session).get_one(Assignment, assignment.id)
    assert (moved.due_on, moved.clock_start) == (date(2026, 4, 2), 2)
    page = words(coordinator.get(f"/desk/queries/{assignment.query_id}").text)
    assert f"Tue 31 Mar 2026 → Thu 2 Apr 2026 : {WHY} Coordinator" in page


@pytest.mark.parametrize("days", ["0", "-3", "1000", "many", ""])
def test_a18_absurd_numbers_are_refused_at_their_field(
    session, coordinator, assignment, days
):
    url = at(assignment, f"/{assignment.id}/extend")
    reply = coordinator.post(url, data={"working_days": days, "reason": WHY})
    assert reply.status_code == 422
    assert "Write" in words(reply.text)
    assert WHY in reply.text
    assert session.scalars(select(Extension)).all() == []


def test_a18_for_one_question_only_and_with_a_warning(session, coordinator, assignment):
    url = at(assignment, f"/{assignment.id}/extend")
    one = assignment.contributions[0]
    given = {"working_days": "10", "reason": WHY, "questions": [str(one.id)]}
    reply = coordinator.post(url, data=given)
    assert "is after the reply-by date" in words(reply.text)
    coordinator.post(url, data=given | {"seen": seen_in(reply.text)})

    moved = fresh(session).get_one(Assignment, assignment.id)
    days = sorted(str(one.due_on) for one in moved.contributions)
    assert (moved.due_on, moved.clock_start) == (date(2026, 3, 31), 1)
    assert days == ["2026-04-15", "None", "None"]


def test_a18_an_extension_is_taken_back_by_a_button(session, coordinator, assignment):
    url = at(assignment, f"/{assignment.id}/extend")
    given = {"working_days": "2", "reason": WHY}
    given["seen"] = seen_in(coordinator.post(url, data=given).text)
    coordinator.post(url, data=given)
    (made,) = fresh(session).scalars(select(Extension)).all()
    coordinator.post(at(assignment, f"/extensions/{made.id}/take-back"))
    moved = fresh(session).get_one(Assignment, assignment.id)
    assert (moved.due_on, moved.clock_start) == (date(2026, 3, 31), 1)


def test_a20_stopped_and_started_again_on_the_pages(
    session, coordinator, assignment, clock
):
    clock.now = WEDNESDAY
    reason = "Question 2 is unclear."
    reply = coordinator.post(at(assignment, "/stop"), data={"day": "", "reason": " "})
    assert reply.status_code == 422
    coordinator.post(
        at(assignment, "/stop"), data={"day": "17.3.2026", "reason": reason}
    )
    (made,) = fresh(session).scalars(select(ClockStop)).all()
    assert (made.stopped_on, made.reason) == (date(2026, 3, 17), reason)
    page = words(coordinator.get(f"/desk/queries/{assignment.query_id}").text)
    assert f"The clock is stopped Since Tue 17 Mar 2026, because: {reason}" in page
    again = {"day": "17.3.2026", "reason": reason}
    assert coordinator.post(at(assignment, "/stop"), data=again).status_code == 409

    clock.now = datetime(2026, 3, 20, 10, tzinfo=UTC)
    shown = coordinator.get(at(assignment, "/restart")).text
    assert "3 working days were lost" in words(shown)
    assert "Reply by Fri 10 Apr 2026 Wed 15 Apr 2026" in words(shown)
    assert "MD Tue 31 Mar 2026 Fri 3 Apr 2026" in words(shown)
    other = {"day": "19.3.2026", "seen": seen_in(shown)}
    shown = coordinator.post(at(assignment, "/restart"), data=other).text
    assert "2 working days were lost" in words(shown)
    coordinator.post(
        at(assignment, "/restart"), data={"day": "19.3.2026", "seen": seen_in(shown)}
    )

    assert fresh(session).get_one(Assignment, assignment.id).due_on == date(2026, 4, 2)
    page = words(coordinator.get(f"/desk/queries/{assignment.query_id}").text)
    assert "In all 2" in page


def test_a_reply_by_date_that_moves_shows_what_no_longer_fits(
    session, coordinator, assignment
):
    url = at(assignment, "/reply-by")
    given = {"reply_by": "2.4.2026", "reason": "They need it sooner."}
    shown = coordinator.post(url, data=given).text
    assert "MD: Tue 31 Mar 2026 → Thu 26 Mar 2026 (no longer fits)" in words(shown)
    assert fresh(session).get_one(Assignment, assignment.id).due_on == date(2026, 3, 31)

    coordinator.post(url, data=given | {"seen": seen_in(shown)})
    moved = fresh(session).get_one(Assignment, assignment.id)
    assert (moved.query.reply_by, moved.due_on) == (
        date(2026, 4, 2),
        date(2026, 3, 31),
    )  # nothing moves by itself

    later = {"reply_by": "17.4.2026", "reason": "They wait.", "move": [assignment.id]}
    shown = coordinator.post(url, data=later).text
    assert "(fits as it is)" in words(shown)
    coordinator.post(url, data=later | {"seen": seen_in(shown)})
    moved = fresh(session).get_one(Assignment, assignment.id)
    assert (moved.query.reply_by, moved.due_on) == (
        date(2026, 4, 17),
        date(2026, 4, 10),
    )


def test_a_reply_by_date_too_near_for_the_plan_proposes_the_next_working_day(
    coordinator, assignment
):
    given = {"reply_by": "19.3.2026", "reason": "They need it at once."}
    shown = words(coordinator.post(at(assignment, "/reply-by"), data=given).text)
    assert "MD: Tue 31 Mar 2026 → Tue 17 Mar 2026 (no longer fits)" in shown


def test_the_overview_asks_once_more_however_much_has_moved(
    session, coordinator, assignment, statements
):
    body = {"query": assignment.query, "role": "contributes"}
    more = [an_assignment(session, **body) for _ in range(5)]
    for one in [assignment, *more]:
        session.add(
            Extension(
                assignment_id=one.id,
                is_whole=True,
                old_on=date(2026, 3, 30),
                new_on=one.due_on,
                reason=WHY,
                given_at=NOON,
                given_by="Coordinator",
            )
        )
    session.commit()
    url = f"/desk/queries/{assignment.query_id}"
    with statements("SELECT") as seen:
        coordinator.get(url)
    assert len(seen) == 4
