"""Ties from real work: their numbers, the queries behind them, and who may know."""

from datetime import date

import pytest

from emnnet.domain.audience import Audience, Dissemination
from emnnet.domain.lifecycle import CellRole, DeclineReason
from emnnet.domain.real_work import WorkFilter, WorkKind, WorkTie
from emnnet.models.contribution import ContributionVersion
from emnnet.models.national_response import (
    NationalResponse,
    Paragraph,
    ParagraphSource,
)
from emnnet.models.theme import Theme
from emnnet.selectors.asking_countries import country_queries, country_ties
from emnnet.selectors.real_work import tied_queries, work_ties
from tests.builders import a_query, an_assignment, an_institution
from tests.conftest import NOON

ALL = WorkFilter()


@pytest.fixture
def three(session):
    """md, vsat and caritas."""
    return [an_institution(session, slug=slug) for slug in ("md", "vsat", "caritas")]


def asked(session, bodies, **given):
    """A query put to these bodies; the first leads."""
    query = a_query(session, **given)
    roles = [CellRole.LEAD] + [CellRole.CONTRIBUTES] * len(bodies)
    return query, [
        an_assignment(session, query=query, institution=body, role=role)
        for body, role in zip(bodies, roles, strict=False)
    ]


def answered(session, assignment, dissemination=Dissemination.YES):
    """Its one contribution, submitted."""
    contribution = assignment.contributions[0]
    contribution.latest_number += 1
    version = ContributionVersion(
        contribution_id=contribution.id,
        number=contribution.latest_number,
        text="An answer.",
        dissemination=dissemination,
        submitted_at=NOON,
        submitted_by="Focal point",
        due_on=date(2026, 3, 31),
    )
    session.add(version)
    session.commit()
    return version


def cited(session, query, versions, dissemination=Dissemination.YES):
    """The national response, with a paragraph from each version."""
    response = NationalResponse(
        question_id=query.questions[0].id, dissemination=dissemination
    )
    session.add(response)
    session.flush()
    for position, version in enumerate(versions):
        paragraph = Paragraph(
            response_id=response.id,
            position=position,
            text="x",
            saved_at=NOON,
            saved_by="Coordinator",
        )
        paragraph.sources = [
            ParagraphSource(
                contribution_version_id=version.id, quote="x", seen_number=1
            )
        ]
        session.add(paragraph)
    session.commit()


def told(session, audience=Audience.OFFICE, wanted=ALL, kinds=tuple(WorkKind)):
    return set(work_ties(session, audience, wanted, kinds))


def test_asked_together_counts_queries_not_questions(session, three):
    asked(session, three[:2], questions=4)
    asked(session, three[:2])
    assert told(session) == {WorkTie(WorkKind.ASKED, "md", "vsat", 2)}


def test_who_is_only_informed_was_not_asked(session, three):
    query, _ = asked(session, three[:1])
    an_assignment(session, query=query, institution=three[1], role=CellRole.INFORMED)
    assert told(session) == set()


def test_a_deleted_query_counts_nowhere(session, three):
    query, _ = asked(session, three)
    query.deleted_at = NOON
    session.commit()
    assert told(session) == set()


def test_answered_and_cited_together(session, three):
    query, (one, two, _) = asked(session, three)
    cited(session, query, [answered(session, one), answered(session, two)])
    assert told(session, kinds=[WorkKind.ANSWERED, WorkKind.CITED]) == {
        WorkTie(WorkKind.ANSWERED, "md", "vsat", 1),
        WorkTie(WorkKind.CITED, "md", "vsat", 1),
    }


def test_handed_over_leads_from_who_refused_to_whom_it_named(session, three):
    _, (_one, two, _) = asked(session, three)
    refused = two.contributions[0]
    refused.declined_at, refused.decline_reason = NOON, DeclineReason.NOT_COMPETENT
    refused.suggested_institution_id = three[0].id
    session.commit()
    tie = WorkTie(WorkKind.HANDED_OVER, "vsat", "md", 1)
    assert told(session, kinds=[WorkKind.HANDED_OVER]) == {tie}
    behind = (tie.kind, "md", "vsat")
    assert tied_queries(session, Audience.OFFICE, behind, ALL) == []


