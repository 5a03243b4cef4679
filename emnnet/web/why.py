"""Why a date is what it is, in words: for the panel that opens below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.domain.calendar import Calendar, Unit
from emnnet.domain.moments import office_day
from emnnet.domain.terms import Term
from emnnet.domain.why_dates import (
    DayKind,
    DayNote,
    Why,
    why_by_hand,
    why_of_term,
)
from emnnet.models.assignment import Assignment
from emnnet.web.messages import spoken, worded

DAY_WORDS: dict[DayKind, LazyString] = {
    DayKind.ZERO: _l("day zero, not counted"),
    DayKind.REACHED: _l("the first working day after that"),
}


@dataclass(frozen=True)
class DayLine:
    """One day of the way: what it counted for, or why not."""

    day: date
    words: str
    number: int
    is_due: bool


@dataclass(frozen=True)
class WhyView:
    """The panel: the term, the rule, the days, and the edition of the calendar."""

    due_on: date
    length: str
    rule: str
    head: list[DayLine]
    tail: list[DayLine]
    left_out: str
    calendar: str
    warnings: list[str]


def term_words(days: int, unit: Unit) -> str:
    """10 working days, or 14 calendar days."""
    if unit is Unit.CALENDAR_DAYS:
        return str(ngettext("%(num)d calendar day", "%(num)d calendar days", days))
    return str(ngettext("%(num)d working day", "%(num)d working days", days))


def why_term(term: Term, calendar: Calendar, sent_on: date | None = None) -> WhyView:
    """Why a term leads to its date."""
    return _view(why_of_term(term, calendar, sent_on))


def why_given(sent_on: date, due_on: date, calendar: Calendar) -> WhyView:
    """The days up to a date that somebody has set."""
    return _view(why_by_hand(sent_on, due_on, calendar))


def why_assignment(
    assignment: Assignment, calendar: Calendar, *, partner: bool
) -> WhyView:
    """Why an institution has its date.

    A partner is never shown what is counted back: that would tell the reply-by date.
    """
    sent_on, term = office_day(assignment.asked_at), assignment.term
    hidden = partner and term is not None and term.is_backwards
    if term is None or hidden or not _explains(term, assignment, calendar):
        return _view(why_by_hand(sent_on, assignment.due_on, calendar))
    return _view(why_of_term(term, calendar, sent_on))


def _explains(term: Term, assignment: Assignment, calendar: Calendar) -> bool:
    """Does the term still lead to the date? It may have been moved since."""
    return term.deadline(calendar).due_on == assignment.due_on


def _view(why: Why) -> WhyView:
    left_out = ngettext(
        "%(num)d day is left out here.",
        "%(num)d days are left out here.",
        why.left_out,
    )
    missing = [
        _("The calendar of %(year)d is missing.", year=year)
        for year in why.missing_years
    ]
    return WhyView(
        due_on=why.due_on,
        length=term_words(why.count, why.unit),
        rule=spoken(why.rule),
        head=_lines(why.head),
        tail=_lines(why.tail),
        left_out=str(left_out) if why.left_out else "",
        calendar=_calendar(why),
        warnings=[str(one) for one in missing],
    )


def _calendar(why: Why) -> str:
    if not why.version:
        return str(_("Calendar: %(code)s.", code=why.calendar))
    words = _(
        "Calendar: %(code)s, %(version)s.", code=why.calendar, version=why.version
    )
    return str(words)


def _lines(notes: Sequence[DayNote]) -> list[DayLine]:
    return [DayLine(note.day, _words(note), note.number, note.is_due) for note in notes]


def _words(note: DayNote) -> str:
    if note.kind in DAY_WORDS:
        return str(DAY_WORDS[note.kind])
    reason = worded(note.why) if note.why else ""
    if note.kind is DayKind.COUNTED:
        return reason
    return str(_("not counted: %(reason)s", reason=reason)) if reason else ""
