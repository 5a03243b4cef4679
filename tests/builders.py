"""Make rows for tests. All has a default: say only what the test is about."""

from datetime import date, datetime
from itertools import count
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from emnnet.domain.lifecycle import CellRole
from emnnet.domain.network import Sector
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.models.assignment import Assignment
from emnnet.models.contact import Contact
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.query import Query, RequesterKind
from emnnet.models.question import Question
from emnnet.models.user import User
from tests.conftest import NOON

PASSWORD = "correct horse battery"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
COORDINATOR = Actor(ActorKind.PERSON, "Coordinator", Role.COORDINATOR)

_serial = count(1)


def an_institution(session: Session, **given: Any) -> Institution:
    """A government body with one contact."""
    n = next(_serial)
    email = given.pop("email", f"focal.point.{n}@example.org")
    language = given.pop("language", "en")
    defaults = {
        "slug": f"body{n}",
        "name_en": f"Institution {n}",
        "name_lt": f"Įstaiga {n}",
        "abbreviation": f"I{n}",
        "sector": Sector.GOVERNMENT,
    }
    institution = _add(session, Institution(**defaults | given))
    if email:
        a_contact(session, institution, email=email, language=language)
    return institution


def a_contact(session: Session, institution: Institution, **given: Any) -> Contact:
    defaults = {
        "institution_id": institution.id,
        "role_title": "Focal point",
        "email": f"contact.{next(_serial)}@example.org",
        "language": "en",
    }
    return _add(session, Contact(**defaults | given))


def a_user(session: Session, role: Role = Role.COORDINATOR, **given: Any) -> User:
    n = next(_serial)
    if role is Role.CONTACT and "institution_id" not in given:
        given["institution_id"] = an_institution(session).id
    defaults = {
        "email": f"{role}.{n}@example.org",
        "name": f"{role.capitalize()} {n}",
        "role": role,
        "password_hash": QUICK,
        "session_key": f"key-{n}",
        "created_at": NOON,
    }
    return _add(session, User(**defaults | given))


def a_query(session: Session, *, questions: int = 1, **given: Any) -> Query:
    """A registered query with plain questions."""
    defaults = {
        "year": 2026,
        "number": _next_number(session),
        "title": "Family reunification",
        "printed_title": "EMN Ad-Hoc Query on Family reunification",
        "requester_kind": RequesterKind.NCP,
        "requester_code": "NL",
        "requester_printed": "NL EMN NCP",
        "launched_on": date(2026, 3, 2),
        "reply_by": date(2026, 4, 10),
        "received_at": NOON,
    }
    query = _add(session, Query(**defaults | given))
    for position in range(1, questions + 1):
        text = f"How does your Member State treat case {position}?"
        session.add(
            Question(
                query_id=query.id, position=position, label=str(position), text=text
            )
        )
    session.commit()
    return query


def an_assignment(
    session: Session,
    *,
    role: CellRole = CellRole.LEAD,
    asked_at: datetime = NOON,
    **given: Any,
) -> Assignment:
    """All questions of a query put to one institution, as sending would."""
    query = given.pop("query", None) or a_query(session)
    institution = given.pop("institution", None) or an_institution(session)
    contact = session.scalar(
        select(Contact)
        .where(Contact.institution_id == institution.id)
        .order_by(Contact.id)
    )
    defaults = {
        "query_id": query.id,
        "institution_id": institution.id,
        "contact_id": contact.id if contact else None,
        "due_on": date(2026, 3, 31),
        "asked_at": asked_at,
    }
    assignment = _add(session, Assignment(**defaults | given))
    for question in query.questions:
        session.add(
            Contribution(
                assignment_id=assignment.id,
                question_id=question.id,
                role=role,
                asked_at=asked_at,
            )
        )
    session.commit()
    return assignment


def _next_number(session: Session) -> int:
    return (session.scalar(select(func.max(Query.number))) or 0) + 1


def _add(session: Session, row: Any) -> Any:
    session.add(row)
    session.commit()
    return row
