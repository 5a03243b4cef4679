"""Loading a described network into the tables, as often as you like."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError
from emnnet.domain.history import EventKind
from emnnet.domain.messages import _n, message
from emnnet.domain.network import NetworkDescription
from emnnet.domain.network_given_rows import KEYS
from emnnet.domain.roles import Actor
from emnnet.models.base import Base
from emnnet.models.institution import Institution
from emnnet.models.network_change import ActKind, NetworkAct
from emnnet.models.theme import Theme
from emnnet.selectors.network_plan import (
    NAMED_BY_SLUG,
    TABLES,
    Outcome,
    Plan,
    Planned,
    plan_of,
)
from emnnet.services.events import record_office
from emnnet.services.network_edits import facts_of, note_change, open_act, seal_act
from emnnet.services.network_rows import LoadReport, report_of

Numbers = dict[str, dict[str, int]]
"""Of institutions and themes, by slug."""

LOADED = _n("Network files loaded: %(created)d rows made, %(changed)d changed")
OTHER_PLAN = _n(
    "The network was changed since you looked at the preview. "
    "Here is the preview as it is now: look at it again, then load."
)


class PlanChanged(DomainError):
    """What would be done is not what was looked at."""

    def __init__(self) -> None:
        super().__init__(OTHER_PLAN)


def load_network(
    session: Session,
    description: NetworkDescription,
    *,
    by: Actor,
    now: datetime,
    why: str = "",
    looked_at: str | None = None,
) -> LoadReport:
    """Bring the tables to what the description says; rows it does not name stay.

    `looked_at` is the fingerprint of the plan that somebody agreed to. Raises
    `NetworkProblems`, with files and lines, or `PlanChanged` before any change.
    """
    plan = plan_of(session, description)
    if looked_at is not None and looked_at != plan.fingerprint:
        raise PlanChanged
    report = report_of(plan)
    if not plan.moving:
        return report
    made = report.total(Outcome.CREATED)
    changed = report.total(Outcome.CHANGED) + report.total(Outcome.ENDED)
    said = message(LOADED, created=made, changed=changed)
    act = open_act(session, ActKind.LOADED, said, by=by, now=now, why=why)
    _carry_out(session, plan, act)
    seal_act(session, act)
    kind, facts = EventKind.NETWORK_LOADED, {"created": made, "changed": changed}
    record_office(session, "network", kind, by=by, now=now, **facts)
    return report


def _carry_out(session: Session, plan: Plan, act: NetworkAct) -> None:
    """Table by table: a row names those of tables before it by their number."""
    for table, group in groupby(plan.moving, key=lambda one: one.given.table):
        of_others = NAMED_BY_SLUG & set(KEYS[table])
        numbers = _numbers(session) if of_others else {}
        _put(session, group, numbers, act)


def _numbers(session: Session) -> Numbers:
    bodies = session.execute(select(Institution.slug, Institution.id))
    themes = session.execute(select(Theme.slug, Theme.id))
    return {
        "institution": {row.slug: row.id for row in bodies},
        "theme": {row.slug: row.id for row in themes},
    }


def _put(
    session: Session, group: Iterable[Planned], numbers: Numbers, act: NetworkAct
) -> None:
    noted: list[tuple[Base, dict[str, Any] | None]] = []
    for planned in group:
        if planned.row is None:
            row = _made(planned, numbers)
            session.add(row)
            noted.append((row, None))
            continue
        noted.append((planned.row, facts_of(planned.row)))
        for one in planned.differences:
            setattr(planned.row, one.column, one.after)
    session.flush()
    for row, before in noted:
        note_change(session, act, row, before)


def _made(planned: Planned, numbers: Numbers) -> Base:
    key = dict(_columns(planned, numbers))
    return TABLES[planned.given.table](**key, **planned.given.columns)


def _columns(planned: Planned, numbers: Numbers) -> Iterator[tuple[str, object]]:
    for column, part in zip(KEYS[planned.given.table], planned.given.key, strict=True):
        if column not in NAMED_BY_SLUG:
            yield column, part
        else:
            named = numbers["theme" if column == "theme" else "institution"]
            yield f"{column}_id", named[str(part)]
