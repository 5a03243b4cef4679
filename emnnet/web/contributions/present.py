"""What the templates of contributing say, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from emnnet.domain.lifecycle import ContributionStatus, DeclineReason
from emnnet.domain.moments import office_day
from emnnet.domain.word_changes import Change, word_changes
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.selectors.contributions import Cell
from emnnet.web.askers import asker
from emnnet.web.contributions.sheet import Sheet
from emnnet.web.filters import day, local
from emnnet.web.query_words import hour_words

SOON = 3  # days


@dataclass(frozen=True)
class Chip:
    """A state in a word, and its tone."""

    word: str
    tone: str = "wait"


@dataclass(frozen=True)
class Head:
    """What stands above the cards."""

    asked_by: str
    distance: Chip
    usual_days: str | None


@dataclass(frozen=True)
class Bar:
    """What stands at the foot of the form, and what its button will do."""

    ready: str
    send: str


def head_of(sheet: Sheet, now: datetime) -> Head:
    """Who asks, how far the day is, and how long it usually takes."""
    usual, query = sheet.usual_days, sheet.assignment.query
    takes = None
    if usual is not None:
        takes = ngettext("%(num)d day", "%(num)d days", max(usual, 1))
    return Head(
        asker(query.requester_code, query.requester_printed),
        _stand_of(sheet, now),
        takes,
    )


def _stand_of(sheet: Sheet, now: datetime) -> Chip:
    """What is due; where only a confirmation is asked for, that."""
    if sheet.unconfirmed and not sheet.writable:
        return Chip(_("please confirm"), "due")
    return distance_to(sheet.assignment, now, owed=bool(sheet.writable))


def distance_to(assignment: Assignment, now: datetime, *, owed: bool) -> Chip:
    """How far the day is, in calendar days; on the day itself, the hour."""
    if not owed:
        return Chip(_("nothing is open"), "done")
    days = (assignment.due_on - office_day(now)).days
    if days < 0:
        text = ngettext("%(num)d day late", "%(num)d days late", -days)
        return Chip(text, "late")
    if days == 0:
        hour = hour_words(assignment.due_time, now)
        return Chip(hour.text, hour.tone) if hour else Chip(_("due today"), "due")
    text = ngettext("in %(num)d day", "in %(num)d days", days)
    return Chip(text, "due" if days <= SOON else "wait")


def bar_of(sheet: Sheet) -> Bar:
    """How many answers are ready, of those that are still open."""
    ready, still_open = len(sheet.ready), len(sheet.writable)
    return Bar(
        _("%(ready)d of %(open)d ready", ready=ready, open=still_open),
        ngettext(
            "Check and send %(num)d answer", "Check and send %(num)d answers", ready
        )
        if ready
        else _("Check and send"),
    )


def differences_of(sheet: Sheet) -> dict[int, list[Change]]:
    """What was corrected in the questions since they were answered, by card id."""
    return {
        card.id: word_changes(card.cell.before, card.cell.question.text)
        for card in sheet.cards
        if card.cell.before is not None
    }


def state_of(cell: Cell) -> Chip:
    """Where the institution stands with one question."""
    if cell.is_unconfirmed:
        return Chip(_("please confirm"), "due")
    return STATES[cell.status](cell)


def saved_at(moment: datetime | None) -> str:
    """When a draft was saved, by the clock of the office."""
    return _("saved %(time)s", time=f"{local(moment):%H:%M}") if moment else ""


def _draft(cell: Cell) -> Chip:
    if cell.draft.is_ready:
        return Chip(_("ready to send"), "info")
    return Chip(_("who may read it?"), "due")  # a text, and nobody has said


def _promised(cell: Cell) -> Chip:
    promised = cell.contribution.promised_on
    return Chip(
        _("promised for %(day)s", day=day(promised) if promised else ""), "wait"
    )


def _declined(cell: Cell) -> Chip:
    return Chip(declined_word(cell.contribution), "done")


def declined_word(contribution: Contribution) -> str:
    """Which outcome was chosen instead of an answer."""
    words = {
        DeclineReason.NO_DATA: _("no data"),
        DeclineReason.NOT_COMPETENT: _("not ours"),
        DeclineReason.NOT_APPLICABLE: _("does not apply"),
    }
    reason = contribution.decline_reason
    return str(words[reason]) if reason else ""


STATES: dict[ContributionStatus, Callable[[Cell], Chip]] = {
    ContributionStatus.INFORMED: lambda cell: Chip(_("for your information"), "wait"),
    ContributionStatus.ASKED: lambda cell: Chip(_("not started"), "wait"),
    ContributionStatus.DRAFT: _draft,
    ContributionStatus.PROMISED: _promised,
    ContributionStatus.SUBMITTED: lambda cell: Chip(_("sent"), "done"),
    ContributionStatus.ACCEPTED: lambda cell: Chip(_("accepted"), "done"),
    ContributionStatus.RETURNED: lambda cell: Chip(_("please look again"), "due"),
    ContributionStatus.DECLINED: _declined,
    ContributionStatus.RELEASED: lambda cell: Chip(_("taken back"), "wait"),
    ContributionStatus.WITHDRAWN: lambda cell: Chip(_("query withdrawn"), "wait"),
    ContributionStatus.NOT_ANSWERED: lambda cell: Chip(
        _("closed, still welcome"), "wait"
    ),
}
