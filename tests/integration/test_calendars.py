"""The calendars: shown, changed with a preview, taken in; only confirmed dates move."""

import json
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from emnnet.documents.holidays_source import country_holidays
from emnnet.domain.calendar import Unit
from emnnet.domain.mails import MailKind
from emnnet.domain.roles import Role
from emnnet.models.event import Event
from emnnet.models.holiday import CalendarChange, CalendarYear, Holiday
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task, TaskKind
from emnnet.selectors.calendar import office_calendar
from emnnet.services.holidays import load_year
from tests.builders import COORDINATOR, an_assignment, an_institution
from tests.conftest import NOON

SENT_ON = date(2026, 3, 16)  # a Monday
DUE_ON = date(2026, 3, 30)  # ten working days later
NEW_DAY = date(2026, 3, 20)  # a Friday that becomes a day off
TERM = {"term_days": 10, "term_unit": Unit.WORKING_DAYS, "term_from": SENT_ON}
URL = "/settings/calendars"


def lithuania_of_2026(session):
    """The days off of one year, as the package has them."""
    days = [tuple(one) for one in country_holidays("LT", [2026])]
    told = {"source": "test", "version": "1", "by": COORDINATOR, "now": NOON}
    load_year(session, "LT", 2026, days, **told)
    session.commit()


@pytest.fixture(autouse=True)
def _lithuania(session):
    lithuania_of_2026(session)


@pytest.fixture
def coordinator(signed_in):
    return signed_in(Role.COORDINATOR)


def edit(kind, day, english="", own=""):
    return json.dumps([kind, day.isoformat(), english, own])


def page_state(page):
    return re.search(r'name="seen" value="([^"]+)"', page.text)[1]


def moves_on(page):
    return re.findall(r'name="move"[^>]*value="([^"]+)"( checked)?', page.text)


def days(session, year=2026):
    session.rollback()
    rows = session.scalars(select(Holiday.day).where(Holiday.calendar == "LT"))
    return sorted(day for day in rows if day.year == year)


def five_queries(session):
    """Three open ones with a term, one answered, one closed."""
    body, other = an_institution(session), an_institution(session)
    open_ones = [
        an_assignment(session, due_on=DUE_ON, institution=who, **TERM)
        for who in (body, body, other)
    ]
    answered = an_assignment(session, due_on=DUE_ON, institution=other, **TERM)
    for one in answered.contributions:
        one.latest_number = 1
    closed = an_assignment(session, due_on=DUE_ON, institution=other, **TERM)
    closed.query.closed_at = NOON
    session.commit()
    return open_ones, [answered, closed]


def test_a15_a_holiday_added_later_moves_only_what_is_confirmed(session, coordinator):
    (first, second, third), finished = five_queries(session)
    data = {"day": "2026-03-20", "name_en": "Day of mourning", "name_local": "Gedulas"}
    page = coordinator.post(f"{URL}/LT/add", data=data)
    assert days(session).count(NEW_DAY) == 0
    shown = moves_on(page)
    assert {int(value.split(":")[0]) for value, _ in shown} == {
        first.id,
        second.id,
        third.id,
    }
    assert all(tick == " checked" for _, tick in shown)
    assert "Tue 31 Mar 2026" in page.text
    confirm = {
        "edit": edit("add", NEW_DAY, "Day of mourning", "Gedulas"),
        "seen": page_state(page),
        "source": "by hand",
        "move": [f"{first.id}:2026-03-31", f"{second.id}:2026-03-31"],
    }
    assert coordinator.post(f"{URL}/LT/confirm", data=confirm).status_code == 303
    session.rollback()
    later = date(2026, 3, 31)
    assert [one.due_on for one in (first, second, third)] == [later, later, DUE_ON]
    assert [one.due_on for one in finished] == [DUE_ON, DUE_ON]
    assert NEW_DAY in days(session)
    (mail,) = session.scalars(select(OutboxMessage)).all()
    assert (mail.kind, mail.institution_id) == (
        MailKind.DATES_MOVED,
        first.institution_id,
    )
    assert [move["new"] for move in mail.facts["moves"]] == ["2026-03-31"] * 2
    kinds = select(Event.query_id).where(Event.kind == "due_changed")
    assert sorted(session.scalars(kinds)) == sorted([first.query_id, second.query_id])


