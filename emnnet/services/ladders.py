"""Setting the ladder of reminders: a new version each time, the old ones are kept."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from emnnet.domain.errors import StaleVersion
from emnnet.domain.history import EventKind
from emnnet.domain.ladder import SHIPPED, Ladder, check_ladder
from emnnet.domain.messages import _n
from emnnet.domain.network import Duty
from emnnet.domain.roles import Actor
from emnnet.models.ladder import LadderStep, LadderVersion
from emnnet.services.events import record_office

STREAM = "ladders"
OVERTAKEN = _n(
    "Somebody else has saved this ladder meanwhile. Yours is still in the form: look "
    "at theirs below, then save again."
)


def save_ladder(
    session: Session,
    duty: Duty,
    ladder: Ladder,
    *,
    seen: int,
    by: Actor,
    now: datetime,
) -> LadderVersion:
    """Keep a new version; `seen` is the number of the version the form was opened with.

    Raises `DomainError` for steps that cannot follow each other, `StaleVersion` where
    somebody saved meanwhile.
    """
    check_ladder(ladder)
    newest = session.scalar(
        select(LadderVersion.number)
        .where(LadderVersion.duty == duty)
        .order_by(LadderVersion.number.desc())
        .limit(1)
    )
    if (newest or 0) != seen:
        raise StaleVersion(OVERTAKEN)
    version = _version(duty, ladder, seen + 1, by, now)
    try:
        with session.begin_nested():
            session.add(version)
    except IntegrityError as error:
        raise StaleVersion(OVERTAKEN) from error
    record_office(
        session,
        STREAM,
        EventKind.LADDER_CHANGED,
        by=by,
        now=now,
        duty=duty.value,
        number=version.number,
    )
    return version


def reset_ladder(
    session: Session, duty: Duty, *, seen: int, by: Actor, now: datetime
) -> LadderVersion:
    """Back to the ladder that was shipped, as a new version."""
    return save_ladder(session, duty, SHIPPED[duty], seen=seen, by=by, now=now)


def _version(
    duty: Duty, ladder: Ladder, number: int, by: Actor, now: datetime
) -> LadderVersion:
    steps = [
        LadderStep(
            position=position,
            kind=rule.kind,
            base=rule.base,
            working_days=rule.offset,
            chasers=rule.chasers,
            is_active=rule.is_active,
        )
        for position, rule in enumerate(ladder.rules, 1)
    ]
    return LadderVersion(
        duty=duty,
        number=number,
        stuck_after=ladder.stuck_after,
        is_shipped=ladder == SHIPPED[duty],
        made_at=now,
        made_by=by.name,
        steps=steps,
    )
