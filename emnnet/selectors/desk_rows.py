"""One statement for all open queries: what is asked, owed, written, and due next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache, cached_property
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Subquery,
    Time,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from emnnet.domain.calendar import Calendar
from emnnet.domain.lifecycle import DeclineReason
from emnnet.domain.query_lifecycle import QueryFacts, QueryStatus, query_status
from emnnet.models.assignment import Assignment
from emnnet.models.clearance import Clearance, ClearanceOutcome
from emnnet.models.contribution import Contribution
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.theme import Theme
from emnnet.models.user import User
from emnnet.selectors.calendar_columns import calendar_columns, calendar_from
from emnnet.selectors.query_facts import COVERING, LIVE, has_text, text_digests

AROUND = timedelta(days=200)  # how far distances are counted in working days
OPEN = and_(
    Query.closed_at.is_(None), Query.withdrawn_at.is_(None), Query.deleted_at.is_(None)
)
# The rules of `domain/lifecycle` again, for rows that are joined where they are live.
UNDECLINED = Contribution.declined_at.is_(None)
DECLINED = Contribution.declined_at.is_not(None)
OWED = and_(UNDECLINED, Contribution.latest_number <= Contribution.returned_number)
TO_READ = and_(
    UNDECLINED,
    Contribution.latest_number > Contribution.returned_number,
    Contribution.latest_number > Contribution.accepted_number,
)
CHANGE_ASKED = and_(
    Contribution.change_asked_at.is_not(None),
    func.coalesce(Contribution.returned_at < Contribution.change_asked_at, True),
)
NOT_THEIRS = Contribution.decline_reason == DeclineReason.NOT_COMPETENT
SUMMED = ("asked", "owed", "not_theirs", "to_read", "changes_asked", "late")


@dataclass(frozen=True)
class DeskRow:
    """One open query as the desk shows it; `due_on` is what is awaited next."""

    query_id: int
    reference: str
    title: str
    requester: str
    theme_id: int | None
    theme_en: str | None
    theme_lt: str | None
    coordinator_id: int | None
    coordinator: str | None
    reply_by: date | None
    partners_due_on: date | None
    facts: QueryFacts
    not_theirs: int
    to_read: int
    changes_asked: int
    late: int
    clearance_returned: bool
    hour_today: time | None = None  # of what is due today, the earliest

    @cached_property
    def status(self) -> QueryStatus:
        """Where the query stands."""
        return query_status(self.facts)

    @property
    def due_on(self) -> date | None:
        """The next date: the partners' while they owe something, else the reply-by."""
        return self.partners_due_on or self.reply_by

    def is_late(self, today: date) -> bool:
        """Is its next date over, be it by an hour?"""
        if self.due_on is None:
            return False
        over = self.hour_today is not None and self.late > 0
        return self.due_on < today or (self.due_on == today and over)

    @property
    def done(self) -> int:
        """How many contributions are in, of those that were asked for."""
        return self.facts.asked - self.facts.owed


@dataclass(frozen=True)
class OpenQueries:
    """The open queries, and the calendar to count days in."""

    rows: list[DeskRow]
    calendar: Calendar


def open_queries(
    session: Session, today: date, calendar: str = "LT", hour: time | None = None
) -> OpenQueries:
    """All open queries, in one statement; one more where a clearance was asked for.

    `hour` is the present one where the office is: what was due before it is late.
    """
    first, last = today - AROUND, today + AROUND
    bound = {"today": today, "calendar": calendar, "first": first, "last": last}
    bound["hour"] = hour or time.min
    session.flush()
    found = (
        session.connection().execute(_statement(), bound).all()
    )  # plain rows: quicker
    asked = [row.id for row in found if row.digest and not row.sent_on]
    digests = text_digests(session, asked)
    columns = (found[0].days_off, found[0].known_years) if found else (None, None)
    rows = [_row(row, digests.get(row.id)) for row in found]
    return OpenQueries(rows, calendar_from(calendar, *columns))


@cache
def _statement() -> Any:
    """Built once: it is long, and building it would cost more than running it."""
    sums, latest = _sums(), _latest_clearance()
    return (
        select(
            Query.id,
            Query.year,
            Query.number,
            Query.title,
            Query.requester_code,
            Query.requester_printed,
            Query.reply_by,
            Query.sent_on,
            Query.theme_id,
            Theme.name_en.label("theme_en"),
            Theme.name_lt.label("theme_lt"),
            Query.coordinator_id,
            User.name.label("coordinator"),
            *sums.c[1:],
            latest.digest,
            latest.outcome,
            *calendar_columns(),
        )
        .join(sums, sums.c.query_id == Query.id, isouter=True)
        .join(latest, latest.query_id == Query.id, isouter=True)
        .join(Theme, Theme.id == Query.theme_id, isouter=True)
        .join(User, User.id == Query.coordinator_id, isouter=True)
        .where(OPEN)
    )


