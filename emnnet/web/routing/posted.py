"""The grid as a form sent it: cells, days, and what the button was for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from emnnet.domain.calendar import Unit
from emnnet.domain.dates import parse_day
from emnnet.domain.errors import DomainError
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.messages import _n
from emnnet.domain.routing_grid import Key
from emnnet.web.messages import translated

CELL = re.compile(r"cell-(\d{1,9})-(\d{1,9})")
DUE = re.compile(r"due-(\d{1,9})")
ROLES = {role.value: role for role in CellRole}
UNITS = {unit.value: unit for unit in Unit}
NO_NUMBER = _n("Write the term as a number of days, for example 10.")
NO_HOUR = _n("“%(typed)s” is no hour. Write it like 12:00, or leave it empty.")


@dataclass(frozen=True)
class PostedTerm:
    """The term as it was typed."""

    unit: str = ""
    days: str = ""
    hour: str = ""

    def term(self) -> tuple[int, Unit] | None:
        """How many days of what, none for the plan; raises `DomainError`."""
        if self.unit not in UNITS:
            return None
        if not self.days.isdecimal() or len(self.days) > 6:
            raise DomainError(NO_NUMBER)
        return int(self.days), UNITS[self.unit]

    def due_time(self) -> time | None:
        """The hour of the last day, if one was typed; raises `DomainError`."""
        if not self.hour:
            return None
        try:
            return time.fromisoformat(self.hour)
        except ValueError as error:
            raise DomainError(NO_HOUR, typed=self.hour[:20]) from error


@dataclass(frozen=True)
class PostedGrid:
    """What was chosen; `typed` are the days as they stood in the fields."""

    cells: dict[Key, CellRole]
    due_on: dict[int, date] = field(default_factory=dict)
    typed: dict[int, str] = field(default_factory=dict)
    wrong: dict[int, str] = field(default_factory=dict)
    seen: str | None = None
    replace: frozenset[int] = frozenset()
    step: str = "save"
    term: PostedTerm | None = None


def read_posted(form: Mapping[str, str], replace: list[str]) -> PostedGrid:
    """Read the fields; a day that is none is kept as it was typed, with its error."""
    posted = PostedGrid(
        cells=_cells(form),
        typed={
            int(name[1]): value.strip()
            for key, value in form.items()
            if (name := DUE.fullmatch(key)) and value.strip()
        },
        seen=form.get("seen") or None,
        replace=frozenset(int(one) for one in replace if one.isdecimal()),
        step=form.get("step", "save"),
        term=_term(form),
    )
    asked = {institution for _, institution in posted.cells}
    for institution, typed in posted.typed.items():
        try:
            posted.due_on[institution] = parse_day(typed)
        except DomainError as error:
            if institution in asked:
                posted.wrong[institution] = translated(error)
    return posted


def _term(form: Mapping[str, str]) -> PostedTerm:
    names = ("term_unit", "term_days", "due_time")
    return PostedTerm(*(form.get(name, "").strip() for name in names))


def _cells(form: Mapping[str, str]) -> dict[Key, CellRole]:
    return {
        (int(name[1]), int(name[2])): ROLES[value]
        for key, value in form.items()
        if (name := CELL.fullmatch(key)) and value in ROLES
    }
