"""Versions: what was submitted, and which press of the button submitted it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.domain.moments import is_over
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.event import Event
from emnnet.selectors.contributions import draft_of, due_on, due_time
from emnnet.services.contribution_events import record_for
from emnnet.services.unchanged_sources import pass_unchanged


def add_version(
    session: Session,
    contribution: Contribution,
    *,
    by: Actor,
    now: datetime,
    key: str | None,
) -> ContributionVersion:
    """Make a version of the draft as it stands, which must be ready, and record it."""
    draft, due = draft_of(contribution), due_on(contribution)
    hour = due_time(contribution)
    assert draft.dissemination is not None  # noqa: S101 -- check_ready saw to it
    contribution.latest_number += 1
    contribution.promised_on = contribution.promised_at = None  # it is kept now
    contribution.wording = contribution.question.number
    version = ContributionVersion(
        contribution=contribution,
        number=contribution.latest_number,
        text=draft.text.strip(),
        dissemination=draft.dissemination,
        as_of=draft.as_of,
        submitted_at=now,
        submitted_by=by.name,
        due_on=due,
        due_time=hour,
    )
    session.add(version)
    session.flush()
    if version.number > 1:
        pass_unchanged(session, version)
    late = is_over(due, hour, now) or None
    facts = {"number": version.number, "version": version.id, "late": late, "key": key}
    record_for(session, EventKind.SUBMITTED, contribution, by=by, now=now, **facts)
    return version


def sent_with(
    session: Session, assignment: Assignment, key: str
) -> list[ContributionVersion]:
    """What the same press of the button has sent already."""
    if not key:
        return []
    events = session.scalars(
        select(Event.facts).where(
            Event.query_id == assignment.query_id, Event.kind == EventKind.SUBMITTED
        )
    )
    ids = [
        facts["version"]
        for facts in events
        if facts.get("key") == key and facts["assignment"] == assignment.id
    ]
    if not ids:
        return []
    wanted = select(ContributionVersion).where(ContributionVersion.id.in_(ids))
    return list(session.scalars(wanted.order_by(ContributionVersion.id)))
