"""The samples of the first start: something to see on every page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.app import create_app
from emnnet.cli.first_start import load_holidays, load_shipped_network
from emnnet.domain.audience import CLOSED_SENTENCE
from emnnet.domain.lifecycle import ContributionStatus, contribution_status
from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.domain.roles import Role
from emnnet.extensions import db
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.event import Event
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.models.reminder import Reminder
from emnnet.paths import DATA
from emnnet.rehearsal.answers import MADE_UP
from emnnet.rehearsal.samples import load_samples
from emnnet.selectors.contributions import facts_of
from emnnet.selectors.history import verify_history
from emnnet.selectors.query_facts import status_of
from tests.builders import a_user
from tests.conftest import Clock
from tests.databases import Databases

pytestmark = pytest.mark.long

SAMPLES = DATA / "lt" / "queries"
LAST = select(func.max(Event.at)).where(Event.query_id.is_not(None))


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def app(
    databases: Databases, pristine: str, clock: Clock, tmp_path_factory
) -> Iterator[Flask]:
    """The samples as they are on the day of the clock; played once for this file."""
    url, folder = databases.create(like=pristine), tmp_path_factory.mktemp("samples")
    settings = {"SECRET_KEY": "test", "DATABASE_URL": url, "SERVER_NAME": "localhost"}
    app = create_app(settings, now=clock, instance=str(folder))
    prepare(app, clock)
    yield app
    with app.app_context():
        db.engine.dispose()


def prepare(app: Flask, clock: Clock) -> int:
    with app.app_context():
        load_shipped_network()
        load_holidays(clock.now.date(), first_year=2025)
        with db.sessionmaker() as session:
            a_user(session, Role.COORDINATOR)
            a_user(session, Role.APPROVER)
    return load_samples(app, SAMPLES, mails(app), now=clock.now)


def mails(app: Flask) -> Path:
    return Path(app.instance_path, app.config["MAIL_FOLDER"])


def first_word(title: str) -> str:
    return title.split()[0].lower()


def statuses(session: Session) -> dict[str, QueryStatus]:
    queries = session.scalars(select(Query).order_by(Query.id))
    return {first_word(query.title): status_of(session, query) for query in queries}


def cells(session: Session, title: str) -> set[ContributionStatus]:
    found = session.scalars(
        select(Contribution)
        .join(Contribution.assignment)
        .join(Assignment.query)
        .where(Query.title.istartswith(title))
    )
    return {contribution_status(facts_of(one, one.assignment.query)) for one in found}


def test_every_state_is_there(session, clock):
    assert statuses(session) == {
        "accommodation": QueryStatus.CLOSED,
        "forged": QueryStatus.CLOSED,
        "guardians": QueryStatus.IN_CLEARANCE,
        "return": QueryStatus.WAITING,
        "recognition": QueryStatus.WAITING,
        "work": QueryStatus.WAITING,
        "income": QueryStatus.REGISTERED,
    }
    assert cells(session, "work") >= {
        ContributionStatus.SUBMITTED,
        ContributionStatus.PROMISED,
        ContributionStatus.DECLINED,
        ContributionStatus.ASKED,
    }
    rows = session.execute(
        select(Query.title, func.min(Assignment.due_on))
        .join(Assignment, Assignment.query_id == Query.id)
        .group_by(Query.title)
    )
    due, today = {first_word(title): day for title, day in rows}, clock.now.date()
    assert due["return"] < today
    assert [word for word, day in due.items() if day == today] == ["recognition"]


def test_the_past_is_told_with_the_dates_of_then(session, clock, app):
    assert session.scalar(LAST) < clock.now
    assert session.scalar(select(func.count(Reminder.id))) > 0
    waiting = select(OutboxMessage).where(OutboxMessage.sent_at.is_(None))
    assert session.scalars(waiting).all() == []
    assert session.scalar(select(func.max(OutboxMessage.sent_at))) < clock.now
    sent = session.scalar(select(func.count(OutboxMessage.id)))
    assert len(list(mails(app).glob("*.eml"))) == sent
    assert not verify_history(session).breaks


def test_visitors_find_open_answers_only(client, session):
    query = session.scalars(
        select(Query).where(Query.title.istartswith("forged"))
    ).one()
    page = unescape(client.get(f"/queries/{query.reference}").text)

    assert page.count(CLOSED_SENTENCE) == 1
    assert page.count(MADE_UP) > 1
    assert query.title in client.get("/queries").text


def test_they_are_loaded_once(app, clock):
    assert load_samples(app, SAMPLES, mails(app), now=clock.now) == 0


@pytest.mark.any_database
def test_they_fit_a_sunday_before_dawn_after_the_holidays(settings, tmp_path):
    clock = Clock()
    clock.now = datetime(2026, 1, 4, 4, 0, tzinfo=UTC)
    app = create_app(settings, now=clock, instance=str(tmp_path))

    assert prepare(app, clock) == 7
    with app.app_context():
        with db.sessionmaker() as session:
            last = session.scalar(LAST)
            due = set(session.scalars(select(Assignment.due_on)))
        db.engine.dispose()
    assert clock.now - timedelta(days=6) < last < clock.now
    assert date(2026, 1, 5) in due
    assert [day for day in due if day.weekday() > 4] == []