def test_a15_a_holiday_removed_moves_back_and_can_be_undone(session, coordinator):
    holiday = date(2026, 4, 6)
    due_on = date(2026, 4, 9)
    term = TERM | {"term_days": 17}
    assignment = an_assignment(session, due_on=due_on, **term)
    page = coordinator.post(f"{URL}/LT/preview", data={"edit": edit("remove", holiday)})
    ((value, tick),) = moves_on(page)
    assert (value, tick) == (f"{assignment.id}:2026-04-08", "")
    assert "earlier than now" in page.text
    confirm = {
        "edit": edit("remove", holiday),
        "seen": page_state(page),
        "move": value,
    }
    coordinator.post(f"{URL}/LT/confirm", data=confirm)
    session.rollback()
    assert (assignment.due_on, holiday in days(session)) == (date(2026, 4, 8), False)
    change = session.scalars(select(CalendarChange)).one()
    back = {"edit": change.undo_lines, "undoes": change.id}
    page = coordinator.post(f"{URL}/LT/preview", data=back)
    ((value, tick),) = moves_on(page)
    assert (value, tick) == (f"{assignment.id}:2026-04-09", " checked")
    coordinator.post(
        f"{URL}/LT/confirm", data=back | {"seen": page_state(page), "move": value}
    )
    session.rollback()
    assert (assignment.due_on, holiday in days(session)) == (due_on, True)
    names = session.get_one(Holiday, ("LT", holiday))
    assert names.name_local == "Antroji šv. Velykų diena"


def test_a15_a_date_set_by_hand_is_listed_and_not_moved(session, coordinator):
    assignment = an_assignment(session, due_on=DUE_ON)
    data = {"edit": edit("add", NEW_DAY, "Day of mourning")}
    page = coordinator.post(f"{URL}/LT/preview", data=data)
    assert moves_on(page) == []
    assert "Set by hand, not moved" in page.text
    assert assignment.query.reference in page.text


def test_a15_who_confirms_an_old_page_is_told(session, coordinator):
    (first, *_), _finished = five_queries(session)
    data = {"edit": edit("add", NEW_DAY, "Day of mourning")}
    seen = page_state(coordinator.post(f"{URL}/LT/preview", data=data))
    other = {"edit": edit("add", date(2026, 3, 23), "Another day"), "seen": seen}
    assert coordinator.post(f"{URL}/LT/confirm", data=other).status_code == 303
    late = data | {"seen": seen, "move": f"{first.id}:2026-03-31"}
    answer = coordinator.post(f"{URL}/LT/confirm", data=late)
    assert answer.status_code == 409
    assert "has changed since you looked" in answer.text
    assert NEW_DAY not in days(session)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"day": "31.02.2026", "name_en": "X"}, "There is no such day"),
        ({"day": "tomorrow", "name_en": "X"}, "is not a date"),
        ({"day": "2026-05-04", "name_en": " "}, "Say what the holiday is called."),
        ({"day": "2026-04-06", "name_en": "Twice"}, "is a holiday already"),
        ({"day": "2026-05-04", "name_en": "x" * 121}, "Keep it under 120 characters."),
    ],
)
def test_a_holiday_that_cannot_be_is_refused_with_what_was_typed(
    session, coordinator, data, words
):
    before = days(session)
    answer = coordinator.post(f"{URL}/LT/add", data=data)
    assert answer.status_code in {409, 422}
    assert words in answer.text
    assert data["name_en"].strip() in answer.text
    assert days(session) == before


@pytest.mark.parametrize("lines", [[], ["x"], ['["add"]'], ['["add","2026","",""]']])
def test_nonsense_in_a_form_changes_nothing(session, coordinator, lines):
    before = days(session)
    for page in ("preview", "confirm"):
        answer = coordinator.post(f"{URL}/LT/{page}", data={"edit": lines})
        assert answer.status_code == 303
    assert days(session) == before


