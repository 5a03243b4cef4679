"""From the reply-by date backwards, and what is said about other dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emnnet.documents.holidays_source import package_calendar
from emnnet.domain.errors import DomainError
from emnnet.domain.planner import (
    Plan,
    PlanSteps,
    StepName,
    check_partner_date,
    plan_backwards,
)

LITHUANIA = package_calendar("LT", range(2025, 2029))
ONLY_2026 = package_calendar("LT", [2026])
REPLY_BY, TODAY = date(2026, 7, 10), date(2026, 6, 22)
PROPOSED = date(2026, 7, 2)


def _plan(reply_by: date = REPLY_BY, today: date = TODAY) -> Plan:
    return plan_backwards(reply_by, LITHUANIA, PlanSteps(), today)


def _said(chosen: date, plan: Plan, today: date = TODAY) -> list[str]:
    warnings = check_partner_date(chosen, plan, LITHUANIA, today)
    return [str(warning) for warning in warnings]


def test_a22_the_proposal_leaves_five_working_days():
    plan = _plan()
    assert (plan.partner_due_on, plan.buffer) == (PROPOSED, 5)
    assert (plan.fits, plan.warnings) == (True, ())


def test_a22_the_plan_explains_each_step():
    assert [
        (step.name, step.starts_on, step.on, step.working_days)
        for step in _plan().steps
    ] == [
        (StepName.PARTNERS, TODAY, PROPOSED, 7),
        (StepName.CONSOLIDATION, date(2026, 7, 3), date(2026, 7, 7), 2),
        (StepName.CLEARANCE, date(2026, 7, 8), date(2026, 7, 9), 2),
        (StepName.SENDING, REPLY_BY, REPLY_BY, 1),
    ]
    consolidation = _plan().steps[1]
    assert [skipped.why for skipped in consolidation.skipped] == [
        "Saturday",
        "Sunday",
        "Statehood Day",
    ]


def test_a22_a_later_date_is_possible_and_the_lost_days_are_named():
    assert _said(date(2026, 7, 7), _plan()) == [
        (
            "Working days lost for consolidation, clearance and sending: 2 "
            "(2026-07-03, 2026-07-07). Days that remain: 3 of 5."
        )
    ]
    assert "Days that remain: 0 of 5." in _said(REPLY_BY, _plan())[0]


@pytest.mark.parametrize(
    "chosen", [PROPOSED, date(2026, 6, 30), TODAY], ids=["proposed", "earlier", "today"]
)
def test_a22_the_proposed_and_earlier_dates_pass_without_a_word(chosen):
    assert _said(chosen, _plan()) == []


def test_a22_a_date_after_the_reply_by_is_refused():
    with pytest.raises(DomainError, match="2026-07-13 is after the reply-by date"):
        _said(date(2026, 7, 13), _plan())


def test_a22_a_date_in_the_past_is_refused():
    with pytest.raises(DomainError, match="2026-06-19 is in the past"):
        _said(date(2026, 6, 19), _plan())


def test_a22_a_day_off_is_pointed_out():
    assert _said(date(2026, 6, 24), _plan()) == [
        "The office is closed on 2026-06-24 (Day of Dew and Saint John)."
    ]


def test_a_query_that_is_late_already_may_still_be_asked():
    today = date(2026, 7, 20)
    plan = _plan(today=today)
    assert not plan.fits
    late = ["The reply-by date 2026-07-10 has already passed."]
    assert [str(warning) for warning in plan.warnings] == late
    assert _said(date(2026, 7, 23), plan, today) == late


@pytest.mark.parametrize(
    ("today", "slack", "warning"),
    [
        pytest.param(date(2026, 6, 29), 0, None, id="just enough"),
        pytest.param(
            date(2026, 6, 30),
            -1,
            "Working days left for the partners: 2. Planned for them: 3.",
            id="a day short",
        ),
        pytest.param(
            PROPOSED,
            -3,
            "No working day is left for the partners: their deadline would be "
            "2026-07-02. Shorten the steps after it, or give the partners a later "
            "date.",
            id="nothing left",
        ),
    ],
)
def test_a22_the_plan_says_whether_it_fits(today, slack, warning):
    plan = _plan(today=today)
    assert (plan.slack, plan.fits) == (slack, warning is None)
    assert [str(said) for said in plan.warnings] == ([warning] if warning else [])


def test_a06_a_plan_over_the_turn_of_the_year_names_the_missing_calendar():
    plan = plan_backwards(date(2027, 1, 8), ONLY_2026, PlanSteps(), date(2026, 12, 1))
    assert plan.needs_confirmation
    assert [str(warning) for warning in plan.warnings] == [
        "calendar of 2027 is missing"
    ]


def test_a06_a_chosen_date_in_a_missing_year_is_pointed_out():
    plan = plan_backwards(date(2027, 1, 15), ONLY_2026, PlanSteps(), date(2026, 12, 1))
    chosen, today = date(2027, 1, 4), date(2026, 12, 1)
    warnings = check_partner_date(chosen, plan, ONLY_2026, today)
    assert [str(said) for said in warnings] == ["calendar of 2027 is missing"]


def test_steps_may_take_no_time_but_not_less():
    steps = PlanSteps(consolidation=0, clearance=0, sending=0)
    plan = plan_backwards(REPLY_BY, LITHUANIA, steps, TODAY)
    assert {step.on for step in plan.steps} == {REPLY_BY}
    with pytest.raises(DomainError, match="cannot take -1 working days"):
        plan_backwards(REPLY_BY, LITHUANIA, PlanSteps(clearance=-1), TODAY)


DAYS = st.dates(date(2025, 6, 1), date(2028, 6, 30))
COUNTS = st.integers(0, 10)


@given(DAYS, st.builds(PlanSteps, COUNTS, COUNTS, COUNTS, COUNTS))
def test_steps_follow_each_other_and_end_before_the_reply_by(reply_by, steps):
    plan = plan_backwards(reply_by, LITHUANIA, steps, date(2025, 6, 1))
    ends = [step.on for step in plan.steps]
    assert ends == sorted(ends)
    assert plan.steps[0].on == plan.partner_due_on
    assert plan.steps[-1].on == LITHUANIA.on_or_before(reply_by)
    assert LITHUANIA.is_working_day(plan.partner_due_on)


@given(DAYS, st.integers(0, 40))
def test_any_date_is_accepted_or_refused_with_a_reason(chosen, away):
    reply_by = LITHUANIA.add_working_days(TODAY, away)
    plan = plan_backwards(reply_by, LITHUANIA, PlanSteps(), TODAY)
    if TODAY <= chosen <= reply_by:
        warned = any("lost" in said for said in _said(chosen, plan))
        later = bool(LITHUANIA.working_days(plan.partner_due_on, chosen))
        assert warned is later
    else:
        with pytest.raises(DomainError):
            _said(chosen, plan)
