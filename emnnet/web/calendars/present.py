"""A change of a calendar as its pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import abort
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from emnnet.domain.calendar_edits import Edit, EditKind, Names, check_edits
from emnnet.models.holiday import CalendarChange, OfficeCalendar
from emnnet.selectors.calendar import find_calendar_now
from emnnet.selectors.holiday_effects import Effect, holiday_effects
from emnnet.services.calendar_changes import Change
from emnnet.web.calendars.blueprint import name_of
from emnnet.web.filters import day


@dataclass(frozen=True)
class EffectView:
    """One date that the change touches."""

    effect: Effect
    is_ticked: bool

    @property
    def value(self) -> str:
        """What the tick box carries: which date, and where it was shown to go."""
        return f"{self.effect.assignment.id}:{self.effect.new}"

    @property
    def note(self) -> str:
        """Why it is not ticked, where it could be."""
        effect = self.effect
        reply_by = effect.assignment.query.reply_by
        if effect.new is None or self.is_ticked:
            return ""
        if effect.new < effect.old:
            return str(_("earlier than now"))
        if reply_by is not None and effect.new > reply_by:
            return str(_("after the reply-by date %(day)s", day=day(reply_by)))
        return ""


@dataclass(frozen=True)
class ChangePreview:
    """What would change, whom it would touch, and what speaks against it."""

    calendar: OfficeCalendar
    change: Change
    lines: list[str]
    effects: list[EffectView]
    state: str
    problems: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Of the calendar."""
        return name_of(self.calendar)

    @property
    def moving(self) -> list[EffectView]:
        """Those with a new date."""
        return [one for one in self.effects if one.effect.moves]

    @property
    def by_hand(self) -> list[EffectView]:
        """Those that somebody has set by hand."""
        return [one for one in self.effects if not one.effect.moves]


def change_preview(
    session: Session,
    change: Change,
    today: date,
    problems: Sequence[str] = (),
) -> ChangePreview:
    """Read what the change would do. Raises `DomainError` for an impossible one."""
    known = find_calendar_now(session, change.code) or abort(404)
    check_edits(change.edits, known.table)
    effects = holiday_effects(session, known.counted, change.edits, today)
    return ChangePreview(
        calendar=known.row,
        change=change,
        lines=[edit_words(one, known.table.get(one.day)) for one in change.edits],
        effects=[EffectView(one, one.is_sane(today)) for one in effects],
        state=known.state,
        problems=list(problems),
    )


def edit_words(edit: Edit, known: Names | None = None) -> str:
    """One change in a sentence."""
    names, on, year = edit.names, day(edit.day), edit.day.year
    match edit.kind:
        case EditKind.ADD:
            return str(
                _("%(day)s becomes a day off: %(name)s", day=on, name=_both(names))
            )
        case EditKind.REMOVE:
            name = _both(known or names)
            return str(_("%(day)s is no day off any more: %(name)s", day=on, name=name))
        case EditKind.RENAME:
            words = {"day": on, "old": _both(known or names), "name": _both(names)}
            return str(_("%(day)s is called %(name)s, not %(old)s", **words))
        case EditKind.KNOW_YEAR:
            return str(_("%(year)d counts as known", year=year))
        case EditKind.FORGET_YEAR:
            return str(_("%(year)d does not count as known any more", year=year))


def change_words(row: CalendarChange, edits: Sequence[Edit]) -> str:
    """A change that was made, in a line: its first part, and how many more."""
    first = edit_words(edits[0]) if edits else ""
    if len(edits) < 2:
        return first
    return str(_("%(first)s, and %(more)d more", first=first, more=len(edits) - 1))


def _both(names: Names) -> str:
    if not names.own or names.own == names.english:
        return names.english
    return f"{names.english} ({names.own})"
