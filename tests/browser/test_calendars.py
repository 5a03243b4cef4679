"""Why a date is what it is; and a holiday that comes later moves what was ticked."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from emnnet.domain.calendar import Unit
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.outbox import OutboxMessage
from emnnet.services.routing import save_routing
from emnnet.services.sending import send_routing
from emnnet.services.terms import choose_term
from tests.builders import COORDINATOR, a_query, an_institution
from tests.conftest import NOON
from tests.integration.partners import a_link
from tests.integration.routing_setup import a_partner
from tests.integration.test_calendars import lithuania_of_2026


@pytest.fixture
def assignments(session):
    """Two queries, each put to one institution for ten working days."""
    lithuania_of_2026(session)
    body = an_institution(session)
    for _ in range(2):
        query = a_query(session)
        cells = {(query.questions[0].id, body.id): CellRole.LEAD}
        about = {"by": COORDINATOR, "now": NOON}
        save_routing(session, query, cells, **about)
        choose_term(session, query, (10, Unit.WORKING_DAYS), None, **about)
        send_routing(session, query, {}, confirmed=True, **about)
    session.commit()
    return session.scalars(select(Assignment).order_by(Assignment.id)).all()


def test_partner_opens_why_the_date_is_that_day(page, session, assignments, axe):
    page.goto(a_link(session, assignments[0]))
    page.get_by_role("button", name="Continue to the questions").click()
    expect(page.get_by_text("Mon 30 Mar 2026").first).to_be_visible()
    page.get_by_text("Why this date?").click()
    days = page.get_by_role("group", name="Why this date?").last
    expect(days.get_by_text("10 working days.")).to_be_visible()
    expect(days.get_by_text("day zero, not counted")).to_be_visible()
    expect(days.get_by_text("not counted: Saturday").first).to_be_visible()
    expect(days.get_by_text("Calendar: LT, 1.")).to_be_visible()
    assert axe(page) == []


def test_a15_the_preview_of_a_new_holiday(page, enter, session, assignments, axe):
    enter(page, Role.COORDINATOR, "/settings")
    page.get_by_role("link", name="Calendars").click()
    expect(page).to_have_title("Calendars · emnnet")
    assert axe(page) == []
    page.get_by_role("link", name="Open Lithuania").click()
    expect(page).to_have_title("Lithuania 2026 · emnnet")
    assert axe(page) == []
    page.get_by_label("Day", exact=True).fill("20.03.2026")
    page.get_by_role("button", name="See what it would change").click()
    summary = page.get_by_role("group", name="There is a problem")
    expect(summary).to_be_focused()
    page.get_by_label("Name in English", exact=True).last.fill("Day of mourning")
    page.get_by_role("button", name="See what it would change").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Change the calendar")
    expect(page.get_by_text("becomes a day off: Day of mourning")).to_be_visible()
    ticks = page.get_by_role("checkbox")
    expect(ticks).to_have_count(2)
    expect(page.get_by_text("Tue 31 Mar 2026").first).to_be_visible()
    assert axe(page) == []
    ticks.nth(1).uncheck()
    page.get_by_role("button", name="Change the calendar").click()

    expect(page.get_by_text("1 date moved.", exact=False).first).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Day of mourning"))).to_be_visible()
    assert axe(page) == []
    session.rollback()
    dates = [one.due_on for one in assignments]
    assert dates == [date(2026, 3, 31), date(2026, 3, 30)]
    kinds = session.scalars(select(OutboxMessage.kind)).all()
    assert kinds.count("dates_moved") == 1


def test_the_office_chooses_a_term_and_opens_the_days(page, enter, session, axe):
    lithuania_of_2026(session)
    a_partner(session, "MD")
    query = a_query(session)
    enter(page, Role.COORDINATOR, f"/desk/queries/{query.id}/routing")
    page.get_by_text("Choose a term or an hour").click()
    page.get_by_label("Counted", exact=True).select_option("calendar_days")
    page.get_by_label("Days", exact=True).fill("14")
    page.get_by_label("Hour of the last day (optional)").fill("12:00")
    page.get_by_role("button", name="Use it for all who are not asked yet").click()
    expect(page.get_by_text("The term is kept.", exact=False).first).to_be_visible()
    expect(page.get_by_text("14 calendar days from the sending")).to_be_visible()
    page.get_by_text("Why this date?").click()
    expect(page.get_by_text("14 calendar days.")).to_be_visible()
    assert axe(page) == []
    page.goto(f"/desk/queries/{query.id}")
    page.get_by_text("Why this date?").first.click()
    expect(page.get_by_text("day zero, not counted").first).to_be_visible()
    assert axe(page) == []
