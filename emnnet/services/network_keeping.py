"""Changing one row of the network by a form, so that it can be undone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from emnnet.domain.errors import StaleVersion
from emnnet.domain.messages import Message, _n, message, packed
from emnnet.domain.roles import Actor
from emnnet.models.base import Base
from emnnet.models.competence import Competence
from emnnet.models.institution import FormerName, Institution, InstitutionFact
from emnnet.models.membership import Membership
from emnnet.models.network_change import ActKind, NetworkAct
from emnnet.models.source import Source
from emnnet.models.tie import Tie
from emnnet.services.network_checks import check, check_removal, check_unique
from emnnet.services.network_edits import (
    facts_of,
    note_change,
    note_removal,
    open_act,
    seal_act,
    seen_mark,
)
from emnnet.services.network_given import (
    Given,
    GivenCompetence,
    GivenFact,
    GivenInstitution,
    GivenMembership,
    GivenName,
    GivenSource,
    GivenTie,
)
from emnnet.services.network_telling import told

KINDS: dict[type[Given], type[Base]] = {
    GivenInstitution: Institution,
    GivenName: FormerName,
    GivenFact: InstitutionFact,
    GivenTie: Tie,
    GivenMembership: Membership,
    GivenCompetence: Competence,
    GivenSource: Source,
}
KEYS: dict[type[Given], tuple[str, ...]] = {
    GivenFact: ("institution_id", "aspect"),
    GivenTie: ("kind", "from_institution_id", "to_institution_id", "valid_from"),
    GivenMembership: ("institution_id", "kind", "valid_from"),
    GivenCompetence: ("institution_id", "theme_id", "valid_from"),
}
"""What may stand only once."""

OVERTAKEN = _n(
    "Somebody else has changed this meanwhile. What you typed is still in the form: "
    "compare it with what stands now, and save again."
)
ADDED = _n("Added: %(what)s")
CHANGED = _n("Changed: %(what)s")
REMOVED = _n("Taken out: %(what)s")


@dataclass(frozen=True)
class Saved:
    """The row, and the act that can be undone; none where nothing was different."""

    row: Base
    act: NetworkAct | None


def save_row(
    session: Session,
    row: Base | None,
    given: Given,
    *,
    by: Actor,
    now: datetime,
    why: str = "",
    seen: str | None = None,
    source: GivenSource | None = None,
) -> Saved:
    """Add a row (none given) or change one; `source` is added with it.

    Raises `DomainError` with the reason; `StaleVersion` where the row is no longer
    as the form had it (`seen`: its `seen_mark`).
    """
    if row is not None and seen is not None and seen != seen_mark(row):
        raise StaleVersion(OVERTAKEN)
    act = open_act(session, ActKind.EDITED, message(CHANGED), by=by, now=now, why=why)
    if source is not None:
        _put(session, act, None, source)
    is_new = row is None
    row = _put(session, act, row, given)
    said = message(ADDED if is_new else CHANGED, what=told(session, row))
    return Saved(row, _sealed(session, act, said))


def remove_row(
    session: Session,
    row: Base,
    *,
    by: Actor,
    now: datetime,
    why: str = "",
    seen: str | None = None,
) -> NetworkAct | None:
    """Take a row out that never was true. What ended gets a last day instead.

    Raises `DomainError` for a source that facts stand on.
    """
    if seen is not None and seen != seen_mark(row):
        raise StaleVersion(OVERTAKEN)
    check_removal(session, row)
    said = message(REMOVED, what=told(session, row))
    act = open_act(session, ActKind.EDITED, said, by=by, now=now, why=why)
    note_removal(session, act, row)
    return _sealed(session, act, said)


def _sealed(session: Session, act: NetworkAct, said: Message) -> NetworkAct | None:
    act.said = packed(said)
    return act if seal_act(session, act) else None


def _put(session: Session, act: NetworkAct, row: Base | None, given: Given) -> Base:
    """Write one row and note it."""
    check(session, row, given)
    kind, facts = KINDS[type(given)], dict(vars(given))
    if key := KEYS.get(type(given)):
        check_unique(session, kind, row, {name: facts[name] for name in key})
    if "source_codes" in facts:
        facts["source_codes"] = list(facts["source_codes"])
    before = None if row is None else facts_of(row)
    if row is None:
        row = kind(**facts)
        session.add(row)
    else:
        for name, value in facts.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    session.flush()
    note_change(session, act, row, before)
    return row
