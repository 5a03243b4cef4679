"""What was changed in the network: acts with the rows they changed, newest first."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased, joinedload

from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.network_change import NetworkAct, NetworkChange
from emnnet.models.source import Source
from emnnet.models.theme import Theme

SHOWN = 12  # changes of one act in a list of acts
ACTS_A_PAGE = 20


@dataclass(frozen=True)
class ActLine:
    """One act: some of its changes, how many there are, and whether it was undone."""

    act: NetworkAct
    changes: tuple[NetworkChange, ...]
    total: int
    is_undone: bool


@dataclass(frozen=True)
class NameBook:
    """What rows are called, by number or code."""

    bodies: Mapping[int, str] = field(default_factory=dict)
    themes: Mapping[int, str] = field(default_factory=dict)
    contacts: Mapping[int, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)  # titles by code
    slugs: Mapping[int, str] = field(default_factory=dict)  # of bodies


@dataclass(frozen=True)
class NetworkHistory:
    """One page of acts."""

    lines: tuple[ActLine, ...]
    total: int
    names: NameBook


def network_history(
    session: Session,
    *,
    institution_id: int | None = None,
    page: int = 1,
    size: int = ACTS_A_PAGE,
    language: str = "en",
) -> NetworkHistory:
    """The acts of one body or of all, in three statements."""
    undoing = aliased(NetworkAct)
    wanted = select(
        NetworkAct, undoing.id.label("undoing"), func.count().over().label("total")
    ).outerjoin(undoing, undoing.undoes_id == NetworkAct.id)
    if institution_id is not None:
        wanted = wanted.where(NetworkAct.id.in_(_of_body(institution_id)))
    rows = session.execute(
        wanted.order_by(NetworkAct.id.desc()).limit(size).offset((page - 1) * size)
    ).all()
    found = _first_changes(session, [row.NetworkAct.id for row in rows], SHOWN)
    lines = tuple(
        ActLine(
            row.NetworkAct,
            tuple(change for change, _ in found[row.NetworkAct.id]),
            next((total for _, total in found[row.NetworkAct.id]), 0),
            row.undoing is not None,
        )
        for row in rows
    )
    total = rows[0].total if rows else 0
    names = name_book(session, language) if rows else NameBook()
    return NetworkHistory(lines, total, names)


def find_act_line(session: Session, act_id: int) -> ActLine | None:
    """One act with all its changes."""
    undoing = aliased(NetworkAct)
    found = session.execute(
        select(NetworkAct, undoing.id)
        .outerjoin(undoing, undoing.undoes_id == NetworkAct.id)
        .where(NetworkAct.id == act_id)
        .options(joinedload(NetworkAct.changes))
    ).unique()
    row = found.first()
    if row is None:
        return None
    act, undone = row
    return ActLine(act, tuple(act.changes), len(act.changes), undone is not None)


def name_book(session: Session, language: str = "en") -> NameBook:
    """What bodies, themes, contacts and sources are called, in one statement."""
    local = language == "lt"
    body = Institution.name_lt if local else Institution.name_en
    theme = Theme.name_lt if local else Theme.name_en
    none = literal("")
    rows = union_all(
        _gone("name_lt" if local else "name_en"),
        _names(
            "body", Institution.id, Institution.slug, Institution.abbreviation, body
        ),
        _names("theme", Theme.id, none, none, theme),
        _names("contact", Contact.id, none, none, Contact.role_title),
        _names("source", Source.id, Source.code, none, Source.title),
    )
    found: dict[str, dict[int, str]] = defaultdict(dict)
    slugs: dict[int, str] = {}
    sources: dict[str, str] = {}
    for what, id_, code, short, name in session.execute(rows):
        if what == "source":
            sources[code] = name or code
        else:
            if what == "body":
                slugs[id_] = code
            found[what][id_] = short.split(" / ")[0] or name
    return NameBook(found["body"], found["theme"], found["contact"], sources, slugs)


def _gone(name: str) -> Select[Any]:
    """What bodies were called that an act founded and its undoing took back."""
    called, none = NetworkChange.after[name].as_string(), literal("")
    short = NetworkChange.after["abbreviation"].as_string()
    return _names("body", NetworkChange.row_id, none, short, called).where(
        NetworkChange.table_name == Institution.__tablename__,
        called.is_not(None),
        NetworkChange.row_id.not_in(select(Institution.id)),
    )


def _names(what: str, id_: Any, code: Any, short: Any, name: Any) -> Select[Any]:
    return select(
        literal(what).label("what"),
        id_.label("id"),
        code.label("code"),
        short.label("short"),
        name.label("name"),
    )


def _of_body(institution_id: int) -> Select[int]:
    return select(NetworkChange.act_id).where(
        or_(
            NetworkChange.institution_id == institution_id,
            NetworkChange.other_institution_id == institution_id,
        )
    )


def _first_changes(
    session: Session, act_ids: Collection[int], most: int
) -> dict[int, list[tuple[NetworkChange, int]]]:
    """The first changes of each act, and how many it has."""
    found: dict[int, list[tuple[NetworkChange, int]]] = defaultdict(list)
    if not act_ids:
        return found
    place = func.row_number().over(
        partition_by=NetworkChange.act_id, order_by=NetworkChange.id
    )
    total = func.count().over(partition_by=NetworkChange.act_id)
    counted = (
        select(NetworkChange.id, place.label("place"), total.label("total"))
        .where(NetworkChange.act_id.in_(act_ids))
        .subquery()
    )
    rows = session.execute(
        select(NetworkChange, counted.c.total)
        .join(counted, counted.c.id == NetworkChange.id)
        .where(counted.c.place <= most)
        .order_by(NetworkChange.id)
    )
    for change, count in rows:
        found[change.act_id].append((change, count))
    return found
