"""The desk page as values: what needs somebody, what runs, what is late."""

from dataclasses import dataclass
from datetime import date

from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.selectors.desk_needs import Need
from emnnet.selectors.desk_rows import DeskRow, OpenQueries, sorted_for_today
from emnnet.web.desk.filters import (
    DeskFilter,
    Option,
    coordinator_options,
    theme_options,
)
from emnnet.web.desk.needs import NeedGroup, group, waiting
from emnnet.web.query_words import STATUS_TONES, STATUS_WORDS, Spoken, distance_words

PER_PAGE = 20
NEEDS_SHOWN = 12
FEW = 8


@dataclass(frozen=True)
class DeskLine:
    """One running query as a line of the table."""

    row: DeskRow
    state: Spoken
    when: Spoken | None


@dataclass(frozen=True)
class Desk:
    """All the desk shows."""

    needs: list[NeedGroup]
    needs_total: int
    lines: list[DeskLine]
    running_total: int
    due_today: int
    late: int
    page: int
    pages: int
    themes: list[Option]
    coordinators: list[Option]
    statuses: list[Option]
    has_many: bool  # more than one looks through at a glance


def desk(
    found: OpenQueries,
    needs: list[Need],
    chosen: DeskFilter,
    *,
    today: date,
    page: int,
    clears: bool,
    all_needs: bool,
) -> Desk:
    """Put the page together: filtered, sorted for today, one page of lines."""
    ordered = sorted_for_today(found.rows, today)
    kept = [row for row in ordered if chosen.keeps(row)]
    if chosen.is_set:
        ids = {row.query_id for row in kept}
        needs = [need for need in needs if need.query_id in ids]
    waits = waiting(kept, needs, clears=clears)
    shown = waits if all_needs else waits[:NEEDS_SHOWN]
    running = [row for row in kept if row.status is not QueryStatus.SENT]
    pages = max(1, -(-len(running) // PER_PAGE))
    page = min(max(page, 1), pages)
    part = running[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Desk(
        needs=[group(each, clears=clears) for each in shown],
        needs_total=len(waits),
        lines=[_line(row, found, today) for row in part],
        running_total=len(running),
        due_today=sum(row.due_on == today for row in running),
        late=sum(row.due_on is not None and row.due_on < today for row in running),
        page=page,
        pages=pages,
        themes=theme_options(found.rows),
        coordinators=coordinator_options(found.rows),
        statuses=_statuses(found.rows),
        has_many=len(found.rows) > FEW,
    )


def _line(row: DeskRow, found: OpenQueries, today: date) -> DeskLine:
    status = row.status
    state = Spoken(str(STATUS_WORDS[status]), STATUS_TONES[status])
    when = distance_words(found.calendar, row.due_on, today) if row.due_on else None
    return DeskLine(row, state, when)


def _statuses(rows: list[DeskRow]) -> list[Option]:
    there = {row.status for row in rows}
    return [
        Option(status.value, str(word))
        for status, word in STATUS_WORDS.items()
        if status in there
    ]