def test_a_holiday_is_renamed(session, coordinator):
    data = {"day": "2026-04-06", "name_en": "Second day of Easter", "name_local": "V"}
    page = coordinator.post(f"{URL}/LT/rename", data=data)
    assert "is called Second day of Easter (V), not Easter Monday" in page.text
    line = edit("rename", date(2026, 4, 6), "Second day of Easter", "V")
    confirm = {"edit": line, "seen": page_state(page)}
    coordinator.post(f"{URL}/LT/confirm", data=confirm)
    session.rollback()
    row = session.get_one(Holiday, ("LT", date(2026, 4, 6)))
    assert (row.name_en, row.name_local) == ("Second day of Easter", "V")
    assert office_calendar(session).version == "1 +1"


def test_a_year_is_loaded_from_the_package_and_settles_its_task(session, coordinator):
    session.add(
        Task(
            key="calendar:LT:2027",
            kind=TaskKind.CALENDAR_MISSING,
            facts={"calendar": "LT", "year": 2027},
            made_at=NOON,
        )
    )
    session.commit()
    page = coordinator.post(f"{URL}/LT/load", data={"year": "2027"})
    lines = re.findall(r'name="edit"[^>]*value="([^"]+)" checked', page.text)
    assert len(lines) == 17  # the year, and sixteen days off
    edits = [line.replace("&#34;", '"').replace("&#39;", "'") for line in lines]
    data = {"edit": edits, "source": "package", "version": "holidays 1"}
    shown = coordinator.post(f"{URL}/LT/preview", data=data)
    assert "2027 counts as known" in shown.text
    data["seen"] = page_state(shown)
    coordinator.post(f"{URL}/LT/confirm", data=data)
    session.rollback()
    year = session.get_one(CalendarYear, ("LT", 2027))
    assert (year.version, year.source, year.revision) == ("holidays 1", "package", 0)
    assert len(days(session, 2027)) == 16
    assert session.scalars(select(Task)).one().done_at == NOON
    again = coordinator.post(f"{URL}/LT/load", data={"year": "2027"})
    assert again.status_code == 303


def test_pages_say_where_a_year_comes_from_and_which_is_missing(coordinator):
    page = coordinator.get(URL).text
    for words in ("Lithuania", "Belgium", "EU institutions", "No year is loaded"):
        assert words in page
    assert "Easter Monday" in coordinator.get(f"{URL}/LT").text
    missing = coordinator.get(f"{URL}/LT?year=2031").text
    assert "The calendar of 2031 is missing" in missing
    assert coordinator.get(f"{URL}/XX").status_code == 404


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_page_reads_in_few_statements(session, coordinator, statements, year):
    for number in range(1 if year == 2026 else 20):
        days = [(date(2027, 1, 1) + timedelta(days=number), "Day", "Diena")]
        told = {"source": "s", "version": "v", "by": COORDINATOR, "now": NOON}
        load_year(session, "LT", 2027 + number, days, **told)
    session.commit()
    coordinator.get(URL)
    with statements("SELECT") as seen:
        coordinator.get(f"{URL}/LT?year={year}")
    assert len(seen) == 4  # one of them for whoever is signed in


@pytest.mark.parametrize("number", [1, 50])
def test_a15_the_preview_costs_the_same_for_any_number_of_dates(
    session, coordinator, statements, number
):
    for _ in range(number):
        an_assignment(session, due_on=DUE_ON, **TERM)
    data = {"edit": edit("add", NEW_DAY, "Day of mourning")}
    with statements("SELECT") as seen:
        page = coordinator.post(f"{URL}/LT/preview", data=data)
    assert len(moves_on(page)) == number
    assert len(seen) == 4


def test_the_rule_of_the_office_hours_is_set_and_taken_back(session, coordinator):
    data = {"is_on": "y", "closes_at": "16:30"}
    assert coordinator.post(f"{URL}/LT/hours", data=data).status_code == 303
    session.rollback()
    assert f"{office_calendar(session).closes_at:%H:%M}" == "16:30"
    session.rollback()
    wrong = coordinator.post(f"{URL}/LT/hours", data={"is_on": "y", "closes_at": "x"})
    assert wrong.status_code == 422
    coordinator.post(f"{URL}/LT/hours", data={"closes_at": "16:30"})
    session.rollback()
    assert office_calendar(session).closes_at is None
