"""Recorded as sent, closed, opened again."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.domain.errors import DomainError, IllegalAction
from emnnet.domain.lifecycle import contribution_status
from emnnet.domain.mails import MailKind
from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.closing import closing_notices
from emnnet.selectors.contacts import find_addressee
from emnnet.selectors.contributions import facts_of
from emnnet.selectors.query_facts import status_of
from emnnet.services.outbox import enqueue
from emnnet.services.sending_out import close_query, record_sent, reopen_query
from tests.builders import COORDINATOR, a_query, an_assignment, an_institution
from tests.conftest import NOON
from tests.integration.bench_setup import (
    CONTRIBUTES,
    a_whole_text,
    an_answer,
    asked,
    cell,
    cleared,
    kinds,
    returned,
)

BY = {"by": COORDINATOR, "now": NOON}
TODAY = NOON.date()


@pytest.fixture
def coordinator(signed_in):
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def query(session):
    """Cleared, and ready to leave."""
    query = a_whole_text(session)
    cleared(session, query)
    return query


def waiting(session, kind):
    rows = select(OutboxMessage).where(
        OutboxMessage.kind == kind, OutboxMessage.expired_at.is_(None)
    )
    return [row.institution.short for row in session.scalars(rows.order_by("id"))]


def test_the_day_is_recorded_and_fixes_the_text(session, coordinator, query):
    url = f"/desk/queries/{query.id}/sending"
    assert "Record as sent" in coordinator.get(url).text
    reply = coordinator.post(url, data={"sent_on": "16.03.2026"})
    assert reply.status_code == 303
    session.rollback()
    assert (query.sent_on, status_of(session, query)) == (TODAY, QueryStatus.SENT)
    assert kinds(session, query)[-1] == "sent"
    assert "Close the query" in coordinator.get(url).text


@pytest.mark.parametrize(
    ("typed", "status", "why"),
    [
        pytest.param("", 422, "Say on which day it was sent.", id="none"),
        pytest.param("31.2.2026", 422, "There is no such day", id="impossible"),
        pytest.param("2026-03-17", 409, "on a day to come", id="tomorrow"),
        pytest.param("2026-03-01", 409, "not answered before", id="before launch"),
    ],
)
def test_an_impossible_day_is_refused_at_the_field(
    session, coordinator, query, typed, status, why
):
    url = f"/desk/queries/{query.id}/sending"
    reply = coordinator.post(url, data={"sent_on": typed})
    session.rollback()
    assert (reply.status_code, query.sent_on) == (status, None)
    assert why in reply.text
    assert f'value="{typed}"' in reply.text


def test_what_is_not_cleared_is_not_sent(session):
    query = a_whole_text(session)
    with pytest.raises(IllegalAction, match="is not cleared"):
        record_sent(session, query, TODAY, **BY)


def test_f11_a_source_corrected_after_clearance_stops_the_sending(session, query):
    assignment = session.scalars(select(Assignment)).one()
    returned(session, assignment)
    late = NOON + timedelta(minutes=1)
    an_answer(session, assignment, "Another answer.", now=late)
    assert status_of(session, query) is QueryStatus.CLEARED  # not a word of it changed
    with pytest.raises(DomainError, match="A source was corrected"):
        record_sent(session, query, TODAY, **BY)


def test_g06_those_who_did_not_answer_are_told_and_no_longer_chased(
    session, coordinator, query
):
    late = [asked(session, short, query, CONTRIBUTES) for short in ("UT", "VDI")]
    for assignment in late:
        to = find_addressee(session, assignment.institution_id, TODAY)
        key = f"reminder:{assignment.id}"
        about = {"now": NOON, "assignment": assignment}
        enqueue(session, MailKind.REMINDER, to, key=key, **about)
    query.sent_on = TODAY
    session.commit()

    url = f"/desk/queries/{query.id}/closing"
    assert "Close the query and tell 2 institutions" in coordinator.get(url).text
    assert coordinator.post(url).status_code == 303

    session.rollback()
    assert status_of(session, query) is QueryStatus.CLOSED
    assert waiting(session, "no_longer_needed") == ["UT", "VDI"]
    assert waiting(session, "reminder") == []
    one = cell(session, late[0])
    assert contribution_status(facts_of(one, query)) == "not_answered"
    assert kinds(session, query)[-1] == "closed"


def test_who_never_got_the_invitation_is_not_told_of_its_end(session):
    query = a_query(session)
    assignment = asked(session, "UT", query)
    to = find_addressee(session, assignment.institution_id, TODAY)
    about = {"key": "invitation:1", "now": NOON, "assignment": assignment}
    enqueue(session, MailKind.INVITATION, to, **about)
    [notice] = closing_notices(session, query.id, TODAY)
    assert (notice.knows, notice.is_told) == (False, False)
    assert close_query(session, query, **BY) == 0
    assert waiting(session, "invitation") == waiting(session, "no_longer_needed") == []


def test_an_institution_without_an_address_is_named(session, coordinator):
    query = a_query(session)
    body = an_institution(session, email="", name_en="Body without mail")
    an_assignment(session, query=query, institution=body)
    page = coordinator.get(f"/desk/queries/{query.id}/closing").text
    assert "Body without mail" in page
    assert "no address: tell them by telephone" in page


def test_a_closed_query_is_opened_again_for_a_reason(session, coordinator, query):
    record_sent(session, query, TODAY, **BY)
    close_query(session, query, **BY)
    session.commit()
    url = f"/desk/queries/{query.id}/reopening"
    assert coordinator.post(url, data={"reason": " "}).status_code == 422
    session.rollback()
    assert status_of(session, query) is QueryStatus.CLOSED
    data = {"reason": "Estonia asks for more."}
    assert coordinator.post(url, data=data).status_code == 303
    session.rollback()
    assert status_of(session, query) is QueryStatus.SENT
    assert kinds(session, query)[-1] == "reopened"


def test_only_a_closed_query_is_opened_again(session, query):
    with pytest.raises(IllegalAction):
        reopen_query(session, query, "Why not.", **BY)


def test_closing_twice_tells_nobody_twice(session, coordinator, query):
    asked(session, "UT", query, CONTRIBUTES)
    url = f"/desk/queries/{query.id}/closing"
    statuses = [coordinator.post(url).status_code for _ in range(2)]
    session.rollback()
    assert statuses == [303, 409]
    assert waiting(session, "no_longer_needed") == ["UT"]


def test_e10_an_answer_after_closing_is_accepted_and_marked(session, query):
    late = asked(session, "UT", query, CONTRIBUTES)
    record_sent(session, query, TODAY, **BY)
    close_query(session, query, **BY)
    version = an_answer(session, late, "Late.", now=NOON + timedelta(days=40))
    one = cell(session, late)
    assert contribution_status(facts_of(one, query)) == "submitted"
    assert (version.number, version.due_on) == (1, date(2026, 3, 31))


@pytest.mark.parametrize(("page", "count"), [("sending", 4), ("closing", 3)])
@pytest.mark.parametrize("bodies", [1, 5])
def test_few_statements_for_any_number_of_rows(
    session, coordinator, query, statements, page, count, bodies
):
    for n in range(bodies):
        asked(session, f"B{n}", query, CONTRIBUTES)
    url = f"/desk/queries/{query.id}/{page}"
    with statements("SELECT") as seen:
        reply = coordinator.get(url)
    assert (reply.status_code, len(seen)) == (200, count)


@pytest.mark.parametrize("path", ["sending", "closing", "reopening"])
@pytest.mark.parametrize("role", [Role.APPROVER, Role.CONTACT])
def test_only_coordinators_end_a_query(signed_in, query, path, role):
    client = signed_in(role)
    assert client.post(f"/desk/queries/{query.id}/{path}").status_code == 403
