"""The board of coming mail in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from emnnet.domain.calendar import Calendar
from emnnet.domain.chases import Choice
from emnnet.domain.mail_pauses import Quiet
from emnnet.domain.messages import unpacked
from emnnet.domain.reminders import first_chance
from emnnet.models.reminder import Reminder
from emnnet.selectors.assignment_names import AssignmentName, InstitutionName
from emnnet.selectors.mail_board import MadeDecision, Stuck
from emnnet.selectors.planned_mail import MailPlan, PlannedMail, PlannedReminder
from emnnet.web.filters import day
from emnnet.web.ladder.words import STEPS
from emnnet.web.messages import spoken

MayForward = Callable[[PlannedReminder], bool]


@dataclass(frozen=True)
class Item:
    """One reminder of a planned mail, or one call."""

    assignment: AssignmentName
    part: int | None
    clock: int
    kind: str
    step: str
    labels: str
    due_on: date
    why: Sequence[str]
    may_forward: bool


@dataclass(frozen=True)
class MailView:
    """One planned mail: to whom, about what."""

    institution: InstitutionName
    to: str
    why_there: Sequence[str]
    copy_to: str
    items: Sequence[Item]
    skipped: str


@dataclass(frozen=True)
class DayView:
    """One working day of the board."""

    day: date
    mails: Sequence[MailView]
    skipped: Sequence[MailView]
    calls: Sequence[Item]
    quiet: Quiet | None


@dataclass(frozen=True)
class DecisionView:
    """What a person decided about a step, in words."""

    id: int
    assignment: AssignmentName
    step: str
    words: str
    by: str


@dataclass(frozen=True)
class StuckView:
    """An answer after which nobody goes any more."""

    assignment: AssignmentName
    labels: str
    due_on: date
    since: date


def day_view(
    plan: MailPlan,
    known: Mapping[int, AssignmentName],
    run_on: date,
    calendar: Calendar,
) -> DayView:
    """One day, each mail with its items."""

    def may_forward(one: PlannedReminder) -> bool:
        chase = one.subject.chase
        return first_chance(one.due.kind, chase, run_on, calendar) < plan.day

    return DayView(
        plan.day,
        [_mail(mail, known, may_forward) for mail in plan.mails],
        [_mail(mail, known, lambda _one: False) for mail in plan.skipped],
        [_item(one, known, may_forward) for one in plan.calls],
        plan.quiet,
    )


def _mail(
    mail: PlannedMail, known: Mapping[int, AssignmentName], may_forward: MayForward
) -> MailView:
    items = [_item(one, known, may_forward) for one in mail.reminders]
    items.sort(key=lambda item: (item.due_on, item.assignment.id))
    return MailView(
        known[mail.assignment_ids[0]].institution,
        mail.to.email if mail.to else "",
        [spoken(reason) for reason in mail.to.why] if mail.to else [],
        mail.copy_to.email if mail.copy_to else "",
        items,
        spoken(mail.skipped) if mail.skipped else "",
    )


def _item(
    one: PlannedReminder, known: Mapping[int, AssignmentName], may_forward: MayForward
) -> Item:
    subject, assignment = one.subject, known[one.subject.assignment_id]
    return Item(
        assignment,
        subject.contribution_id,
        subject.chase.clock_start,
        one.due.kind.value,
        str(STEPS[one.due.kind]),
        assignment.labels(subject.parts),
        one.due_on,
        [spoken(reason) for reason in one.due.why],
        may_forward(one),
    )


def decision_view(made: MadeDecision) -> DecisionView:
    """One decision in words."""
    row = made.decision
    if row.choice is Choice.SKIP:
        words = _("left out on %(day)s", day=day(row.on))
    elif row.choice is Choice.FORWARD:
        words = _("brought forward to %(day)s", day=day(row.on))
    elif row.until is not None:
        words = _("held until %(day)s", day=day(row.until))
    else:
        words = _("held till somebody releases it")
    return DecisionView(made.id, made.about, str(STEPS[row.kind]), words, row.by)


def stuck_view(one: Stuck, known: Mapping[int, AssignmentName]) -> StuckView:
    """One stuck answer."""
    assignment = known[one.subject.assignment_id]
    labels = assignment.labels(one.subject.parts)
    return StuckView(assignment, labels, one.subject.chase.due_on, one.since)


def why_sent(reminder: Reminder) -> list[str]:
    """Why a reminder was sent, from the ledger, in the reader's language."""
    said = reminder.why.get("said")
    if said:
        return [spoken(unpacked(one)) for one in said]
    return [str(reason) for reason in reminder.why.get("why", ())]
