"""Made-up queries in any number: whole, repeatable, and with a history that holds."""

from datetime import date
from random import Random

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.models.contribution import Contribution
from emnnet.models.query import Query
from emnnet.models.search_entry import SearchEntry
from emnnet.rehearsal.bulk.ground import Ground, Partner, Subject
from emnnet.rehearsal.bulk.story import FIRST_DAY, Fate, invent
from emnnet.selectors.history import verify_history
from emnnet.selectors.query_facts import query_facts

TODAY = date(2026, 3, 16)


@pytest.fixture
def demo(app: Flask):
    """`demo(size)` runs the command."""

    def run(size: int, *options: str) -> Result:
        arguments = ["demo", "--size", str(size), *options]
        result = app.test_cli_runner().invoke(args=arguments)
        assert result.exit_code == 0, result.output
        return result

    return run


@pytest.fixture(scope="module")
def ground() -> Ground:
    """Two themes and five partners."""
    partners = tuple(
        Partner(n, f"I{n}", n, f"focal.point.{n}@example.org", "en")
        for n in range(1, 6)
    )
    themes = (Subject(1, "Asylum", partners[:3]), Subject(2, "Visas", ()))
    calendar = Calendar("LT", {date(2026, 3, 11): "Independence"}, frozenset({2026}))
    return Ground(themes, partners, 1, "Coordinator", 2, "Approver", calendar)


def titles(session: Session) -> list[str]:
    return list(session.scalars(select(Query.title).order_by(Query.id)))


def test_they_are_whole_and_their_history_holds(demo, client, session):
    demo(30)

    assert len(titles(session)) == 30
    assert not verify_history(session).breaks
    assert session.scalar(select(func.count(Contribution.id))) > 100
    assert session.scalar(select(func.count(SearchEntry.id))) > 30
    published = select(Query).where(Query.published_at.is_not(None))
    query = session.scalars(published).first()
    assert query.title in client.get(f"/queries/{query.reference}").text
    facts = query_facts(session, [query.id])[query.id]
    assert facts.questions == facts.answered_questions


def test_a_second_run_adds_to_the_first(demo, session):
    demo(5)
    demo(5, "--seed", "2")

    assert len(titles(session)) == 10
    assert not verify_history(session).breaks
    numbers = session.execute(select(Query.year, Query.number)).all()
    assert len(set(numbers)) == 10


def test_the_same_seed_says_the_same(ground):
    said = [invent(Random(f"7:{n}"), ground, TODAY) for n in range(50)]

    assert said == [invent(Random(f"7:{n}"), ground, TODAY) for n in range(50)]
    assert said != [invent(Random(f"8:{n}"), ground, TODAY) for n in range(50)]
    assert all(FIRST_DAY <= story.launched_on < TODAY for story in said)


def test_nothing_is_due_on_a_day_off(ground):
    told = [invent(Random(n), ground, TODAY) for n in range(2000)]

    days = {day for story in told for day in (story.due_on, story.reply_by)}
    assert [day for day in days if not ground.calendar.is_working_day(day)] == []


def test_of_a_hundred_one_is_open(ground):
    fates = [invent(Random(n), ground, TODAY).fate for n in range(5000)]

    still_open = [one for one in fates if one in (Fate.WAITING, Fate.REGISTERED)]
    assert 15 < len(still_open) < 75
    assert fates.count(Fate.PUBLISHED) > 4000


def test_never_where_it_is_meant(app):
    app.config["PRODUCTION"] = True

    result = app.test_cli_runner().invoke(args=["demo", "--size", "1"])

    assert (result.exit_code, "Not in production" in result.output) == (1, True)
