"""The pages of reminding by hand as values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.messages import message
from emnnet.domain.moments import office_day
from emnnet.domain.network import Sector
from emnnet.mail.messages import Letter
from emnnet.mail.previewing import reminder_letter
from emnnet.selectors.reminding import NOT_TICKED, RemindLine, RemindList
from emnnet.web.messages import spoken
from emnnet.web.query_words import Spoken, distance_words


@dataclass(frozen=True)
class Row:
    """One institution of the list, in words."""

    id: int
    institution: str
    name: str
    sector: Sector
    questions: str
    due_on: date
    distance: Spoken
    reminders: str
    reminded_at: datetime | None
    heard_at: datetime | None
    called_at: datetime | None
    is_opened: bool
    to: str
    why_there: tuple[str, ...]
    skipped: str
    ticked: bool


@dataclass(frozen=True)
class ListPage:
    """Who may be reminded, and who is left out."""

    open: tuple[Row, ...]
    skipped: tuple[Row, ...]
    is_day_off: bool


@dataclass(frozen=True)
class Preview:
    """One mail as it would leave."""

    row: Row
    letter: Letter
    language: str


@dataclass(frozen=True)
class PreviewPage:
    """The mails, and who gets none."""

    letters: tuple[Preview, ...]
    left: tuple[Row, ...]
    send_words: str
    is_day_off: bool


def list_page(found: RemindList, today: date, ticked: Collection[int] = ()) -> ListPage:
    """The rows; all that may be reminded are ticked to begin with."""
    lines, calendar = found.lines, found.calendar
    rows = [_row(line, calendar, today, ticked) for line in lines]
    return ListPage(
        tuple(row for row, line in zip(rows, lines, strict=True) if not line.skipped),
        tuple(row for row, line in zip(rows, lines, strict=True) if line.skipped),
        not calendar.is_working_day(today),
    )


def preview_page(
    session: Session, found: RemindList, ticked: Collection[int], *, now: datetime
) -> PreviewPage:
    """The texts of the ticked ones; the others with the reason."""
    today, calendar = office_day(now), found.calendar
    letters, left = [], []
    for line in found.lines:
        row = _row(line, calendar, today, ticked)
        if line.skipped is None and line.to is not None and row.ticked:
            body, to, entries = line.assignment.institution, line.to, [line.entry()]
            letter = reminder_letter(session, body, to, entries, calendar, now=now)
            letters.append(Preview(row, letter, to.language))
        else:
            left.append(row)
    words = ngettext("Send %(num)d reminder", "Send %(num)d reminders", len(letters))
    return PreviewPage(
        tuple(letters), tuple(left), str(words), not calendar.is_working_day(today)
    )


def _row(
    line: RemindLine, calendar: Calendar, today: date, ticked: Collection[int]
) -> Row:
    assignment, touches = line.assignment, line.touches
    is_ticked = assignment.id in ticked or not ticked
    left_out = None if is_ticked else message(NOT_TICKED)
    skipped = line.skipped or left_out
    body = assignment.institution
    return Row(
        id=assignment.id,
        institution=body.short,
        name=body.name_en,
        sector=body.sector,
        questions=", ".join(one.question.label for one in line.owed),
        due_on=line.due_on,
        distance=distance_words(calendar, line.due_on, today),
        reminders=_times(touches.reminders, touches.by_hand),
        reminded_at=touches.reminded_at,
        heard_at=touches.heard_at,
        called_at=touches.called_at,
        is_opened=assignment.opened_at is not None,
        to=line.to.email if line.to else "",
        why_there=tuple(spoken(reason) for reason in line.to.why) if line.to else (),
        skipped=spoken(skipped) if skipped else "",
        ticked=is_ticked,
    )


def _times(reminders: int, by_hand: int) -> str:
    if not reminders:
        return str(_("none"))
    if not by_hand:
        return str(reminders)
    return str(_("%(count)s, by hand: %(by_hand)s", count=reminders, by_hand=by_hand))
