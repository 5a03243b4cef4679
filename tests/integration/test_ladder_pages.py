"""The page of the ladders."""

import pytest
from sqlalchemy import select

from emnnet.domain.ladder import SHIPPED, ReminderKind
from emnnet.domain.network import Duty
from emnnet.domain.roles import Role
from emnnet.models.ladder import LadderVersion
from emnnet.selectors.ladders import office_ladders

URL = "/settings/ladder"
FORM = {
    "seen": "1",
    "stuck_after": "3",
    "example": "2026-05-04",
    "five_days_before_active": "y",
    "five_days_before_days": "5",
    "one_day_before_active": "y",
    "one_day_before_days": "1",
    "day_after_active": "y",
    "day_after_days": "1",
    "promise_passed_days": "1",
    "second_chaser_active": "y",
    "second_chaser_days": "4",
    "escalation_active": "y",
    "escalation_days": "4",
    "escalation_chasers": "2",
    "call_active": "y",
    "call_days": "2",
    "call_chasers": "2",
    "after_reply_by_active": "y",
    "after_reply_by_days": "1",
}


def test_the_ladders_of_a_new_office_are_the_shipped_ones(session):
    assert office_ladders(session) == SHIPPED


def test_the_page_tells_what_an_institution_that_never_reacts_gets(signed_in):
    page = signed_in(Role.COORDINATOR).get(URL).text
    assert "An institution that never reacts gets" in page
    assert "4 working days after the last reminder has really left." in page
    assert "as shipped" in page


def test_a_saved_ladder_is_a_new_version_and_counts(signed_in, session):
    coordinator = signed_in(Role.COORDINATOR)
    reply = coordinator.post(f"{URL}/mandated", data=FORM | {"second_chaser_days": "6"})
    assert reply.status_code == 303, reply.text

    session.rollback()
    rules = {rule.kind: rule for rule in office_ladders(session)[Duty.MANDATED].rules}
    assert rules[ReminderKind.SECOND_CHASER].offset == 6
    versions = session.scalars(
        select(LadderVersion.number).where(LadderVersion.duty == Duty.MANDATED)
    ).all()
    assert sorted(versions) == [1, 2]
    page = coordinator.get(URL).text
    assert (
        "Second reminder after the date: 6 working days after the last reminder" in page
    )
    assert "Go back to the shipped ladder" in page


def test_the_shipped_ladder_comes_back(signed_in, session):
    coordinator = signed_in(Role.COORDINATOR)
    coordinator.post(f"{URL}/mandated", data=FORM | {"second_chaser_days": "6"})
    coordinator.post(f"{URL}/mandated/reset", data={"seen": "2"})
    assert office_ladders(session)[Duty.MANDATED] == SHIPPED[Duty.MANDATED]


def test_the_second_who_saves_is_told_and_keeps_what_was_typed(signed_in, session):
    coordinator = signed_in(Role.COORDINATOR)
    coordinator.post(f"{URL}/mandated", data=FORM | {"second_chaser_days": "6"})
    reply = coordinator.post(f"{URL}/mandated", data=FORM | {"second_chaser_days": "9"})
    assert reply.status_code == 409
    assert "Somebody else has saved this ladder meanwhile." in reply.text
    assert 'value="9"' in reply.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"second_chaser_days": "0"}, "at least one working day after it"),
        ({"second_chaser_days": "soon"}, "Give a whole number of working days."),
        ({"second_chaser_days": "400"}, "A distance is at most 60 working days."),
        ({"five_days_before_days": "1"}, "The first notice comes earlier"),
        ({"escalation_chasers": "1"}, "needs two reminders after the date"),
        ({"second_chaser_active": ""}, "comes after the second reminder"),
        ({"day_after_active": ""}, "needs the first of them"),
        ({"stuck_after": "0"}, "between 1 and 60"),
    ],
)
def test_steps_that_cannot_follow_each_other_are_refused(signed_in, change, said):
    data = {name: value for name, value in (FORM | change).items() if value}
    reply = signed_in(Role.COORDINATOR).post(f"{URL}/mandated", data=data)
    assert reply.status_code in {409, 422}
    assert said in reply.text


def test_trying_out_saves_nothing(signed_in, session):
    reply = signed_in(Role.COORDINATOR).post(
        f"{URL}/mandated", data=FORM | {"try": "1", "second_chaser_days": "8"}
    )
    assert reply.status_code == 200
    assert "8 working days after the last reminder" in reply.text
    assert office_ladders(session) == SHIPPED


def test_the_example_follows_what_is_typed(signed_in):
    coordinator = signed_in(Role.COORDINATOR)
    args = FORM | {"second_chaser_days": "8"}
    page = coordinator.get(f"{URL}/mandated/preview", query_string=args).text
    assert "8 working days after the last reminder" in page
    args = FORM | {"second_chaser_days": "x"}
    page = coordinator.get(f"{URL}/mandated/preview", query_string=args).text
    assert "Give a whole number of working days." in page
