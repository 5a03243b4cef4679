"""The grid as a form sent it: cells, days, and what the button was for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from emnnet.domain.dates import parse_day
from emnnet.domain.errors import DomainError
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.routing_grid import Key
from emnnet.web.messages import translated

CELL = re.compile(r"cell-(\d{1,9})-(\d{1,9})")
DUE = re.compile(r"due-(\d{1,9})")
ROLES = {role.value: role for role in CellRole}


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
    )
    asked = {institution for _, institution in posted.cells}
    for institution, typed in posted.typed.items():
        try:
            posted.due_on[institution] = parse_day(typed)
        except DomainError as error:
            if institution in asked:
                posted.wrong[institution] = translated(error)
    return posted


def _cells(form: Mapping[str, str]) -> dict[Key, CellRole]:
    return {
        (int(name[1]), int(name[2])): ROLES[value]
        for key, value in form.items()
        if (name := CELL.fullmatch(key)) and value in ROLES
    }
