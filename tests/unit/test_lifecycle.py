"""What state a thing is in follows from its facts, and no state is a dead end."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from emnnet.domain.errors import IllegalAction
from emnnet.domain.lifecycle import (
    CONTRIBUTION_ACTIONS,
    REFUSALS,
    AssignmentStatus,
    CellRole,
    ContributionAction,
    ContributionFacts,
    ContributionStatus,
    allow,
    assignment_status,
    contribution_status,
)
from emnnet.domain.query_lifecycle import (
    QUERY_ACTIONS,
    QueryFacts,
    QueryStatus,
    query_status,
)

AT = datetime(2026, 3, 16, 10, tzinfo=UTC)
Status = ContributionStatus

CONTRIBUTIONS = [
    pytest.param(ContributionFacts(role=CellRole.INFORMED), Status.INFORMED, id="told"),
    pytest.param(ContributionFacts(), Status.ASKED, id="untouched"),
    pytest.param(ContributionFacts(has_draft=True), Status.DRAFT, id="begun"),
    pytest.param(
        ContributionFacts(has_draft=True, promised_on=date(2026, 3, 20)),
        Status.PROMISED,
        id="a promise says more than a draft",
    ),
    pytest.param(ContributionFacts(submitted=1), Status.SUBMITTED, id="sent in"),
    pytest.param(
        ContributionFacts(submitted=2, accepted=1),
        Status.SUBMITTED,
        id="an accepted version says nothing about the next one",
    ),
    pytest.param(
        ContributionFacts(submitted=1, accepted=1), Status.ACCEPTED, id="accepted"
    ),
    pytest.param(
        ContributionFacts(submitted=1, accepted=1, returned=1),
        Status.RETURNED,
        id="returned after it was accepted",
    ),
    pytest.param(ContributionFacts(declined_at=AT), Status.DECLINED, id="declined"),
    pytest.param(
        ContributionFacts(submitted=1, released_at=AT), Status.RELEASED, id="taken back"
    ),
    pytest.param(
        ContributionFacts(submitted=1, query_withdrawn_at=AT),
        Status.SUBMITTED,
        id="what was answered stays answered when the query is withdrawn",
    ),
    pytest.param(
        ContributionFacts(has_draft=True, query_withdrawn_at=AT),
        Status.WITHDRAWN,
        id="withdrawn while it was a draft",
    ),
    pytest.param(
        ContributionFacts(query_closed_at=AT), Status.NOT_ANSWERED, id="never answered"
    ),
]


@pytest.mark.parametrize(("facts", "expected"), CONTRIBUTIONS)
def test_f07_status_of_a_contribution_follows_its_facts(facts, expected):
    assert contribution_status(facts) is expected


def test_f07_status_goes_back_by_itself_when_a_fact_is_taken_away():
    promised = ContributionFacts(has_draft=True, promised_on=date(2026, 3, 20))
    assert contribution_status(replace(promised, promised_on=None)) is Status.DRAFT


def test_f08_every_status_of_a_contribution_is_reached():
    reached = {case.values[1] for case in CONTRIBUTIONS}
    assert reached == set(ContributionStatus)


def test_f08_every_status_has_its_actions_and_its_refusal():
    assert set(CONTRIBUTION_ACTIONS) == set(ContributionStatus) == set(REFUSALS)


def test_f08_every_owed_status_can_be_answered_and_every_answer_returned():
    for status, actions in CONTRIBUTION_ACTIONS.items():
        if status.is_owed:
            assert {ContributionAction.SUBMIT, ContributionAction.DECLINE} <= actions
        if status.is_done:
            assert ContributionAction.RETURN in actions


def test_f08_no_combination_of_facts_is_without_a_status():
    facts = product([False, True], [0, 1, 2], [0, 1], [0, 1], [None, AT], [None, AT])
    for draft, submitted, returned, accepted, declined, withdrawn in facts:
        made = ContributionFacts(
            has_draft=draft,
            submitted=submitted,
            returned=returned,
            accepted=accepted,
            declined_at=declined,
            query_withdrawn_at=withdrawn,
        )
        assert contribution_status(made) in ContributionStatus


def test_refused_action_says_why():
    with pytest.raises(IllegalAction, match="has taken this question back"):
        allow(ContributionAction.SUBMIT, ContributionFacts(released_at=AT))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([Status.ASKED, Status.ASKED], AssignmentStatus.ASKED),
        ([Status.ASKED, Status.DRAFT], AssignmentStatus.BEGUN),
        ([Status.SUBMITTED, Status.PROMISED], AssignmentStatus.PARTLY_ANSWERED),
        ([Status.SUBMITTED, Status.DECLINED], AssignmentStatus.ANSWERED),
        ([Status.ACCEPTED, Status.INFORMED], AssignmentStatus.ANSWERED),
        ([Status.DECLINED, Status.DECLINED], AssignmentStatus.DECLINED),
        ([Status.SUBMITTED, Status.RETURNED], AssignmentStatus.RETURNED),
        ([Status.RELEASED, Status.SUBMITTED], AssignmentStatus.ANSWERED),
        ([Status.RELEASED], AssignmentStatus.RELEASED),
        ([Status.INFORMED], AssignmentStatus.INFORMED),
        ([Status.SUBMITTED, Status.WITHDRAWN], AssignmentStatus.WITHDRAWN),
        ([Status.SUBMITTED, Status.NOT_ANSWERED], AssignmentStatus.NOT_ANSWERED),
    ],
)
def test_status_of_an_assignment_is_the_sum_of_its_contributions(cells, expected):
    assert assignment_status(cells) is expected


QUERIES = [
    (QueryFacts(questions=2), QueryStatus.REGISTERED),
    (QueryFacts(questions=2, asked=3, owed=1), QueryStatus.WAITING),
    (QueryFacts(questions=2, asked=1, refused_questions=1), QueryStatus.ALL_REFUSED),
    (QueryFacts(questions=2, asked=3), QueryStatus.TO_CONSOLIDATE),
    (QueryFacts(questions=2, asked=3, answered_questions=2), QueryStatus.TO_CLEAR),
    (
        QueryFacts(questions=1, answered_questions=1, clearance_asked=True),
        QueryStatus.IN_CLEARANCE,
    ),
    (
        QueryFacts(questions=1, answered_questions=1, cleared=True),
        QueryStatus.CLEARED,
    ),
    (QueryFacts(questions=1, sent_on=date(2026, 4, 1)), QueryStatus.SENT),
    (QueryFacts(sent_on=date(2026, 4, 1), closed_at=AT), QueryStatus.CLOSED),
    (QueryFacts(asked=1, withdrawn_at=AT, closed_at=AT), QueryStatus.WITHDRAWN),
    (QueryFacts(deleted_at=AT, withdrawn_at=AT), QueryStatus.DELETED),
]


@pytest.mark.parametrize(("facts", "expected"), QUERIES)
def test_f07_status_of_a_query_follows_its_facts(facts, expected):
    assert query_status(facts) is expected


def test_f08_every_status_of_a_query_is_reached_and_has_its_actions():
    assert {expected for _, expected in QUERIES} == set(QueryStatus)
    assert set(QUERY_ACTIONS) == set(QueryStatus)


def test_f08_every_query_that_lives_has_a_way_to_its_end():
    for status, actions in QUERY_ACTIONS.items():
        if not status.is_final:
            assert {"close", "withdraw"} & actions, status
