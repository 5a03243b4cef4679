"""D07: what an institution had begun stays with it, unless it or the office agrees."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.lifecycle import ContributionStatus
from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.event import Event
from emnnet.models.passed_draft import PassedDraft
from emnnet.selectors.contributions import cells_of
from emnnet.services.contributions import submit
from emnnet.services.passing_on import pass_on, take_material
from emnnet.services.releasing import move_question
from tests.builders import COORDINATOR, a_query, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.partners import (
    FOCAL_POINT,
    a_draft,
    a_link,
    cells,
    fields,
    fresh,
    let_in,
)

LATER = NOON + timedelta(days=2)
HALF = "Half an answer of the first body."
WHY = {"reason": "Another body decides this.", "due_on": date(2026, 4, 3)}


@pytest.fixture
def first(session):
    """A has answered question 1 and half of question 2."""
    query = a_query(session, questions=2)
    assignment = an_assignment(session, query=query)
    one, two = cells(session, assignment)
    a_draft(session, one, "All of it.")
    submit(session, assignment, [one], by=FOCAL_POINT, now=NOON)
    a_draft(session, two, HALF)
    return assignment


@pytest.fixture
def second(session, first):
    """Question 2 goes to B."""
    body = an_institution(session, name_en="Second body")
    two = cells(session, first)[1]
    move_question(
        session, two.question, first.institution, body, by=COORDINATOR, now=LATER, **WHY
    )
    session.commit()
    return session.scalars(
        select(Assignment).where(Assignment.institution_id == body.id)
    ).one()


def offer(session, first, second, by=COORDINATOR) -> PassedDraft:
    lost, (wanted,) = cells(session, first)[1], cells(session, second)
    row = pass_on(session, lost, wanted.id, by=by, now=LATER)
    session.commit()
    return row


def test_d07_each_keeps_what_is_its_own(session, first, second, client):
    statuses = [cell.status for cell in cells_of(session, first)]
    assert statuses == [ContributionStatus.SUBMITTED, ContributionStatus.RELEASED]
    assert cells(session, first)[1].draft == HALF
    (wanted,) = cells(session, second)
    assert (wanted.draft, wanted.asked_at) == ("", LATER)  # B's clock starts new
    assert second.clock_start == 1
    let_in(client, session, second)
    assert HALF not in client.get(f"/contributions/{second.id}").text


def test_d07_the_office_reads_it_and_offers_it(session, first, second, signed_in):
    office = signed_in(Role.COORDINATOR)
    lost, (wanted,) = cells(session, first)[1], cells(session, second)
    page = f"/desk/queries/{first.query_id}/routing/cells/{lost.id}"
    assert HALF in office.get(page).text
    reply = office.post(f"{page}/passed-on", data={"receiver": wanted.id})
    assert reply.status_code == 303
    assert "Passed on to" in office.get(page).text


def test_d07_its_writer_agrees_on_the_own_page(session, first, second, client):
    let_in(client, session, first)
    lost, (wanted,) = cells(session, first)[1], cells(session, second)
    page = f"/contributions/{first.id}"
    assert "It may be passed on to Second body" in client.get(page).text
    client.post(f"{page}/questions/{lost.id}/passed-on/{wanted.id}")
    row = fresh(session).scalars(select(PassedDraft)).one()
    assert (row.text, row.passed_by) == (HALF, first.contact.email)
    assert "It may be passed on to" not in client.get(page).text


def test_d07_the_other_takes_it_over_as_a_draft(session, first, second, client):
    row = offer(session, first, second)
    client.post(a_link(session, second))
    (wanted,) = cells(session, second)
    page = client.get(f"/contributions/{second.id}").text
    assert HALF in page
    assert f"Begun by {first.institution.name_en}" in page
    typed = fields(wanted, text="Mine first.")
    path = f"/contributions/{second.id}/questions/{wanted.id}/material/{row.id}"
    assert client.post(path, data=typed).status_code == 303
    (kept,) = cells(session, second)
    assert kept.draft == f"Mine first.\n\n{HALF}"
    assert kept.latest_number == 0
    assert "Take over as my draft" not in client.get(f"/contributions/{second.id}").text


def test_d07_the_history_shows_both(session, first, second):
    offer(session, first, second)
    told = session.execute(
        select(Event.kind, Event.facts)
        .where(Event.kind.in_(["released", "asked", "draft_passed_on"]))
        .order_by(Event.id)
    ).all()
    to = second.institution.short
    assert [kind for kind, _ in told] == ["released", "asked", "draft_passed_on"]
    assert (told[0][1]["moved_to"], told[2][1]["to"]) == (to, to)
    assert HALF not in str(told)


def test_what_is_still_with_its_writer_is_not_passed_on(session, first):
    one = cells(session, first)[1]
    with pytest.raises(IllegalAction):
        pass_on(session, one, one.id, by=COORDINATOR, now=LATER)


def test_it_goes_only_to_who_has_the_question(session, first, second):
    stranger = cells(session, an_assignment(session))[0]
    lost = cells(session, first)[1]
    with pytest.raises(DomainError, match="does not have this question"):
        pass_on(session, lost, stranger.id, by=COORDINATOR, now=LATER)


def test_others_cannot_take_what_was_passed_on(session, first, second, client):
    row = offer(session, first, second)
    let_in(client, session, first)
    mine = cells(session, first)[1]
    path = f"/contributions/{first.id}/questions/{mine.id}/material/{row.id}"
    assert client.post(path).status_code == 404


def test_passed_on_again_it_is_the_newest_text(session, first, second):
    row = offer(session, first, second)
    take_material(session, row, seen=0, by=FOCAL_POINT, now=LATER)
    lost = cells(session, first)[1]
    a_draft(session, lost, "More of it.", now=LATER)
    assert offer(session, first, second).text == "More of it."
    assert session.scalars(select(PassedDraft)).one().taken_at is None
