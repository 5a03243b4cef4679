"""The desk page as values: what needs somebody, what runs, what is late."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from emnnet.domain.moments import office_day
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
from emnnet.web.doors import pages_of
from emnnet.web.query_words import (
    STATUS_TONES,
    STATUS_WORDS,
    Spoken,
    distance_words,
    hour_words,
)

PER_PAGE = 20
NEEDS_SHOWN = 12
FEW = 8


@dataclass(frozen=True)
class DeskLine:
    """One running query as a line of the table."""

    row: DeskRow
    url: str
    state: Spoken
    when: Spoken | None
    answered: str


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
    now: datetime,
    page: int,
    clears: bool,
    all_needs: bool,
) -> Desk:
    """Put the page together: filtered, sorted for today, one page of lines."""
    today = office_day(now)
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
        lines=_lines(part, found, now),
        running_total=len(running),
        due_today=sum(row.due_on == today for row in running),
        late=sum(row.is_late(today) for row in running),
        page=page,
        pages=pages,
        themes=theme_options(found.rows),
        coordinators=coordinator_options(found.rows),
        statuses=_statuses(found.rows),
        has_many=len(found.rows) > FEW,
    )


def _lines(rows: list[DeskRow], found: OpenQueries, now: datetime) -> list[DeskLine]:
    """The lines of one page. Words and addresses are looked up once, not in each."""
    today = office_day(now)
    page = pages_of("queries.show")
    answered = str(_("%(done)s of %(asked)s answers are in", done="{0}", asked="{1}"))
    days = {row.due_on for row in rows if row.due_on}
    far = {day: distance_words(found.calendar, day, today) for day in days}
    return [
        DeskLine(
            row=row,
            url=page(row.query_id),
            state=Spoken(str(STATUS_WORDS[row.status]), STATUS_TONES[row.status]),
            when=_when(row, far, now),
            answered=answered.format(row.done, row.facts.asked),
        )
        for row in rows
    ]


def _statuses(rows: list[DeskRow]) -> list[Option]:
    there = {row.status for row in rows}
    return [
        Option(status.value, str(word))
        for status, word in STATUS_WORDS.items()
        if status in there
    ]


def _when(row: DeskRow, far: dict[date, Spoken], now: datetime) -> Spoken | None:
    """How far the next date is; on the day itself, the hour."""
    if row.due_on is None:
        return None
    today = row.due_on == office_day(now) and row.partners_due_on == row.due_on
    return (today and hour_words(row.hour_today, now)) or far[row.due_on]
