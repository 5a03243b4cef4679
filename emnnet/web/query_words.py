"""States, relations and distances as words; a tone says how loud they are."""

from dataclasses import dataclass
from datetime import date, datetime, time

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.domain.calendar import Calendar, Distance, DistanceKind
from emnnet.domain.lifecycle import CellRole, ContributionStatus, DeclineReason
from emnnet.domain.moments import is_over, late_by, office_day
from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.models.query import RelationKind, RequesterKind

MINUTES_A_DAY = 24 * 60

STATUS_WORDS: dict[QueryStatus, LazyString] = {
    QueryStatus.REGISTERED: _l("not routed"),
    QueryStatus.WAITING: _l("waiting for answers"),
    QueryStatus.ALL_REFUSED: _l("all refused"),
    QueryStatus.TO_CONSOLIDATE: _l("to consolidate"),
    QueryStatus.TO_CLEAR: _l("to clear"),
    QueryStatus.IN_CLEARANCE: _l("in clearance"),
    QueryStatus.CLEARED: _l("cleared"),
    QueryStatus.SENT: _l("sent"),
    QueryStatus.CLOSED: _l("closed"),
    QueryStatus.WITHDRAWN: _l("withdrawn"),
    QueryStatus.DELETED: _l("deleted"),
}
STATUS_TONES: dict[QueryStatus, str] = {
    QueryStatus.REGISTERED: "info",
    QueryStatus.WAITING: "wait",
    QueryStatus.ALL_REFUSED: "late",
    QueryStatus.TO_CONSOLIDATE: "info",
    QueryStatus.TO_CLEAR: "info",
    QueryStatus.IN_CLEARANCE: "wait",
    QueryStatus.CLEARED: "done",
    QueryStatus.SENT: "done",
    QueryStatus.CLOSED: "done",
    QueryStatus.WITHDRAWN: "wait",
    QueryStatus.DELETED: "wait",
}
CELL_WORDS: dict[ContributionStatus, LazyString] = {
    ContributionStatus.INFORMED: _l("for information"),
    ContributionStatus.ASKED: _l("asked"),
    ContributionStatus.DRAFT: _l("writing"),
    ContributionStatus.PROMISED: _l("promised"),
    ContributionStatus.SUBMITTED: _l("to read"),
    ContributionStatus.ACCEPTED: _l("accepted"),
    ContributionStatus.RETURNED: _l("returned"),
    ContributionStatus.DECLINED: _l("declined"),
    ContributionStatus.RELEASED: _l("released"),
    ContributionStatus.WITHDRAWN: _l("withdrawn"),
    ContributionStatus.NOT_ANSWERED: _l("not answered"),
}
CELL_TONES: dict[ContributionStatus, str] = {
    ContributionStatus.SUBMITTED: "info",
    ContributionStatus.ACCEPTED: "done",
    ContributionStatus.RETURNED: "due",
    ContributionStatus.DECLINED: "due",
}
ROLE_WORDS: dict[CellRole, LazyString] = {
    CellRole.LEAD: _l("leads"),
    CellRole.CONTRIBUTES: _l("contributes"),
    CellRole.INFORMED: _l("for information"),
}
DECLINE_WORDS: dict[DeclineReason, LazyString] = {
    DeclineReason.NO_DATA: _l("no data"),
    DeclineReason.NOT_COMPETENT: _l("not their competence"),
    DeclineReason.NOT_APPLICABLE: _l("does not apply"),
}
RELATION_WORDS: dict[RelationKind, LazyString] = {
    RelationKind.UPDATE: _l("is an update of"),
    RelationKind.FOLLOW_UP: _l("follows up"),
    RelationKind.PART: _l("is another part of"),
    RelationKind.FEEDS_INFORM: _l("feeds the same Inform as"),
    RelationKind.UPDATES_STUDY: _l("updates the study of"),
}
RELATION_WORDS_BACK: dict[RelationKind, LazyString] = {
    RelationKind.UPDATE: _l("has an update:"),
    RelationKind.FOLLOW_UP: _l("has a follow-up:"),
    RelationKind.PART: _l("has another part:"),
    RelationKind.FEEDS_INFORM: _l("feeds the same Inform as"),
    RelationKind.UPDATES_STUDY: _l("has an update of its study:"),
}
REQUESTER_WORDS: dict[RequesterKind, LazyString] = {
    RequesterKind.NCP: _l("an NCP"),
    RequesterKind.COMMISSION: _l("the Commission"),
    RequesterKind.COUNTRY: _l("a country"),
    RequesterKind.PERSON: _l("a person"),
    RequesterKind.EMN: _l("the EMN"),
    RequesterKind.UNKNOWN: _l("not known"),
}


@dataclass(frozen=True)
class Spoken:
    """A text and its tone: due, late, done, wait or info."""

    text: str
    tone: str


def distance_words(
    calendar: Calendar, due_on: date, today: date, hour: Spoken | None = None
) -> Spoken:
    """How far a date is: "due today", "in 3 working days", "2 working days late".

    `hour` is what is said of the day itself, where it is due by an hour.
    """
    far = calendar.distance(due_on, today)
    if far.kind is DistanceKind.TODAY:
        return hour or Spoken(_("due today"), "due")
    if far.kind is DistanceKind.LATE:
        return Spoken(_late(far), "late")
    return Spoken(_ahead(far), "wait")


def hour_words(due_time: time | None, now: datetime) -> Spoken | None:
    """What is said on the day itself: "due today, 12:00", "late since 12:00"."""
    if due_time is None:
        return None
    written = f"{due_time:%H:%M}"
    if is_over(office_day(now), due_time, now):
        return Spoken(_("late since %(hour)s", hour=written), "late")
    return Spoken(_("due today, %(hour)s", hour=written), "due")


def late_words(due_on: date, due_time: time | None, at: datetime) -> str | None:
    """How late something came, or none if in time: minutes, hours, then days."""
    late = late_by(due_on, due_time, at)
    if late is None:
        return None
    minutes = max(1, int(late.total_seconds() // 60))
    if due_time is None or minutes >= MINUTES_A_DAY:
        days = max(1, (office_day(at) - due_on).days)
        return str(ngettext("late by %(num)d day", "late by %(num)d days", days))
    if minutes < 60:
        return str(
            ngettext("late by %(num)d minute", "late by %(num)d minutes", minutes)
        )
    return str(ngettext("late by %(num)d hour", "late by %(num)d hours", minutes // 60))


def _late(far: Distance) -> str:
    """In working days; over a weekend, when there are none yet, in days."""
    if far.working_days:
        return str(
            ngettext(
                "%(num)d working day late",
                "%(num)d working days late",
                far.working_days,
            )
        )
    return str(ngettext("%(num)d day late", "%(num)d days late", far.days))


def _ahead(far: Distance) -> str:
    if far.working_days:
        return str(
            ngettext(
                "in %(num)d working day", "in %(num)d working days", far.working_days
            )
        )
    return str(ngettext("in %(num)d day", "in %(num)d days", far.days))
