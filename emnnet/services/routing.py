"""Saving the grid as it is planned. Nobody is asked by that."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError, NotFound, StaleVersion
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.messages import _n
from emnnet.domain.moments import office_day
from emnnet.domain.query_lifecycle import QueryAction, allow_query
from emnnet.domain.roles import Actor
from emnnet.domain.routing_grid import (
    LEAD_TAKEN,
    TWO_LEADS,
    Key,
    LeadTaken,
    TwoLeads,
    doubled_leads,
    leads,
    with_former_replaced,
)
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.routing_cell import RoutingCell
from emnnet.selectors.query_facts import get_query_facts
from emnnet.selectors.routing_state import GridState, grid_state, partner_ids
from emnnet.services.events import record
from emnnet.services.missing_calendars import ask_for_calendar

STALE = _n(
    "Somebody else has changed the routing since you opened it. What you chose is"
    " still in the grid below: compare it, then save again."
)
ASKED_ALREADY = _n(
    "%(institution)s was asked question %(question)s already. Take it back or move it"
    " instead of changing its cell."
)
UNKNOWN_CELL = _n("There is no such question or institution in this grid.")
NOTHING_TO_COPY = _n("Query %(reference)s has no routing to copy.")


def save_routing(
    session: Session,
    query: Query,
    cells: Mapping[Key, CellRole],
    *,
    by: Actor,
    now: datetime,
    seen: str | None = None,
    due_on: Mapping[int, date | None] | None = None,
    replace: Collection[int] = (),
) -> int:
    """Make `cells` the plan; returns how many have changed.

    What was asked already stays, given or not. `seen` is the digest that the page
    carried, `due_on` the planned days by institution (None: as proposed), `replace` the
    questions whose former lead may be replaced.

    Raises `StaleVersion`, `TwoLeads`, `LeadTaken`.
    """
    state = open_grid(session, query)
    if seen is not None and seen != state.digest:
        raise StaleVersion(STALE)
    _check_known(session, query, cells)
    wanted = _wanted(session, state, cells, replace)
    changed = _apply(session, state, wanted, due_on or {})
    if changed:
        facts = {"cells": len(wanted), "changed": changed}
        record(session, EventKind.ROUTING_SAVED, query, by=by, now=now, **facts)
    ask_for_calendar(session, query, now=now)
    return changed


def copy_routing(
    session: Session, query: Query, from_query: Query, *, by: Actor, now: datetime
) -> int:
    """Fill the empty rows as those of another query, by their places.

    Only with partners of today; returns how many cells were filled.
    """
    state, source = open_grid(session, query), grid_state(session, from_query).roles
    if not source:
        raise DomainError(NOTHING_TO_COPY, reference=from_query.reference)
    partners = partner_ids(session, office_day(now))
    taken = {question for question, _ in state.roles}
    twins = {old.position: old.id for old in from_query.questions}
    copied = {
        (question.id, institution): role
        for question in query.questions
        if question.id not in taken
        for (of, institution), role in source.items()
        if of == twins.get(question.position) and institution in partners
    }
    _apply(session, state, state.roles | copied, {})
    facts = {"copied_from": from_query.reference, "changed": len(copied)}
    record(session, EventKind.ROUTING_SAVED, query, by=by, now=now, **facts)
    return len(copied)


def open_grid(session: Session, query: Query) -> GridState:
    """The grid as it is now, held until the commit: two never change it at once.

    Raises `IllegalAction` for a query that asks nobody any more.
    """
    session.refresh(query, with_for_update=True)
    allow_query(QueryAction.ROUTE, get_query_facts(session, query))
    return grid_state(session, query)


def flush_leads(session: Session) -> None:
    """Write what is pending; raises `LeadTaken` where the data base knows a lead."""
    try:
        session.flush()
    except IntegrityError as error:
        raise LeadTaken(LEAD_TAKEN) from error


def step_down(session: Session, contribution: Contribution) -> None:
    """A lead that has declined only contributes: another may lead now."""
    contribution.role = CellRole.CONTRIBUTES
    key = (contribution.question_id, contribution.assignment.institution_id)
    if cell := session.get(RoutingCell, key):
        cell.role = CellRole.CONTRIBUTES
    session.flush()


def plan_cell(session: Session, key: Key, role: CellRole | None) -> None:
    """Let the plan say what was done outside of it; None empties the cell."""
    cell = session.get(RoutingCell, key)
    if role is not None:
        (cell or _new_cell(session, key, role)).role = role
    elif cell is not None:
        session.delete(cell)
    flush_leads(session)


def _check_known(session: Session, query: Query, cells: Collection[Key]) -> None:
    questions = {question.id for question in query.questions}
    wanted = {institution for _, institution in cells}
    known = session.scalars(select(Institution.id).where(Institution.id.in_(wanted)))
    if {of for of, _ in cells} - questions or wanted - set(known):
        raise NotFound(UNKNOWN_CELL)


def _wanted(
    session: Session,
    state: GridState,
    cells: Mapping[Key, CellRole],
    replace: Collection[int],
) -> dict[Key, CellRole]:
    """The cells with what was asked before, and one lead a question."""
    for key, role in state.sent_roles.items():
        if cells.get(key, role) is not role:
            raise DomainError(ASKED_ALREADY, **_named(session, *key))
    wanted = with_former_replaced({**cells, **state.sent_roles}, state.roles, replace)
    for question, who in doubled_leads(wanted).items():
        raise TwoLeads(TWO_LEADS, **_two(session, state, question, who))
    for key, contribution in state.sent.items():
        if wanted[key] is contribution.role:
            continue
        if contribution.declined_at is None:
            raise DomainError(ASKED_ALREADY, **_named(session, *key))
        step_down(session, contribution)
    return wanted


def _apply(
    session: Session,
    state: GridState,
    wanted: Mapping[Key, CellRole],
    due_on: Mapping[int, date | None],
) -> int:
    """Leads go before they come: the data base allows no second one, ever."""
    changed = 0
    for key, cell in state.planned.items():
        if key not in wanted:
            session.delete(cell)
            changed += 1
        elif cell.role is not wanted[key] and wanted[key] is not CellRole.LEAD:
            cell.role, changed = wanted[key], changed + 1
    flush_leads(session)
    for key, role in wanted.items():
        cell = state.planned.get(key) or _new_cell(session, key, role)
        changed += key not in state.planned or cell.role is not role
        cell.role = role
        cell.due_on = due_on.get(key[1], cell.due_on)
    flush_leads(session)
    return changed


def _new_cell(session: Session, key: Key, role: CellRole) -> RoutingCell:
    question, institution = key
    cell = RoutingCell(question_id=question, institution_id=institution, role=role)
    session.add(cell)
    return cell


def _named(session: Session, question: int, institution: int) -> dict[str, str]:
    return {
        "question": session.get_one(Question, question).label,
        "institution": session.get_one(Institution, institution).short,
    }


def _two(
    session: Session, state: GridState, question: int, who: list[int]
) -> dict[str, object]:
    """The former lead first, where there is one."""
    former = leads(state.roles).get(question, [])
    ranked = sorted(who, key=lambda institution: institution not in former)
    names = [session.get_one(Institution, one).short for one in ranked]
    label = session.get_one(Question, question).label
    return {"question": label, "former": names[0], "new": names[1], "row": question}
