"""What stands in the digest a coordinator gets on a working morning.

Grouped by query; only what others did; nothing that was told at once already. What is
late or due today is worth a mail by itself, what is due later this week only on the
first working day of the week. Nothing at all is no mail (B14); a mailbox that could
not be read is told instead of "nothing new" (B27).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from emnnet.domain.moments import office_day

ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class About:
    """The query something is about, as a list prints it."""

    query_id: int
    reference: str
    title: str


@dataclass(frozen=True)
class Happened:
    """One act: what, by whom, about which question."""

    about: About
    what: str
    who: str  # the institution, else the person
    question: str = ""
    is_own: bool = False  # the reader's own act is no news to the reader
    told: bool = False  # a mail of its own said so at once


@dataclass(frozen=True)
class Awaited:
    """What one institution owes about one query, and by which day."""

    about: About
    institution: str
    due_on: date


@dataclass(frozen=True)
class Found:
    """A task the system opened since the last digest."""

    kind: str
    institution: str = ""
    reference: str = ""


@dataclass(frozen=True)
class News:
    """All the acts of one kind about one query."""

    what: str
    count: int
    who: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One query: what happened, what is late, due today, due this week."""

    about: About
    news: tuple[News, ...] = ()
    late: tuple[Awaited, ...] = ()
    today: tuple[Awaited, ...] = ()
    week: tuple[Awaited, ...] = ()


@dataclass(frozen=True)
class Morning:
    """The whole digest."""

    entries: tuple[Entry, ...] = ()
    tasks: tuple[Found, ...] = ()
    open_tasks: int = 0
    intake_failed_since: datetime | None = None
    begins_week: bool = False

    @property
    def items(self) -> int:
        """How many things are worth a mail."""
        told = sum(
            len(one.news) + len(one.late) + len(one.today) + self._weekly(one)
            for one in self.entries
        )
        return told + len(self.tasks) + (self.intake_failed_since is not None)

    @property
    def is_empty(self) -> bool:
        """Would the mail say nothing?"""
        return self.items == 0

    def _weekly(self, entry: Entry) -> int:
        return len(entry.week) if self.begins_week else 0


def morning(
    happened: Iterable[Happened],
    awaited: Iterable[Awaited],
    tasks: Sequence[Found],
    *,
    today: date,
    open_tasks: int = 0,
    intake_failed_since: datetime | None = None,
    begins_week: bool = False,
) -> Morning:
    """Put the digest together; the queries with the oldest dates first."""
    news = [one for one in happened if not one.is_own and not one.told]
    week_end = today + ONE_WEEK - timedelta(days=today.weekday() + 1)
    near = [one for one in awaited if one.due_on <= week_end]
    mentioned = [*(one.about for one in near), *(one.about for one in news)]
    abouts = {about.query_id: about for about in mentioned}
    entries = [_entry(about, news, near, today) for about in abouts.values()]
    entries.sort(key=lambda entry: _urgency(entry, today))
    return Morning(
        tuple(entries), tuple(tasks), open_tasks, intake_failed_since, begins_week
    )


def _entry(
    about: About, news: Iterable[Happened], near: Iterable[Awaited], today: date
) -> Entry:
    mine = [one for one in news if one.about.query_id == about.query_id]
    kinds = dict.fromkeys(one.what for one in mine)
    owed = sorted(
        (one for one in near if one.about.query_id == about.query_id),
        key=lambda one: (one.due_on, one.institution),
    )
    return Entry(
        about,
        tuple(_news(what, [one for one in mine if one.what == what]) for what in kinds),
        late=tuple(one for one in owed if one.due_on < today),
        today=tuple(one for one in owed if one.due_on == today),
        week=tuple(one for one in owed if one.due_on > today),
    )


def _news(what: str, acts: Sequence[Happened]) -> News:
    return News(what, len(acts), tuple(dict.fromkeys(one.who for one in acts)))


def _urgency(entry: Entry, today: date) -> tuple[date, int]:
    owed = (*entry.late, *entry.today, *entry.week)
    return (owed[0].due_on if owed else today + ONE_WEEK, entry.about.query_id)


def as_facts(found: Morning) -> dict[str, Any]:
    """The digest as plain words and numbers, to be kept with the mail."""
    since = found.intake_failed_since
    return {
        "queries": [_entry_facts(one) for one in found.entries],
        "tasks": [vars(one) for one in found.tasks],
        "open_tasks": found.open_tasks,
        "intake_failed_on": office_day(since).isoformat() if since else None,
        "items": found.items,
    }


def _entry_facts(entry: Entry) -> dict[str, Any]:
    return vars(entry.about) | {
        "news": [
            {"what": one.what, "count": one.count, "who": list(one.who)}
            for one in entry.news
        ],
        "late": _awaited(entry.late),
        "today": _awaited(entry.today),
        "week": _awaited(entry.week),
    }


def _awaited(rows: Iterable[Awaited]) -> list[dict[str, str]]:
    return [
        {"institution": one.institution, "due_on": one.due_on.isoformat()}
        for one in rows
    ]
