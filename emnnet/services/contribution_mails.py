"""The mails that follow when an institution has said something."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from emnnet.domain.mails import MailKind
from emnnet.domain.moments import is_over, office_day
from emnnet.domain.roles import Actor, ActorKind
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.user import User
from emnnet.selectors.contacts import Addressee, find_addressee
from emnnet.selectors.office import office_addressees
from emnnet.services.outbox import enqueue


def tell_received(
    session: Session,
    assignment: Assignment,
    versions: Sequence[ContributionVersion],
    *,
    now: datetime,
) -> None:
    """Tell the coordinator that answers are in."""
    facts = _facts_of(versions, now)
    _tell_office(session, MailKind.CONTRIBUTION_RECEIVED, assignment, facts, now=now)


def send_receipt(
    session: Session,
    assignment: Assignment,
    versions: Sequence[ContributionVersion],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """A receipt with a copy, to who sent it and to the contact who was asked."""
    facts = _facts_of(versions, now)
    which = _numbers(facts["versions"])
    told: set[str] = set()
    for to in _witnesses(session, assignment, by, now):
        if to.email.lower() not in told:
            told.add(to.email.lower())
            key = f"receipt:{assignment.id}:{which}:{to.email.lower()}"
            enqueue(
                session,
                MailKind.RECEIPT,
                to,
                key=key,
                now=now,
                assignment=assignment,
                facts=facts,
            )


def tell_declined(
    session: Session, contributions: Sequence[Contribution], *, now: datetime
) -> None:
    """Tell the coordinator that there will be no text; all of one institution."""
    facts = _questions(contributions)
    assignment = contributions[0].assignment
    _tell_office(session, MailKind.CONTRIBUTION_DECLINED, assignment, facts, now=now)


def tell_change_asked(
    session: Session, contribution: Contribution, *, now: datetime
) -> None:
    """Tell the coordinator that the institution wants to change its answer."""
    facts = _questions([contribution])
    assignment = contribution.assignment
    _tell_office(session, MailKind.CHANGE_ASKED, assignment, facts, now=now)


def _tell_office(
    session: Session,
    kind: MailKind,
    assignment: Assignment,
    facts: dict[str, Any],
    *,
    now: datetime,
) -> None:
    """Versions are sent in once; what else is said may be said again later."""
    which = f"{_numbers(facts['contributions'])}:{now.isoformat()}"
    if "versions" in facts:
        which = _numbers(facts["versions"])
    for to in office_addressees(session, assignment.query):
        enqueue(
            session,
            kind,
            to,
            key=f"{kind}:{assignment.id}:{which}:{to.email}",
            now=now,
            assignment=assignment,
            facts=facts,
        )


def _witnesses(
    session: Session, assignment: Assignment, by: Actor, now: datetime
) -> Iterator[Addressee]:
    """Who sent it, if we know an address, and the contact who was asked."""
    contact = find_addressee(session, assignment.institution_id, office_day(now))
    language = contact.language if contact else "lt"
    if by.kind is ActorKind.LINK:
        yield Addressee(assignment.institution_id, by.name, language)
    elif by.user_id and (user := session.get(User, by.user_id)):
        yield Addressee(assignment.institution_id, user.email, user.language)
    asked = assignment.contact
    if asked is not None and asked.refused_at is None:
        yield Addressee(
            assignment.institution_id, asked.email, asked.language, asked.id
        )
    elif contact is not None:
        yield contact


def _facts_of(versions: Sequence[ContributionVersion], now: datetime) -> dict[str, Any]:
    """Ids and labels; the texts are read from the versions when the mail is written."""
    late = any(is_over(one.due_on, one.due_time, now) for one in versions)
    return _questions([version.contribution for version in versions]) | {
        "versions": [version.id for version in versions],
        "late": late,
    }


def _numbers(ids: Sequence[int]) -> str:
    return "-".join(str(id_) for id_ in ids)


def _questions(contributions: Sequence[Contribution]) -> dict[str, Any]:
    return {
        "contributions": [contribution.id for contribution in contributions],
        "questions": [contribution.question.label for contribution in contributions],
    }