@pytest.mark.parametrize(
    ("public", "dissemination", "known"),
    [
        (True, Dissemination.YES, 1),
        (True, Dissemination.NO, 0),
        (True, Dissemination.ASK, 0),
        (False, Dissemination.YES, 0),
    ],
)
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.NETWORK])
def test_others_know_only_of_published_answers_that_may_travel(
    session, three, public, dissemination, known, audience
):
    given = {"published_at": NOON} if public else {}
    query, (one, two, _) = asked(session, three, **given)
    versions = [answered(session, one), answered(session, two, dissemination)]
    cited(session, query, versions, dissemination)
    kinds = [tie.kind for tie in work_ties(session, audience, ALL)]
    assert kinds == [WorkKind.ANSWERED, WorkKind.CITED] * known
    for kind in WorkKind:
        pair = (kind, "md", "vsat")
        seen = tied_queries(session, audience, pair, ALL)
        assert len(seen) == kinds.count(kind)


def test_years_and_theme_narrow(session, three):
    theme = Theme(slug="return", name_en="Return", name_lt="Grąžinimas", position=1)
    session.add(theme)
    session.commit()
    asked(session, three[:2], year=2019, number=1, theme_id=theme.id)
    asked(session, three[:2], year=2026, number=1)
    tie = {1: {WorkTie(WorkKind.ASKED, "md", "vsat", 1)}, 0: set()}
    for wanted, count in (
        (WorkFilter(first_year=2020), 1),
        (WorkFilter(last_year=2018), 0),
        (WorkFilter(2019, 2019, "return"), 1),
        (WorkFilter(2026, 2026, "return"), 0),
        (WorkFilter(theme="unheard-of"), 0),
    ):
        assert told(session, wanted=wanted) == tie[count]


def test_the_queries_behind_a_tie_are_as_many_as_it_counts(session, three):
    for _ in range(3):
        asked(session, three)
    asked(session, three[1:])
    for tie in work_ties(session, Audience.OFFICE, ALL):
        for ends in ((tie.first, tie.second), (tie.second, tie.first)):
            seen = tied_queries(session, Audience.OFFICE, (tie.kind, *ends), ALL)
            assert (len(seen), seen[0].total) == (tie.queries, tie.queries)


def test_countries_are_tied_to_whom_they_asked(session, three):
    query, (one, *_) = asked(session, three[:2], requester_code="NL")
    assert country_ties(session, Audience.OFFICE, ALL) == [
        ("NL", "md", 1),
        ("NL", "vsat", 1),
    ]
    answered(session, one)
    assert country_ties(session, Audience.PUBLIC, ALL) == []
    query.published_at = NOON
    session.commit()
    assert country_ties(session, Audience.PUBLIC, ALL) == [("NL", "md", 1)]


@pytest.mark.parametrize("audience", [Audience.OFFICE, Audience.PUBLIC])
def test_the_number_of_a_country_is_that_of_the_queries_listed(
    session, three, audience
):
    for number in range(3):
        query, (one, *_) = asked(session, three, requester_code="NL")
        query.published_at = NOON if number else None
        answered(session, one)
    asked(session, three, requester_code="LV")
    for country, slug, count in country_ties(session, audience, ALL):
        listed = country_queries(session, audience, (slug, country), ALL)
        assert (len(listed), listed[0].total) == (count, count)
    none = country_queries(session, Audience.PUBLIC, ("md", "LV"), ALL)
    assert none == []


@pytest.mark.parametrize("count", [1, 30])
def test_all_ties_take_one_statement(session, three, statements, count):
    for _ in range(count):
        asked(session, three)
    with statements("WITH") as seen:
        assert len(work_ties(session, Audience.OFFICE, ALL)) == 3
    assert len(seen) == 1
