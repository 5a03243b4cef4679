"""What the office has to do, in words, each with the page where it is done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.models.task import CALENDAR_TASKS, TaskKind
from emnnet.selectors.desk_needs import Need
from emnnet.selectors.desk_rows import DeskRow
from emnnet.web.doors import door_to, query_page

STAGES: dict[QueryStatus, LazyString] = {
    QueryStatus.REGISTERED: _l("Not routed yet"),
    QueryStatus.TO_CONSOLIDATE: _l("All answers are in"),
    QueryStatus.TO_CLEAR: _l("Every question has its text"),
    QueryStatus.CLEARED: _l("Cleared"),
    QueryStatus.SENT: _l("The response was sent"),
}
NEXT_STEPS: dict[QueryStatus, tuple[LazyString, str]] = {
    QueryStatus.REGISTERED: (_l("Decide who answers"), "routing.show"),
    QueryStatus.TO_CONSOLIDATE: (_l("Write the response"), "workbench.show"),
    QueryStatus.TO_CLEAR: (_l("Ask for clearance"), "clearance.show"),
    QueryStatus.CLEARED: (_l("Send the response"), "sending_out.show"),
    QueryStatus.SENT: (_l("Close the query"), "sending_out.closing"),
}
TASK_WORDS: dict[TaskKind, LazyString] = {
    TaskKind.MAIL_FAILED: _l("A mail could not be delivered"),
    TaskKind.ADDRESS_REFUSED: _l("An address refuses mail"),
    TaskKind.CALENDAR_MISSING: _l("The holidays of a year are missing"),
    TaskKind.CALENDAR_CHECK: _l("Compare next year's holidays with the official list"),
    TaskKind.CALENDAR_FEED: _l("The published holidays differ or cannot be read"),
    TaskKind.RECORD_BROKEN: _l("A record could not be handled in the night"),
    TaskKind.LATE_ANSWER: _l("An answer came late"),
    TaskKind.NO_CONTACT: _l("An institution has no contact to write to"),
    TaskKind.NOBODY_ABOVE: _l("Nobody above the contact is named"),
    TaskKind.MORE_TIME_ASKED: _l("An institution asks for more time"),
    TaskKind.CALL: _l("To be telephoned"),
    TaskKind.CONTACT_PROPOSED: _l("Confirm who stands in for a contact"),
    TaskKind.INTAKE_FAILED: _l("The mailbox cannot be read"),
    TaskKind.ARRIVED_MAIL: _l("A mail has arrived"),
    TaskKind.ARRIVED_LATE: _l("A mail came after the end"),
}


@dataclass(frozen=True)
class NeedLine:
    """One sentence, and where to go with it."""

    text: str
    action: str = ""
    url: str | None = None
    tone: str = ""


@dataclass(frozen=True)
class NeedGroup:
    """All that one query needs; without a query, what the office needs."""

    query_id: int | None
    reference: str
    title: str
    lines: tuple[NeedLine, ...]

    @property
    def url(self) -> str | None:
        """The page of the query."""
        return query_page("queries.show", self.query_id) if self.query_id else None


@dataclass(frozen=True)
class Waiting:
    """A query, or a task of the office, that needs somebody; not in words yet."""

    row: DeskRow | None
    needs: tuple[Need, ...] = ()


def waiting(
    rows: Iterable[DeskRow], needs: list[Need], *, clears: bool
) -> list[Waiting]:
    """Tasks of no open query first, then the queries in the order of `rows`."""
    by_query: dict[int | None, list[Need]] = {}
    for need in needs:
        by_query.setdefault(need.query_id, []).append(need)
    found = []
    for row in rows:
        own = tuple(by_query.pop(row.query_id, ()))
        if own or _has_word(row, clears=clears):
            found.append(Waiting(row, own))
    left = [need for part in by_query.values() for need in part if need.task_id]
    return [*(Waiting(None, (task,)) for task in left), *found]


def group(waiting: Waiting, *, clears: bool) -> NeedGroup:
    """What is waited for, in words, each with the page where it is done."""
    row = waiting.row
    if row is None:
        (task,) = waiting.needs
        lines = (_task_line(task),)
        return NeedGroup(task.query_id, task.reference, task.title, lines)
    declined = [need for need in waiting.needs if not need.task_id]
    tasks = [need for need in waiting.needs if need.task_id]
    said = [*_said(row, declined), *map(_task_line, tasks), *_next(row, clears=clears)]
    return NeedGroup(row.query_id, row.reference, row.title, tuple(said))


def _has_word(row: DeskRow, *, clears: bool) -> bool:
    """Is there anything to say of it besides declined questions and tasks?"""
    said = row.facts.refused_questions or row.to_read or row.changes_asked
    to_clear = clears and row.status is QueryStatus.IN_CLEARANCE
    ours = row.clearance_returned or row.status in NEXT_STEPS
    return bool(said or to_clear or ours)


def _task_line(task: Need) -> NeedLine:
    words = str(TASK_WORDS.get(TaskKind(task.task_kind), task.task_kind))
    text = f"{words}: {task.institution}" if task.institution else words
    page = "workbench.show" if task.task_kind == TaskKind.LATE_ANSWER else ""
    if page and task.query_id:
        url = query_page(page, task.query_id)
        return NeedLine(text, _("Read it"), url, "due")
    if task.task_kind == TaskKind.MORE_TIME_ASKED and task.query_id:
        url = query_page("queries.show", task.query_id)
        return NeedLine(text, _("Decide"), url, "due")
    if task.task_kind in CALENDAR_TASKS:
        return _calendar_line(task, words)
    if task.task_kind in {TaskKind.ARRIVED_MAIL, TaskKind.ARRIVED_LATE}:
        late = task.task_kind == TaskKind.ARRIVED_LATE
        url = door_to("arrived_mail.index", state="filed" if late else None)
        return NeedLine(text, _("Read it"), url, "due")
    if task.task_kind == TaskKind.CALL:
        return NeedLine(text, _("Telephone"), door_to("calls.index"), "due")
    if task.task_kind == TaskKind.CONTACT_PROPOSED:
        return NeedLine(text, _("Decide"), door_to("closures.index"), "due")
    return NeedLine(text, _("Look at the mail"), door_to("outbox.index"), "late")


def _calendar_line(task: Need, words: str) -> NeedLine:
    """Which calendar and year, and its page; the key of the task says it."""
    _kind, code, which, *_rest = [*task.label.split(":"), "", ""]
    year = which if which.isdecimal() else None
    text = f"{words}: {code} {year}" if year else f"{words}: {code}"
    url = door_to("calendars.show", code=code, year=year) if code else None
    return NeedLine(text, _("Open the calendar"), url, "due")


def _said(row: DeskRow, declined: list[Need]) -> Iterator[NeedLine]:
    """What partners said that waits for an answer of the office."""
    routing = query_page("routing.show", row.query_id)
    workbench = query_page("workbench.show", row.query_id)
    for need in declined:
        yield _declined_line(need, routing)
    if row.facts.refused_questions:
        yield _refused_line(row.facts.refused_questions, routing)
    if row.to_read:
        text = ngettext(
            "%(num)d answer to read", "%(num)d answers to read", row.to_read
        )
        yield NeedLine(text, _("Read them"), workbench)
    if row.changes_asked:
        text = ngettext(
            "%(num)d institution asks to change its answer",
            "%(num)d answers: their institutions ask to change them",
            row.changes_asked,
        )
        yield NeedLine(text, _("Decide"), workbench, "due")


def _declined_line(need: Need, url: str | None) -> NeedLine:
    text = _(
        "Question %(label)s: %(institution)s says it is not theirs",
        label=need.label,
        institution=need.institution,
    )
    if not need.suggested:
        return NeedLine(text, _("Ask somebody else"), url, "due")
    return NeedLine(text, _("Ask %(whom)s instead", whom=need.suggested), url, "due")


def _refused_line(count: int, url: str | None) -> NeedLine:
    text = ngettext(
        "%(num)d question refused by all who were asked",
        "%(num)d questions refused by all who were asked",
        count,
    )
    return NeedLine(text, _("Ask somebody else"), url, "late")


def _next(row: DeskRow, *, clears: bool) -> Iterator[NeedLine]:
    """The next step, where the ball lies with the office."""
    if row.clearance_returned:
        text = _("The clearance was refused")
        url = query_page("workbench.show", row.query_id)
        yield NeedLine(text, _("Read why"), url, "due")
    elif row.status is QueryStatus.IN_CLEARANCE and clears:
        url = query_page("clearance.show", row.query_id)
        yield NeedLine(_("Waits for clearance"), _("Read and decide"), url, "info")
    elif row.status in NEXT_STEPS:
        action, page = NEXT_STEPS[row.status]
        url = query_page(page, row.query_id)
        yield NeedLine(str(STAGES[row.status]), str(action), url, "info")
