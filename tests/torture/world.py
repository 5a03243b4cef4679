"""What there is to remind of: institutions, queries, two seasons of assignments."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from emnnet.documents.holidays_source import country_holidays
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.network import Duty, Sector
from emnnet.domain.roles import COMMAND
from emnnet.models.assignment import Assignment
from emnnet.models.contact import Contact
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.query import Query, RequesterKind
from emnnet.models.question import Question
from emnnet.services.holidays import load_year
from tests.torture.sink import REFUSED

QUERIES = 16  # in a season
REFUSED_EACH = 20  # every so many institutions have an address that does not exist


@dataclass(frozen=True)
class Season:
    """Days before and after which the clocks change, and what is due around them.

    `holiday` is a Monday off some days later: the jobs run, and must keep still.
    """

    asked: datetime
    due: tuple[date, ...]
    days: tuple[date, ...]
    night: date
    holiday: date


SPRING = Season(
    asked=datetime(2026, 3, 2, 8, tzinfo=UTC),
    due=(date(2026, 3, 26), date(2026, 3, 27), date(2026, 3, 30), date(2026, 3, 31)),
    days=(date(2026, 3, 27), date(2026, 3, 30)),
    night=date(2026, 3, 29),
    holiday=date(2026, 4, 6),
)
AUTUMN = Season(
    asked=datetime(2026, 10, 1, 8, tzinfo=UTC),
    due=(
        date(2026, 10, 22),
        date(2026, 10, 23),
        date(2026, 10, 26),
        date(2026, 10, 27),
    ),
    days=(date(2026, 10, 23), date(2026, 10, 26)),
    night=date(2026, 10, 25),
    holiday=date(2026, 11, 2),
)
SEASONS = (SPRING, AUTUMN)


def make_world(session: Session, assignments: int) -> None:
    """So many assignments, half of them in each season."""
    days = [tuple(day) for day in country_holidays("LT", [2026])]
    load_year(
        session,
        "LT",
        2026,
        days,
        source="torture",
        version="1",
        by=COMMAND,
        now=SPRING.asked,
    )
    institutions = _institutions(session, assignments // (QUERIES * len(SEASONS)))
    for season in SEASONS:
        for number in range(1, QUERIES + 1):
            query = _query(session, season, number)
            _ask(session, query, season, institutions)


def _institutions(session: Session, count: int) -> list[int]:
    """With one contact each; some of the addresses do not exist."""
    bodies = [
        {
            "slug": f"body{n}",
            "name_en": f"Institution {n}",
            "name_lt": f"Įstaiga {n}",
            "abbreviation": f"I{n}",
            "sector": Sector.GOVERNMENT,
            "duty": Duty.MANDATED if n % 2 else Duty.RECOMMENDED,
        }
        for n in range(count)
    ]
    ids = list(session.scalars(insert(Institution).returning(Institution.id), bodies))
    contacts = [
        {
            "institution_id": id_,
            "role_title": "Focal point",
            "email": f"{'contact' if n % REFUSED_EACH else REFUSED}.{n}@example.org",
            "language": "lt" if n % 2 else "en",
        }
        for n, id_ in enumerate(ids)
    ]
    session.execute(insert(Contact), contacts)
    return ids


def _query(session: Session, season: Season, number: int) -> Query:
    query = Query(
        year=2026,
        number=season.asked.month * 100 + number,
        title=f"Quotas, part {number}",
        printed_title=f"EMN Ad-Hoc Query on quotas, part {number}",
        requester_kind=RequesterKind.NCP,
        requester_code="NL",
        requester_printed="NL EMN NCP",
        launched_on=season.asked.date(),
        reply_by=date(2026, season.night.month + 1, 20),
        received_at=season.asked,
    )
    session.add(query)
    session.flush()
    question = Question(
        query_id=query.id, position=1, label="1", text="Does a quota apply?"
    )
    session.add(question)
    session.flush()
    return query


def _ask(
    session: Session, query: Query, season: Season, institutions: list[int]
) -> None:
    """Put the query to all institutions; the invitations left long ago."""
    asked = [
        {
            "query_id": query.id,
            "institution_id": id_,
            "due_on": season.due[(n + query.number) % len(season.due)],
            "asked_at": season.asked,
            "invited_at": season.asked,
            "clock_start": 1,
            "version": 1,
        }
        for n, id_ in enumerate(institutions)
    ]
    ids = session.scalars(insert(Assignment).returning(Assignment.id), asked)
    question_id = query.questions[0].id
    cells = [
        {
            "assignment_id": id_,
            "question_id": question_id,
            "role": CellRole.CONTRIBUTES,
            "asked_at": season.asked,
            "version": 1,
        }
        for id_ in ids
    ]
    session.execute(insert(Contribution), cells)