def _open_ids() -> Any:
    return select(Query.id).where(OPEN)


def _sums() -> Subquery:
    """The sums of each open query, over the sums of each of its questions."""
    each = _each_question()
    refused = and_(~each.c.written, each.c.asked > 0, each.c.asked == each.c.declined)
    return (
        select(
            each.c.query_id,
            func.count().label("questions"),
            func.count(case((each.c.written, 1))).label("answered"),
            func.count(case((refused, 1))).label("refused"),
            *(cast(func.sum(each.c[name]), Integer).label(name) for name in SUMMED),
            func.min(each.c.partners_due_on).label("partners_due_on"),
            func.min(each.c.hour_today).label("hour_today"),
        )
        .group_by(each.c.query_id)
        .subquery("sums")
    )


def _each_question() -> Subquery:
    today = bindparam("today", type_=Date)
    due = func.coalesce(Contribution.due_on, Assignment.due_on)
    hour = case(
        (Contribution.due_on.is_(None), Assignment.due_time),
        else_=Contribution.due_time,
    )
    now = bindparam("hour", type_=Time)
    late = or_(due < today, and_(due == today, hour < now))
    return (
        select(
            Question.query_id,
            has_text().label("written"),
            func.count(Contribution.id).label("asked"),
            func.count(case((OWED, 1))).label("owed"),
            func.count(case((DECLINED, 1))).label("declined"),
            func.count(case((NOT_THEIRS, 1))).label("not_theirs"),
            func.count(case((TO_READ, 1))).label("to_read"),
            func.count(case((CHANGE_ASKED, 1))).label("changes_asked"),
            func.count(case((and_(OWED, late), 1))).label("late"),
            func.min(case((OWED, due))).label("partners_due_on"),
            func.min(case((and_(OWED, due == today), hour))).label("hour_today"),
        )
        .join(Contribution, _live_in_question(), isouter=True)
        .join(Assignment, Assignment.id == Contribution.assignment_id, isouter=True)
        .where(Question.query_id.in_(_open_ids()))
        .group_by(Question.id, Question.query_id)
        .subquery("each_question")
    )


def _live_in_question() -> Any:
    return and_(Contribution.question_id == Question.id, LIVE)


def _latest_clearance() -> Any:
    last = (
        select(func.max(Clearance.id))
        .where(Clearance.query_id.in_(_open_ids()))
        .group_by(Clearance.query_id)
    )
    return aliased(
        Clearance, select(Clearance).where(Clearance.id.in_(last)).subquery("latest")
    )


def _row(row: Any, digest: str | None) -> DeskRow:
    covers = row.digest is not None and row.digest == digest
    outcome = row.outcome if covers else None
    facts = QueryFacts(
        asked=row.asked or 0,
        owed=row.owed or 0,
        refused_questions=row.refused or 0,
        questions=row.questions or 0,
        answered_questions=row.answered or 0,
        clearance_asked=covers and outcome is None,
        cleared=outcome in COVERING,
        sent_on=row.sent_on,
    )
    return DeskRow(
        query_id=row.id,
        reference=f"{row.year}.{row.number}",
        title=row.title,
        requester=row.requester_code or row.requester_printed,
        theme_id=row.theme_id,
        theme_en=row.theme_en,
        theme_lt=row.theme_lt,
        coordinator_id=row.coordinator_id,
        coordinator=row.coordinator,
        reply_by=row.reply_by,
        partners_due_on=row.partners_due_on,
        facts=facts,
        not_theirs=row.not_theirs or 0,
        to_read=row.to_read or 0,
        changes_asked=row.changes_asked or 0,
        late=row.late or 0,
        clearance_returned=outcome is ClearanceOutcome.RETURNED,
        hour_today=row.hour_today,
    )


def sorted_for_today(rows: Sequence[DeskRow], today: date) -> list[DeskRow]:
    """Due today, then the nearest future, then no date, then overdue by nearness."""
    return sorted(rows, key=lambda row: _urgency(row, today))


def _urgency(row: DeskRow, today: date) -> tuple[int, int, int]:
    if row.due_on is None:
        return 2, 0, row.query_id
    days = (row.due_on - today).days
    group = 0 if days == 0 else 1 if days > 0 else 3
    return group, abs(days), row.query_id
