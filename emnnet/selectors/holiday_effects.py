"""What a changed holiday would do to the dates of open queries."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from emnnet.domain.calendar import Calendar
from emnnet.domain.calendar_edits import Edit, EditKind, edited
from emnnet.domain.moments import office_day
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.query import Query
from emnnet.selectors.calendar import OFFICE
from emnnet.selectors.contacts import Addressee, addressees
from emnnet.selectors.desk_rows import OPEN, OWED
from emnnet.selectors.query_facts import LIVE


@dataclass(frozen=True)
class Effect:
    """One date of an open query: where it stands, and where its term would lead now.

    A date set by hand has no new one. `label` names a question with its own date.
    """

    assignment: Assignment
    old: date
    new: date | None
    label: str = ""
    email: str = ""

    @property
    def moves(self) -> bool:
        """Is there another date to confirm?"""
        return self.new is not None

    def is_sane(self, today: date) -> bool:
        """Is the new date still to come, later, and not after the reply-by date?"""
        if self.new is None or not max(today, self.old) <= self.new:
            return False
        reply_by = self.assignment.query.reply_by
        return reply_by is None or self.new <= reply_by


def holiday_effects(
    session: Session, calendar: Calendar, edits: Sequence[Edit], today: date
) -> list[Effect]:
    """The open dates that these changes touch, by query and institution.

    Finished ones are never among them: nothing is owed there any more. Two statements.
    """
    after, days = edited(calendar, edits), changed_days(edits)
    if not days or calendar.code != OFFICE:
        return []
    rows = session.execute(_open_dates())
    found = list(_effects(rows, calendar, after, days))
    reached = addressees(
        session, {one.assignment.institution_id for one in found}, today
    )
    named = [_reached(one, reached) for one in found]
    return sorted(named, key=_order)


def changed_days(edits: Sequence[Edit]) -> frozenset[date]:
    """The working weekdays that become days off, or the other way round."""
    kinds = {EditKind.ADD, EditKind.REMOVE}
    days = {edit.day for edit in edits if edit.kind in kinds or not edit.is_of_day}
    return frozenset(day for day in days if day.weekday() < 5)


def _effects(
    rows: Iterable[tuple[Assignment, Contribution | None]],
    before: Calendar,
    after: Calendar,
    days: Collection[date],
) -> Iterator[Effect]:
    seen: set[int] = set()
    for one, named in rows:
        if one.id not in seen:
            seen.add(one.id)
            yield from _whole(one, before, after, days)
        if named and named.due_on and _touched(one, named.due_on, days):
            yield Effect(one, named.due_on, None, named.question.label)


def _whole(
    one: Assignment, before: Calendar, after: Calendar, days: Collection[date]
) -> Iterator[Effect]:
    """Its date: that of a term that still explains it, or one set by hand."""
    term = one.term
    if term is not None and term.deadline(before).due_on == one.due_on:
        new = term.deadline(after).due_on
        if new != one.due_on:
            yield Effect(one, one.due_on, new)
    elif _touched(one, one.due_on, days):
        yield Effect(one, one.due_on, None)


def _open_dates() -> Select[Assignment, Contribution]:
    """What is owed, with the questions that have a date of their own."""
    owed = exists(
        select(Contribution.id)
        .where(Contribution.assignment_id == Assignment.id, LIVE, OWED)
        .correlate(Assignment)
    )
    named = and_(
        Contribution.assignment_id == Assignment.id,
        LIVE,
        OWED,
        Contribution.due_on.is_not(None),
    )
    return (
        select(Assignment, Contribution)
        .join(Assignment.query)
        .outerjoin(Contribution, named)
        .where(OPEN, Query.sent_on.is_(None), owed)
        .options(
            contains_eager(Assignment.query),
            joinedload(Assignment.institution),
            joinedload(Contribution.question),
        )
    )


def _touched(assignment: Assignment, due_on: date, days: Collection[date]) -> bool:
    asked_on = office_day(assignment.asked_at)
    return any(asked_on < day <= due_on for day in days)


def _reached(effect: Effect, reached: Mapping[int, Addressee]) -> Effect:
    to = reached.get(effect.assignment.institution_id)
    return replace(effect, email=to.email) if to else effect


def _order(effect: Effect) -> tuple[int, int, str, str]:
    query = effect.assignment.query
    return query.year, query.number, effect.assignment.institution.short, effect.label
