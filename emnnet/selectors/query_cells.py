"""The questions of a query, each with where every institution stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Date, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from emnnet.domain.lifecycle import (
    CellRole,
    ContributionFacts,
    ContributionStatus,
    DeclineReason,
    contribution_status,
)
from emnnet.domain.moments import office_day
from emnnet.domain.network import Sector
from emnnet.domain.query_lifecycle import QueryFacts
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.institution import FormerName, Institution
from emnnet.models.national_response import NationalResponse, Paragraph
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.selectors.queries import Overview
from emnnet.selectors.query_facts import COVERING, text_digests

ROLES = (CellRole.LEAD, CellRole.CONTRIBUTES, CellRole.INFORMED)


@dataclass(frozen=True)
class Cell:
    """One institution's part in one question, without its text."""

    contribution_id: int
    assignment_id: int
    institution_id: int
    institution: str
    institution_name: str
    sector: Sector
    role: CellRole
    status: ContributionStatus
    due_on: date
    decline_reason: DeclineReason | None
    promised_on: date | None
    due_time: time | None = None
    submitted_at: datetime | None = None  # of the version that counts
    was_due: tuple[date, time | None] | None = None  # what held when it came
    is_unconfirmed: bool = False  # said to an older wording of the question


@dataclass(frozen=True)
class AskedQuestion:
    """One question, whether it has a national text, and its cells: the lead first."""

    question_id: int
    label: str
    text: str
    depth: int
    condition: str | None
    wording: int
    has_text: bool
    cells: tuple[Cell, ...]

    @property
    def live(self) -> list[Cell]:
        """Those from which an answer is, or was, awaited."""
        return [
            cell
            for cell in self.cells
            if cell.role.owes and cell.status is not ContributionStatus.RELEASED
        ]

    @property
    def is_refused(self) -> bool:
        """Did all who were asked decline, and is there no text?"""
        live = self.live
        declined = all(cell.status is ContributionStatus.DECLINED for cell in live)
        return bool(live) and declined and not self.has_text


def asked_questions(session: Session, query: Query) -> list[AskedQuestion]:
    """The questions in their order, in one statement.

    On a query that has ended, institutions have the names of the day it ended.
    """
    asked = {"query_id": query.id, "named_on": ended_on(query)}
    rows = session.execute(_statement(), asked).all()
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.id, []).append(row)
    return [_question(part, query) for part in grouped.values()]


def facts_of(
    session: Session, overview: Overview, questions: Sequence[AskedQuestion]
) -> QueryFacts:
    """The facts of the query, from its cells; a statement where clearance was asked."""
    query = overview.query
    asked = [query.id] if overview.clearance_digest else []
    digest = text_digests(session, asked).get(query.id)
    covers = digest is not None and overview.clearance_digest == digest
    outcome = overview.clearance_outcome if covers else None
    live = [cell for question in questions for cell in question.live]
    return QueryFacts(
        asked=len(live),
        owed=sum(not cell.status.is_done for cell in live),
        refused_questions=sum(question.is_refused for question in questions),
        questions=len(questions),
        answered_questions=sum(question.has_text for question in questions),
        clearance_asked=covers and outcome is None,
        cleared=outcome in COVERING,
        sent_on=query.sent_on,
        closed_at=query.closed_at,
        withdrawn_at=query.withdrawn_at,
        deleted_at=query.deleted_at,
    )


@cache
def _statement() -> Any:
    return (
        select(
            Question.id,
            Question.label,
            Question.text,
            Question.depth,
            Question.condition,
            Question.number.label("wording"),
            _has_text(),
            Contribution.id.label("contribution_id"),
            Contribution.assignment_id,
            Contribution.wording.label("answered_wording"),
            Contribution.role,
            _has_draft(),
            Contribution.latest_number,
            Contribution.returned_number,
            Contribution.returned_at,
            Contribution.accepted_number,
            Contribution.declined_at,
            Contribution.decline_reason,
            Contribution.promised_on,
            Contribution.released_at,
            *_when_due(),
            Institution.id.label("institution_id"),
            func.coalesce(FormerName.abbreviation, Institution.abbreviation).label(
                "abbreviation"
            ),
            func.coalesce(FormerName.name_en, Institution.name_en).label("name_en"),
            Institution.sector,
        )
        .join(Contribution, Contribution.question_id == Question.id, isouter=True)
        .join(Assignment, Assignment.id == Contribution.assignment_id, isouter=True)
        .join(Institution, Institution.id == Assignment.institution_id, isouter=True)
        .join(FormerName, FormerName.id == _name_then(), isouter=True)
        .join(ContributionVersion, _is_latest(), isouter=True)
        .where(Question.query_id == bindparam("query_id"))
        .order_by(Question.position, _role_order(), Institution.name_en)
    )


