"""Every change of the network is noted: who, when, why, the row before and after.

A writer opens an act, changes rows, notes each with its facts of before (none for a
new row), and seals the act: its digest then stands in the chained history.
"""

from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from json import dumps
from typing import Any

from sqlalchemy import Date, DateTime, inspect
from sqlalchemy import Enum as EnumType
from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.domain.messages import Message, packed
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.base import Base, UtcDateTime
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.institution import FormerName, Institution, InstitutionFact
from emnnet.models.membership import Membership
from emnnet.models.network_change import ActKind, NetworkAct, NetworkChange
from emnnet.models.source import Source
from emnnet.models.theme import Theme, ThemeTerm
from emnnet.models.tie import Tie
from emnnet.models.user import User
from emnnet.services.events import record_office

Facts = dict[str, Any]
"""The columns of a row as plain words: days as text, kinds by their value."""

STREAM = "network"
PART_OF: dict[type[Base], frozenset[str]] = {
    Assignment: frozenset({"institution_id", "contact_id"}),
    User: frozenset({"institution_id", "contact_id", "deactivated_at"}),
}
"""Of these only where they belong is the network's business."""

NOT_OF: dict[type[Base], frozenset[str]] = {
    Contact: frozenset({"refused_at", "refusal"}),
}
TRACKED: dict[str, type[Base]] = {
    kind.__tablename__: kind
    for kind in (
        Institution,
        FormerName,
        InstitutionFact,
        Tie,
        Membership,
        Competence,
        Contact,
        Source,
        Theme,
        ThemeTerm,
        Assignment,
        User,
    )
}
"""The tables whose changes are noted, by name."""


def open_act(
    session: Session,
    kind: ActKind,
    said: Message,
    *,
    by: Actor,
    now: datetime,
    why: str = "",
) -> NetworkAct:
    """Begin an act. `said` tells what is done, `why` the reason somebody gave."""
    act = NetworkAct(
        kind=kind,
        said=packed(said),
        why=why.strip(),
        at=now,
        actor_kind=by.kind,
        actor_name=by.name,
        actor_role=by.role,
    )
    session.add(act)
    session.flush()
    return act


def note_change(
    session: Session, act: NetworkAct, row: Base, before: Facts | None
) -> NetworkChange | None:
    """Write down what became of a row; `before` is `facts_of(row)` from then.

    None where nothing is different. Flushes only where the row has no number yet.
    """
    if inspect(row).identity is None:
        session.flush()
    after = facts_of(row)
    return None if after == before else _noted(session, act, row, before, after)


def note_removal(session: Session, act: NetworkAct, row: Base) -> NetworkChange:
    """Write down that a row goes, and delete it."""
    change = _noted(session, act, row, facts_of(row), None)
    session.delete(row)
    session.flush()
    return change


def seal_act(session: Session, act: NetworkAct) -> bool:
    """Chain the act into the history. False, and no act, where nothing was changed."""
    session.flush()
    session.expire(act, ["changes"])
    if not act.changes:
        session.delete(act)
        session.flush()
        return False
    act.digest = digest_of(act)
    record_office(
        session,
        STREAM,
        EventKind.NETWORK_CHANGED,
        by=Actor(act.actor_kind, act.actor_name, act.actor_role),
        now=act.at,
        act=act.id,
        changes=len(act.changes),
        digest=act.digest,
    )
    return True


def digest_of(act: NetworkAct) -> str:
    """Over all that was noted, so that a later touch shows."""
    told = [act.kind, act.said, act.why, act.undoes_id]
    rows = [[c.table_name, c.row_id, c.before, c.after] for c in act.changes]
    written = dumps([told, rows], sort_keys=True, ensure_ascii=False)
    return sha256(written.encode()).hexdigest()


def basis_of(act: NetworkAct) -> str:
    """A digest of all that an act found: a preview is told by it from a later state."""
    rows = [
        [c.table_name, c.row_id if c.before is not None else None, c.before]
        for c in act.changes
    ]
    written = dumps(rows, sort_keys=True, ensure_ascii=False)
    return sha256(written.encode()).hexdigest()[:16]


def facts_of(row: Base) -> Facts:
    """The row as plain words, its number left out."""
    return facts_in(type(row), row)


def facts_in(kind: type[Base], row: Any) -> Facts:
    """The same of a plain row of that table."""
    return {column: _plain(getattr(row, column)) for column in tracked_columns(kind)}


def tracked_columns(kind: type[Base]) -> list[str]:
    """Which columns of a table are noted."""
    wanted = PART_OF.get(kind)
    left_out = NOT_OF.get(kind, frozenset()) | {"id"}
    names = (column.key for column in inspect(kind).column_attrs)
    return [
        name
        for name in names
        if (name in wanted if wanted is not None else name not in left_out)
    ]


def put_facts(row: Base, facts: Facts) -> None:
    """Bring a row to noted facts; a column that is no longer there is passed over."""
    columns = inspect(type(row)).columns
    for name, value in facts.items():
        if name in columns and getattr(row, name) != (
            read := _read(columns[name].type, value)
        ):
            setattr(row, name, read)


def row_number(row: Base) -> int:
    """The number of a row of a noted table."""
    return int(getattr(row, "id"))  # noqa: B009 -- each has one, the base has not


def seen_mark(row: Base) -> str:
    """A short digest of a row: a form carries it, and an overtaken one is told so."""
    written = dumps(facts_of(row), sort_keys=True, ensure_ascii=False)
    return sha256(written.encode()).hexdigest()[:16]


def _noted(
    session: Session,
    act: NetworkAct,
    row: Base,
    before: Facts | None,
    after: Facts | None,
) -> NetworkChange:
    one, other = _bodies(row)
    change = NetworkChange(
        act_id=act.id,
        table_name=row.__tablename__,
        row_id=row_number(row),
        institution_id=one,
        other_institution_id=other,
        before=before,
        after=after,
    )
    session.add(change)
    return change


def _bodies(row: Base) -> tuple[int | None, int | None]:
    """The institutions whose history it belongs to."""
    if isinstance(row, Institution):
        return row.id, None
    if isinstance(row, Tie):
        return row.from_institution_id, row.to_institution_id
    return getattr(row, "institution_id", None), None


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a moment is one, too
        return value.isoformat()
    return list(value) if isinstance(value, tuple | list) else value


def _read(kind: object, value: Any) -> object:
    """A plain word as the column holds it."""
    if value is None:
        return None
    if isinstance(kind, EnumType) and kind.enum_class is not None:
        return kind.enum_class(value)
    if isinstance(kind, UtcDateTime | DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return value
