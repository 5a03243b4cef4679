"""Taking an act back, while nothing later depends on it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    exists,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from emnnet.domain.errors import IllegalAction
from emnnet.domain.messages import Message, _n, message, unpacked
from emnnet.domain.roles import Actor
from emnnet.models.assignment import Assignment
from emnnet.models.base import Base
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.network_change import (
    ActKind,
    NetworkAct,
    NetworkChange,
    Reorganisation,
)
from emnnet.models.outbox import OutboxMessage
from emnnet.selectors.reading import Reading, Rows
from emnnet.selectors.sources import proofs
from emnnet.services.following import move_planned
from emnnet.services.network_edits import (
    TRACKED,
    Facts,
    facts_in,
    facts_of,
    note_change,
    note_removal,
    open_act,
    put_facts,
    seal_act,
)
from emnnet.services.network_telling import kind_of, told_of
from emnnet.services.outbox import has_ended, mark_expired

UNDONE_ALREADY = _n("It was undone already.")
UNDO_THE_FIRST = _n("Undo the reorganisation itself: this goes with it.")
CHANGED_SINCE = _n(
    "This was changed later: %(what)s. Undo that change first, or correct it by "
    "the form."
)
USED_SINCE = _n("What was added is in use by now: %(what)s. It is named by: %(where)s.")
ACTED = _n(
    "An institution has worked on a query that moved: it cannot be undone as a whole "
    "any more. Correct it by the forms."
)
NOTICES = "handed\\_on%"  # the keys of mails that tell of an act
NOT_ANY_MORE = _n("What it tells of was undone.")
UNDONE = _n("Undone: %(what)s")


def undo_act(
    session: Session, act: NetworkAct, *, by: Actor, now: datetime, why: str = ""
) -> NetworkAct:
    """Bring every row of an act back to what it was. Raises `DomainError` if it cannot.

    The undoing is an act itself, and can be undone in turn.
    """
    check_undo(session, act)
    said = message(UNDONE, what=_said(act))
    undoing = open_act(session, ActKind.UNDONE, said, by=by, now=now, why=why)
    undoing.undoes_id = act.id
    planned = _reorganisation(session, act)
    _drop_notices(session, act, planned, now=now)
    for one in _whole(session, act, planned):
        for change in reversed(one.changes):
            _take_back(session, undoing, change)
    if planned is not None:
        planned.cancelled_at = now
    _revive(session, act)
    seal_act(session, undoing)
    return undoing


def check_undo(session: Session, act: NetworkAct) -> None:
    """Raise `DomainError` where something later depends on the act."""
    if session.scalar(select(exists().where(NetworkAct.undoes_id == act.id))):
        raise IllegalAction(UNDONE_ALREADY)
    if act.kind is ActKind.FOLLOWED:
        raise IllegalAction(UNDO_THE_FIRST)
    acts = _whole(session, act, _reorganisation(session, act))
    changes = [change for one in acts for change in one.changes]
    last = {(c.table_name, c.row_id): c for one in reversed(acts) for c in one.changes}
    session.flush()
    _check_untouched(session, last.values())
    _check_unused(session, changes)
    _check_no_proofs(session, changes)
    _check_unacted(session, acts)


def undone_ids(session: Session, act_ids: list[int]) -> set[int]:
    """Which of some acts were taken back; one statement."""
    wanted = select(NetworkAct.undoes_id).where(NetworkAct.undoes_id.in_(act_ids))
    return {one for one in session.scalars(wanted) if one is not None}


def _said(act: NetworkAct) -> Message:
    return unpacked(act.said)


def _reorganisation(session: Session, act: NetworkAct) -> Reorganisation | None:
    return session.scalar(select(Reorganisation).where(Reorganisation.act_id == act.id))


def _whole(
    session: Session, act: NetworkAct, planned: Reorganisation | None
) -> list[NetworkAct]:
    """The act, and before it what its day brought: the latest first."""
    followed = planned.followed_act_id if planned is not None else None
    later = [session.get_one(NetworkAct, followed)] if followed else []
    return [*later, act]


def _drop_notices(
    session: Session, act: NetworkAct, planned: Reorganisation | None, *, now: datetime
) -> None:
    """Mails that tell of the act and have not left do not leave."""
    for one in _whole(session, act, planned):
        told = select(OutboxMessage).where(
            OutboxMessage.key.like(f"{NOTICES}:{one.id}:%", escape="\\")
        )
        for mail in session.scalars(told):
            if not has_ended(mail):
                mark_expired(mail, NOT_ANY_MORE, now=now)
            mail.institution_id = None  # it may have been founded by the act
    session.flush()


def _revive(session: Session, act: NetworkAct) -> None:
    """Undoing the undoing of a reorganisation: it stands again."""
    if act.undoes_id is None:
        return
    planned = session.scalar(
        select(Reorganisation).where(Reorganisation.act_id == act.undoes_id)
    )
    if planned is not None:
        planned.cancelled_at = None


def _check_untouched(session: Session, last: Collection[NetworkChange]) -> None:
    """Every row must be as the act left it; one statement for all tables."""
    by_table: dict[str, list[NetworkChange]] = defaultdict(list)
    for change in last:
        by_table[change.table_name].append(change)
    wanted = tuple(
        select(TRACKED[name]).where(
            Base.metadata.tables[name].c.id.in_([one.row_id for one in changes])
        )
        for name, changes in by_table.items()
    )

    def compared(*found: Rows) -> None:
        for (name, changes), rows in zip(by_table.items(), found, strict=True):
            known = {row.id: facts_in(TRACKED[name], row) for row in rows}
            for change in changes:
                if not _same(known.get(change.row_id), change.after):
                    raise IllegalAction(CHANGED_SINCE, what=told_of(session, change))

    if wanted:
        Reading(wanted, compared).take(session)


def _same(now: Facts | None, then: Facts | None) -> bool:
    """Is the row as the act left it? Columns that came later do not count."""
    if now is None or then is None:
        return now is then
    return all(now[name] == value for name, value in then.items() if name in now)


def _check_unused(session: Session, changes: list[NetworkChange]) -> None:
    """A row that would go may not be named by rows the act did not touch."""
    own = {(change.table_name, change.row_id) for change in changes}
    made: dict[str, dict[int, NetworkChange]] = defaultdict(dict)
    for change in changes:
        if change.before is None:
            made[change.table_name][change.row_id] = change
    for table_name, ids in made.items():
        parts = [
            select(
                table.c.id.label("id"),
                literal(table.name).label("name"),
                column.label("named"),
            ).where(column.in_(ids), _is_no_notice(table))
            for table, column in _references(table_name)
        ]
        for id_, name, named in session.execute(union_all(*parts)) if parts else ():
            if (name, id_) not in own:
                what, where = told_of(session, made[table_name][named]), kind_of(name)
                raise IllegalAction(USED_SINCE, what=what, where=where)


def _check_no_proofs(session: Session, changes: list[NetworkChange]) -> None:
    """A source that would go may not back facts that the act did not touch."""
    made = [c for c in changes if c.table_name == "source" and c.before is None]
    if not made:
        return
    own = {(change.table_name, change.row_id) for change in changes}
    backed = proofs(session)
    for change in made:
        for proof in backed[str((change.after or {}).get("code"))]:
            table = "institution_fact" if proof.table == "fact" else proof.table
            if (table, proof.row_id) not in own:
                what, where = told_of(session, change), kind_of(table)
                raise IllegalAction(USED_SINCE, what=what, where=where)


def _is_no_notice(table: Table) -> ColumnElement[bool]:
    """The mails that tell of an act go with it."""
    if table.name != OutboxMessage.__tablename__:
        return true()
    return ~table.c.key.like(NOTICES, escape="\\")


def _references(table_name: str) -> list[tuple[Table, Column[Any]]]:
    """Each table with a number of its own, and its column, that names the table."""
    return [
        (table, column)
        for table in Base.metadata.tables.values()
        if "id" in table.c
        for column in table.columns
        if any(key.column.table.name == table_name for key in column.foreign_keys)
    ]


def _check_unacted(session: Session, acts: list[NetworkAct]) -> None:
    """Nobody may have worked on an assignment since it moved."""
    for act in acts:
        moved = [
            change.row_id
            for change in act.changes
            if change.table_name == Assignment.__tablename__
        ]
        worked = select(Contribution.id).join(Assignment).where(
            Assignment.id.in_(moved),
            (Contribution.draft_saved_at > act.at)
            | (Contribution.declined_at > act.at)
            | (Contribution.promised_at > act.at)
            | (Contribution.returned_at > act.at)
            | (Contribution.released_at > act.at)
            | (Assignment.acknowledged_at > act.at)
            | Contribution.versions.any(ContributionVersion.submitted_at > act.at),
        )  # fmt: skip
        if moved and session.scalar(worked.limit(1)) is not None:
            raise IllegalAction(ACTED)


def _take_back(session: Session, act: NetworkAct, change: NetworkChange) -> None:
    """Bring one row to what it was before."""
    kind = TRACKED[change.table_name]
    row = session.get(kind, change.row_id)
    if change.before is None:
        if row is not None:
            note_removal(session, act, row)
        return
    before = None if row is None else facts_of(row)
    if row is None:
        row = kind(id=change.row_id)
        session.add(row)
        put_facts(row, change.before)
    else:
        put_facts(row, change.before)
    session.flush()
    if isinstance(row, Assignment) and before is not None:
        move_planned(session, row, before["institution_id"], row.institution_id)
    note_change(session, act, row, before)