def ended_on(query: Query) -> date | None:
    """The day a query was closed or its response sent; none while it runs."""
    if query.closed_at is not None:
        return office_day(query.closed_at)
    return query.sent_on


def _name_then() -> Any:
    """The former name that held on the day the query ended; none while it runs."""
    then = bindparam("named_on", type_=Date)
    name = aliased(FormerName)
    return (
        select(name.id)
        .where(
            name.institution_id == Institution.id,
            name.valid_to >= then,
            or_(name.valid_from.is_(None), name.valid_from <= then),
        )
        .order_by(name.valid_from.is_(None), name.valid_from.desc())
        .limit(1)
        .correlate(Institution)
        .scalar_subquery()
    )


def _when_due() -> tuple[Any, ...]:
    """What holds now, and what held when the version that counts came."""
    hour = case(
        (Contribution.due_on.is_(None), Assignment.due_time),
        else_=Contribution.due_time,
    )
    return (
        func.coalesce(Contribution.due_on, Assignment.due_on).label("due_on"),
        hour.label("due_time"),
        ContributionVersion.submitted_at,
        ContributionVersion.due_on.label("was_due_on"),
        ContributionVersion.due_time.label("was_due_time"),
    )


def _is_latest() -> Any:
    return and_(
        ContributionVersion.contribution_id == Contribution.id,
        ContributionVersion.number == Contribution.latest_number,
    )


def _role_order() -> Any:
    return case(*((Contribution.role == role, at) for at, role in enumerate(ROLES)))


def _has_draft() -> Any:
    return (Contribution.draft_number > 0).label("has_draft")


def _has_text() -> Any:
    return exists(
        select(Paragraph.id)
        .join(NationalResponse, NationalResponse.id == Paragraph.response_id)
        .where(NationalResponse.question_id == Question.id)
    ).label("has_text")


def _question(rows: list[Any], query: Query) -> AskedQuestion:
    first = rows[0]
    return AskedQuestion(
        question_id=first.id,
        label=first.label,
        text=first.text,
        depth=first.depth,
        condition=first.condition,
        wording=first.wording,
        has_text=bool(first.has_text),
        cells=tuple(_cell(row, query) for row in rows if row.contribution_id),
    )


def _cell(row: Any, query: Query) -> Cell:
    return Cell(
        contribution_id=row.contribution_id,
        assignment_id=row.assignment_id,
        institution_id=row.institution_id,
        institution=row.abbreviation.split(" / ")[0] or row.name_en,
        institution_name=row.name_en,
        sector=row.sector,
        role=row.role,
        status=_status(row, query.withdrawn_at, query.closed_at),
        due_on=row.due_on,
        decline_reason=row.decline_reason,
        promised_on=row.promised_on,
        due_time=row.due_time,
        submitted_at=row.submitted_at,
        was_due=(row.was_due_on, row.was_due_time) if row.submitted_at else None,
        is_unconfirmed=row.answered_wording < row.wording
        and _status(row, query.withdrawn_at, query.closed_at).is_done,
    )


def _status(
    row: Any, withdrawn_at: datetime | None, closed_at: datetime | None
) -> ContributionStatus:
    return contribution_status(
        ContributionFacts(
            role=row.role,
            has_draft=bool(row.has_draft),
            submitted=row.latest_number,
            returned=row.returned_number,
            returned_at=row.returned_at,
            accepted=row.accepted_number,
            declined_at=row.declined_at,
            promised_on=row.promised_on,
            released_at=row.released_at,
            query_withdrawn_at=withdrawn_at,
            query_closed_at=closed_at,
        )
    )
