"""A story as rows: the query, its questions, assignments, answers and national text."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from emnnet.domain.audience import Dissemination
from emnnet.domain.history import EventKind
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.roles import SCHEDULER, Actor, ActorKind, Role
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.country_response import CountryResponse
from emnnet.models.event import Event, EventStream
from emnnet.models.query import Query, QueryTag, RequesterKind
from emnnet.models.question import Question
from emnnet.models.routing_cell import RoutingCell
from emnnet.rehearsal.bulk.ground import Ground, Partner
from emnnet.rehearsal.bulk.rows import History, Rows
from emnnet.rehearsal.bulk.story import Cell, Fate, Outcome, Story
from emnnet.rehearsal.bulk.texts import ASKERS


@dataclass
class Told:
    """What of a story stands in rows already: the ids that others point to."""

    story: Story
    query_id: int
    history: History
    office: Actor
    reference: str
    questions: list[int] = field(default_factory=list)
    assignments: dict[int, int] = field(default_factory=dict)  # by institution
    versions: dict[Cell, int] = field(default_factory=dict)
    contributions: dict[Cell, int] = field(default_factory=dict)


def tell(rows: Rows, story: Story, ground: Ground, number: int) -> Told:
    """The rows of a query up to the answers of its institutions."""
    office = Actor(
        ActorKind.PERSON, ground.coordinator, Role.COORDINATOR, ground.coordinator_id
    )
    query_id = _query(rows, story, ground, number)
    reference = f"{story.launched_on.year}.{number}"
    told = Told(story, query_id, History(query_id), office, reference)
    _questions(rows, told)
    facts = {"reference": reference, "questions": len(story.questions)}
    told.history.add(story.at(0, 9), EventKind.REGISTERED, office, **facts)
    if story.cells:
        cells = len(story.cells)
        saved = {"cells": cells, "changed": cells}
        told.history.add(story.at(1, 9), EventKind.ROUTING_SAVED, office, **saved)
    for partner in story.partners:
        _assignment(rows, told, partner)
    for cell in story.cells:
        _contribution(rows, told, cell)
    return told


def finish(rows: Rows, told: Told) -> None:
    """The history is written last: it is chained in the order of moments."""
    told.history.write(rows, Event, EventStream)


def _query(rows: Rows, story: Story, ground: Ground, number: int) -> int:
    fate = story.fate
    query_id = rows.add(
        Query,
        year=story.launched_on.year,
        number=number,
        title=story.title,
        printed_title=f"EMN Ad-Hoc Query on {story.title}",
        requester_kind=RequesterKind.NCP,
        requester_code=story.asker,
        requester_printed=f"{story.asker} EMN NCP",
        launched_on=story.launched_on,
        reply_by=story.reply_by,
        background=story.background,
        summary="",
        theme_id=story.subject.id,
        coordinator_id=ground.coordinator_id,
        received_at=story.at(0, 9),
        routed_at=story.at(1, 10) if story.cells else None,
        sent_on=story.at(19, 15).date() if fate.is_sent else None,
        sent_recorded_at=story.at(19, 15) if fate.is_sent else None,
        closed_at=story.at(22, 9) if fate.is_closed else None,
        withdrawn_at=story.at(6, 9) if fate is Fate.WITHDRAWN else None,
        withdrawal_reason="Asked otherwise." if fate is Fate.WITHDRAWN else None,
        published_at=story.at(25, 9) if fate is Fate.PUBLISHED else None,
    )
    rows.add(QueryTag, query_id=query_id, tag=story.title.split(" of ")[0])
    for country in ASKERS[number % 5 :: 4]:
        rows.add(
            CountryResponse,
            query_id=query_id,
            country=country,
            dissemination=Dissemination.YES,
            received_at=story.at(12, 12),
        )
    return query_id


def _questions(rows: Rows, told: Told) -> None:
    for position, text in enumerate(told.story.questions, start=1):
        id_ = rows.add(
            Question,
            query_id=told.query_id,
            position=position,
            label=str(position),
            text=text,
            depth=0,
            number=1,
        )
        told.questions.append(id_)
    for cell in told.story.cells:
        rows.add(
            RoutingCell,
            question_id=told.questions[cell.question],
            institution_id=cell.partner.id,
            role=cell.role,
            due_on=told.story.due_on,
        )


def _assignment(rows: Rows, told: Told, partner: Partner) -> None:
    story, asked = told.story, told.story.at(1, 10)
    id_ = rows.add(
        Assignment,
        query_id=told.query_id,
        institution_id=partner.id,
        contact_id=partner.contact_id,
        due_on=story.due_on,
        asked_at=asked,
        invited_at=asked + timedelta(minutes=1),
        opened_at=asked + timedelta(hours=3),
        clock_start=1,
    )
    told.assignments[partner.id] = id_
    facts = {"assignment": id_, "institution": partner.short}
    labels = [str(cell.question + 1) for cell in story.cells if cell.partner == partner]
    asked_for = {"questions": labels, "due_on": story.due_on.isoformat()}
    history = told.history
    history.add(
        asked,
        EventKind.ASKED,
        told.office,
        **facts,
        **asked_for,
        institution_id=partner.id,
    )
    moment = asked + timedelta(minutes=1)
    history.add(moment, EventKind.INVITED, SCHEDULER, **facts, mail="invitation")
    opened = asked + timedelta(hours=3)
    history.add(opened, EventKind.LINK_OPENED, _holder(partner), **facts)


def _contribution(rows: Rows, told: Told, cell: Cell) -> None:
    story, asked = told.story, told.story.at(1, 10)
    said_at = asked + timedelta(hours=cell.hours)
    answered = cell.outcome is Outcome.ANSWERED
    declined = cell.outcome is Outcome.DECLINED
    accepted = answered and story.fate.is_answered
    number = int(answered)
    id_ = rows.add(
        Contribution,
        assignment_id=told.assignments[cell.partner.id],
        question_id=told.questions[cell.question],
        role=cell.role,
        asked_at=asked,
        draft="\n\n".join(cell.text),
        draft_dissemination=_travels(cell) if answered else None,
        draft_number=number,
        draft_saved_at=said_at if answered else None,
        draft_saved_by=cell.partner.email if answered else None,
        latest_number=number,
        accepted_number=int(accepted),
        accepted_at=story.at(16, 10) if accepted else None,
        returned_number=0,
        declined_at=said_at if declined else None,
        declined_by=cell.partner.email if declined else None,
        decline_reason=DeclineReason.NO_DATA if declined else None,
    )
    told.contributions[cell] = id_
    if answered:
        told.versions[cell] = _version(rows, told, cell, id_, said_at)
    _said(told, cell, id_, said_at, accepted=accepted)


def _version(
    rows: Rows, told: Told, cell: Cell, contribution_id: int, at: datetime
) -> int:
    return rows.add(
        ContributionVersion,
        contribution_id=contribution_id,
        number=1,
        text="\n\n".join(cell.text),
        dissemination=_travels(cell),
        submitted_at=at,
        submitted_by=cell.partner.email,
        due_on=told.story.due_on,
    )


def _said(
    told: Told, cell: Cell, contribution_id: int, at: datetime, *, accepted: bool
) -> None:
    """The lines that this leaves in the history."""
    label = str(cell.question + 1)
    facts = {
        "assignment": told.assignments[cell.partner.id],
        "institution": cell.partner.short,
        "contribution": contribution_id,
        "question": label,
    }
    by, history = _holder(cell.partner), told.history
    if cell.outcome is Outcome.ANSWERED:
        number = {"number": 1, "version": told.versions[cell]}
        history.add(at, EventKind.SUBMITTED, by, **facts, **number)
    if cell.outcome is Outcome.DECLINED:
        reason = DeclineReason.NO_DATA.value
        history.add(at, EventKind.DECLINED, by, **facts, reason=reason)
    if accepted:
        seen = {"institution": cell.partner.short, "question": label, "version": 1}
        moment = told.story.at(16, 10)
        history.add(moment, EventKind.ACCEPTED, told.office, **seen)


def _travels(cell: Cell) -> Dissemination:
    return Dissemination.YES if cell.is_open else Dissemination.NO


def _holder(partner: Partner) -> Actor:
    return Actor(ActorKind.LINK, partner.email, Role.CONTACT)
