"""Absence by the link in a mail, reminding by hand, and the note of a call."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from emnnet.domain.links import Errand
from emnnet.domain.roles import Role
from emnnet.models.absence import Absence
from emnnet.models.assignment import Assignment
from emnnet.models.call_note import CallNote
from emnnet.models.contact import Contact
from emnnet.models.outbox import OutboxMessage
from emnnet.services.calls import put_on_list
from emnnet.services.scoped_links import issue_scoped_link
from tests.builders import (
    COORDINATOR,
    a_contact,
    a_query,
    an_assignment,
    an_institution,
)
from tests.conftest import NOON
from tests.integration.partners import fresh

EARLIER = NOON - timedelta(days=20)


@pytest.fixture
def late(session):
    """Two institutions that are late with a query; one has a deputy and a number."""
    query = a_query(session, title="Return counselling")
    for name in ("MD", "VSAT"):
        body = an_institution(session, name_en=f"The {name}", abbreviation=name)
        a_contact(
            session,
            body,
            role_title="Deputy head",
            email=f"deputy.{name.lower()}@example.org",
            phone="+370 000 00001",
            position=2,
        )
        an_assignment(
            session,
            query=query,
            institution=body,
            role="contributes",
            due_on=date(2026, 3, 5),
            asked_at=EARLIER,
            invited_at=EARLIER,
        )
    return query


def test_somebody_says_by_the_link_that_they_are_away(page, session, late, axe):
    body = an_institution(session, email="first@example.org")
    second = a_contact(session, body, role_title="Deputy head", position=2)
    first = session.scalars(
        select(Contact).where(Contact.email == "first@example.org")
    ).one()
    token = issue_scoped_link(session, Errand.ABSENCE, first, now=NOON)
    session.commit()

    page.goto(f"/away/{token}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Away for a while")
    assert axe(page) == []
    page.get_by_label("First day away").fill("20.03.2026")
    page.get_by_label("Last day away").fill("31.02.2026")
    page.get_by_label("Deputy head").check()
    page.get_by_role("button", name="Write it down").click()
    summary = page.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    assert axe(page) == []
    expect(page.get_by_label("Deputy head")).to_be_checked()
    page.get_by_label("Last day away").fill("27.03.2026")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Away from Fri 20 Mar 2026 to Fri 27 Mar")).to_be_visible()
    assert axe(page) == []
    absence = fresh(session).scalars(select(Absence)).one()
    assert (absence.until, absence.substitute_id) == (date(2026, 3, 27), second.id)

    page.get_by_role("button", name="I am not away: end it").click()
    expect(page.get_by_text("Welcome back")).to_be_visible()
    assert fresh(session).get_one(Absence, absence.id).ended_at == NOON


def test_b24_remind_all_read_cancel_then_confirm(page, enter, session, late, axe):
    enter(page, Role.COORDINATOR, f"/desk/queries/{late.id}")
    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name="Remind…").click()
    expect(page.get_by_role("checkbox", name="MD")).to_be_checked()
    expect(page.get_by_text("Not opened by anybody yet")).to_have_count(2)
    assert axe(page) == []
    page.get_by_role("button", name="Preview the reminders").click()
    expect(page.get_by_text("Thank you for seeing to it.").first).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Cancel, send nothing").click()
    expect(page).to_have_url(f"/desk/queries/{late.id}")
    assert fresh(session).scalars(select(OutboxMessage)).all() == []

    page.goto(f"/desk/queries/{late.id}/remind")
    page.get_by_role("checkbox", name="VSAT").uncheck()
    page.get_by_role("button", name="Preview the reminders").click()
    expect(page.get_by_text("You did not tick it.")).to_be_visible()
    page.get_by_role("button", name="Send 1 reminder").click()
    expect(page.get_by_text("1 reminder leaves within seconds: MD.")).to_be_visible()
    expect(page.get_by_text("VSAT: You did not tick it.")).to_be_visible()
    assert len(fresh(session).scalars(select(OutboxMessage)).all()) == 1


def test_a_call_is_noted_and_its_promise_counts(page, enter, session, late, axe):
    one = session.scalars(select(Assignment).order_by(Assignment.id)).first()
    put_on_list(session, one, by=COORDINATOR, now=NOON)
    session.commit()

    enter(page, Role.COORDINATOR, "/desk")
    page.get_by_role("link", name="Call list").click()
    expect(page.get_by_role("link", name="+370 000 00001")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Not reached").click()
    expect(page.get_by_text("Not reached: stays on the list")).to_be_visible()

    page.get_by_role("link", name="Note a call MD").click()
    page.get_by_role("radio", name="Promised for a day").check()
    page.get_by_role("textbox", name="Note").fill("The deputy head sends it.")
    page.get_by_role("button", name="Keep the note").click()
    summary = page.get_by_role("group", name="There is a problem")
    expect(summary).to_contain_text("Enter the day the answer was promised for.")
    expect(page.get_by_role("textbox", name="Note")).to_have_value(
        "The deputy head sends it."
    )
    assert axe(page) == []
    page.get_by_role("textbox", name="Promised for").fill("18.03.2026")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("Nobody to call")).to_be_visible()
    assert axe(page) == []
    notes = fresh(session).scalars(select(CallNote).order_by(CallNote.id)).all()
    assert [(note.outcome, note.promised_on) for note in notes] == [
        ("not_reached", None),
        ("promised", date(2026, 3, 18)),
    ]
