"""Events as lines: grouped by the days of the office, facts in words."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from emnnet import clock
from emnnet.domain.roles import ActorKind
from emnnet.selectors.history import HistoryLine
from emnnet.web.filters import day
from emnnet.web.history.words import (
    CODED,
    DOOR_WORDS,
    FACT_WORDS,
    ICONS,
    KIND_WORDS,
    ROLE_WORDS,
)

LONGEST = 300  # characters of a fact


@dataclass(frozen=True)
class Fact:
    """One fact: its name and its value, or what it was and what it is."""

    name: str
    value: str
    before: str | None = None


@dataclass(frozen=True)
class Line:
    """One event as it is read."""

    number: int
    hour: str
    words: str
    about: str
    who: str
    door: str
    icon: str
    facts: list[Fact]


@dataclass(frozen=True)
class Day:
    """The events of one day, the newest first."""

    day: date
    lines: list[Line]


def days_of(lines: list[HistoryLine]) -> list[Day]:
    """The events by the days of the office."""
    grouped = groupby(lines, key=lambda line: _local(line).date())
    return [Day(on, [_line(each) for each in part]) for on, part in grouped]


def _local(line: HistoryLine) -> Any:
    return line.at.astimezone(clock.zone())


def _line(line: HistoryLine) -> Line:
    kind = ActorKind(line.actor_kind)
    return Line(
        number=line.number,
        hour=f"{_local(line):%H:%M}",
        words=str(KIND_WORDS.get(line.kind, line.kind.replace("_", " "))),
        about=str(line.facts.get("institution") or ""),
        who=_who(line, kind),
        door=_door(line, kind),
        icon=ICONS[kind],
        facts=[
            _fact(name, value)
            for name, value in line.facts.items()
            if name in FACT_WORDS and value not in ("", None, [])
        ],
    )


def _who(line: HistoryLine, kind: ActorKind) -> str:
    if kind is ActorKind.SCHEDULER:
        return str(_("the scheduler"))
    if kind is ActorKind.COMMAND:
        return str(_("the command line"))
    return line.actor_name


def _door(line: HistoryLine, kind: ActorKind) -> str:
    if kind is ActorKind.PERSON:
        return str(ROLE_WORDS.get(line.actor_role, line.actor_role))
    return str(DOOR_WORDS[kind])


def _fact(name: str, value: Any) -> Fact:
    word = str(FACT_WORDS[name])
    if name in CODED:
        value = _plain(value)
    if _is_change(name, value):
        before, after = value
        return Fact(word, _shown(after), _shown(before))
    return Fact(word, _shown(value))


def _plain(value: Any) -> Any:
    """A word of our own, or the two of a change, without underscores."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.replace("_", " ") if isinstance(value, str) else value


def _is_change(name: str, value: Any) -> bool:
    """Was it recorded as [before, after]?"""
    return name != "questions" and isinstance(value, list) and len(value) == 2


def _shown(value: Any) -> str:
    if value is None or value == "":
        return str(_("nothing"))
    if isinstance(value, bool):
        return str(_("yes")) if value else _("no")
    if isinstance(value, list):
        return ", ".join(_shown(each) for each in value) or str(_("nothing"))
    if value == "changed":
        return str(_("changed"))
    if isinstance(value, str):
        return _day_or_text(value)
    return str(value)


def _day_or_text(value: str) -> str:
    try:
        return day(date.fromisoformat(value)) if len(value) == 10 else value[:LONGEST]
    except ValueError:
        return value[:LONGEST]
