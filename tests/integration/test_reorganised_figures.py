"""D12: the figures of past years and the pages of past days stay as they were."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from emnnet.domain.audience import Audience
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.real_work import WorkFilter, WorkKind
from emnnet.domain.reorganisation import NewNames, Reform
from emnnet.domain.roles import Role
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.selectors.organogram import organogram
from emnnet.selectors.real_work import work_ties
from emnnet.selectors.work_load import YearlyWork, yearly_work
from tests.builders import a_query, an_assignment, an_institution
from tests.integration.test_reorganisation import TODAY, do, tie

LAST_YEAR = WorkFilter(2025, 2025)
OPEN, FEW = 3, 4
THEN = datetime(2025, 6, 1, 9, tzinfo=UTC)


def a_unit(session, closed):
    """A unit under a directorate: closed queries of last year, three open ones."""
    unit = an_institution(session, slug="x", abbreviation="X", name_en="Unit X")
    tie(session, unit, an_institution(session, slug="a"))
    for number in range(closed + OPEN):
        over = {"year": 2025, "closed_at": THEN} if number < closed else {}
        an_assignment(session, query=a_query(session, **over), institution=unit)
    return unit


@pytest.fixture
def unit(session):
    """A unit with a few closed queries that it answered together with a fellow."""
    unit, fellow = a_unit(session, FEW), an_institution(session, slug="fellow")
    closed = Assignment.query.has(year=2025)
    for one in session.scalars(select(Assignment).where(closed)).all():
        role = CellRole.CONTRIBUTES
        an_assignment(session, query=one.query, institution=fellow, role=role)
    answers = select(Contribution).join(Assignment).where(closed)
    for answer in session.scalars(answers):
        answer.latest_number = 1
    session.commit()
    return unit


def figures(session):
    """Everything that is counted of last year."""
    session.expire_all()
    kinds = [WorkKind.ASKED, WorkKind.ANSWERED]
    return (
        yearly_work(session, Audience.OFFICE, LAST_YEAR),
        work_ties(session, Audience.OFFICE, LAST_YEAR, kinds),
    )


REFORMS = {
    Reform.MOVE: {"heirs": 1},
    Reform.MERGE: {"heirs": 1},
    Reform.RENAME: {"names": NewNames("Unit Z", "Skyrius Z")},
    Reform.SPLIT: {"founded": (NewNames("One", "Vienas"), NewNames("Two", "Du"))},
    Reform.END: {},
}


@pytest.mark.parametrize("reform", REFORMS)
def test_d12_the_figures_of_past_years_do_not_change(session, unit, reform):
    before = figures(session)
    assert YearlyWork("x", 2025, FEW, FEW, FEW) in before[0]
    assert [(one.kind, one.queries) for one in before[1]] == [(WorkKind.ASKED, FEW)]
    more = dict(REFORMS[reform])
    heirs = [an_institution(session, slug="y")] if more.pop("heirs", 0) else []
    do(session, reform, unit, heirs=heirs, **more)
    session.commit()
    assert figures(session) == before


def test_d12_three_open_ones_move_and_forty_closed_ones_keep_the_old_unit(session):
    unit, heir = a_unit(session, 40), an_institution(session, slug="y")
    do(session, Reform.MERGE, unit, heirs=[heir])
    session.commit()
    kept = select(Assignment.id).where(Assignment.institution_id == unit.id)
    moved = select(Assignment.id).where(Assignment.institution_id == heir.id)
    assert [len(session.scalars(one).all()) for one in (kept, moved)] == [40, OPEN]


def test_d12_the_pages_of_last_year_say_what_they_said(session, unit, signed_in):
    client, heir = signed_in(Role.COORDINATOR), an_institution(session, slug="b")

    def told():
        years = client.get("/network/measures/years.csv").text.splitlines()
        load = client.get("/network/measures/load.csv?as_of=2025-06-01").text
        return [line for line in years if "2025" in line], load

    before = told()
    do(session, Reform.MOVE, unit, heirs=[heir])
    session.commit()
    assert told() == before
    for day, above in ((date(2025, 6, 1), "a"), (TODAY, "b")):
        bonds = organogram(session, day).bonds
        assert [(one.source, one.target) for one in bonds] == [("x", above)]
