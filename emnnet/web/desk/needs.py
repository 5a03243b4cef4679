"""What the office has to do, in words, each with the page where it is done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.models.task import TaskKind
from emnnet.selectors.desk_needs import Need
from emnnet.selectors.desk_rows import DeskRow
from emnnet.web.doors import door_to

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
    QueryStatus.TO_CLEAR: (_l("Ask for clearance"), "workbench.show"),
    QueryStatus.CLEARED: (_l("Send the response"), "workbench.show"),
    QueryStatus.SENT: (_l("Close the query"), "queries.show"),
}
TASK_WORDS: dict[TaskKind, LazyString] = {
    TaskKind.MAIL_FAILED: _l("A mail could not be delivered"),
    TaskKind.ADDRESS_REFUSED: _l("An address refuses mail"),
    TaskKind.CALENDAR_MISSING: _l("The holidays of a year are missing"),
    TaskKind.RECORD_BROKEN: _l("A record could not be handled in the night"),
    TaskKind.LATE_ANSWER: _l("An answer came late"),
    TaskKind.NO_CONTACT: _l("An institution has no contact to write to"),
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


def need_groups(
    rows: Iterable[DeskRow], needs: list[Need], *, clears: bool
) -> list[NeedGroup]:
    """Tasks of no open query first, then the queries in the order of `rows`."""
    rows = list(rows)
    declined = [need for need in needs if not need.task_id]
    tasks = [need for need in needs if need.task_id]
    shown = {row.query_id for row in rows}
    groups = [_task_group(task) for task in tasks if task.query_id not in shown]
    for row in rows:
        own = [need for need in declined if need.query_id == row.query_id]
        told = [need for need in tasks if need.query_id == row.query_id]
        lines = [*_said(row, own), *map(_task_line, told), *_next(row, clears=clears)]
        if lines:
            groups.append(_group(row, lines))
    return groups


def _group(row: DeskRow, lines: list[NeedLine]) -> NeedGroup:
    return NeedGroup(row.query_id, row.reference, row.title, tuple(lines))


def _task_group(task: Need) -> NeedGroup:
    return NeedGroup(task.query_id, task.reference, task.title, (_task_line(task),))


def _task_line(task: Need) -> NeedLine:
    words = str(TASK_WORDS.get(TaskKind(task.task_kind), task.task_kind))
    text = f"{words}: {task.institution}" if task.institution else words
    page = "workbench.show" if task.task_kind == TaskKind.LATE_ANSWER else ""
    if page and task.query_id:
        url = door_to(page, query_id=task.query_id)
        return NeedLine(text, _("Read it"), url, "due")
    return NeedLine(text, _("Look at the mail"), door_to("outbox.index"), "late")


def _said(row: DeskRow, declined: list[Need]) -> Iterator[NeedLine]:
    """What partners said that waits for an answer of the office."""
    routing = door_to("routing.show", query_id=row.query_id)
    workbench = door_to("workbench.show", query_id=row.query_id)
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
        url = door_to("workbench.show", query_id=row.query_id)
        yield NeedLine(text, _("Read why"), url, "due")
    elif row.status is QueryStatus.IN_CLEARANCE and clears:
        url = door_to("workbench.show", query_id=row.query_id)
        yield NeedLine(_("Waits for clearance"), _("Read and decide"), url, "info")
    elif row.status in NEXT_STEPS:
        action, page = NEXT_STEPS[row.status]
        url = door_to(page, query_id=row.query_id)
        yield NeedLine(str(STAGES[row.status]), str(action), url, "info")
