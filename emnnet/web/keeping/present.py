"""Acts and their changes in words: before → after, column by column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from emnnet.domain.messages import unpacked
from emnnet.models.network_change import ActKind, NetworkAct, NetworkChange
from emnnet.selectors.network_history import ActLine, NameBook, NetworkHistory
from emnnet.web.filters import day
from emnnet.web.keeping.words import ACT_WORDS, COLUMN_WORDS, TABLE_WORDS, VALUE_WORDS
from emnnet.web.messages import spoken

LONGEST = 160  # characters of a value in a list
BODIES = {"institution_id", "from_institution_id", "to_institution_id"}
DAYS = {"valid_from", "valid_to", "read_on"}
QUIET = {"position", "language", "keywords"}  # of a new row these say nothing


@dataclass(frozen=True)
class Difference:
    """One column before and after; "" where nothing stood."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeView:
    """One row: what it is, and what is different."""

    table: str
    name: str
    differences: tuple[Difference, ...]
    is_new: bool
    is_gone: bool


@dataclass(frozen=True)
class ActView:
    """One act in words."""

    act: NetworkAct
    said: str
    way: str
    changes: tuple[ChangeView, ...]
    more: int
    is_undone: bool

    @property
    def can_be_undone(self) -> bool:
        """Is the button worth showing? The rules have the last word."""
        return not self.is_undone and self.act.kind is not ActKind.FOLLOWED


def act_views(history: NetworkHistory) -> list[ActView]:
    """A page of acts in words."""
    return [act_view(line, history.names) for line in history.lines]


def act_view(line: ActLine, names: NameBook) -> ActView:
    """One act in words."""
    return ActView(
        line.act,
        spoken(unpacked(line.act.said)),
        str(ACT_WORDS[line.act.kind]),
        tuple(change_view(change, names) for change in line.changes),
        line.total - len(line.changes),
        line.is_undone,
    )


def change_view(change: NetworkChange, names: NameBook) -> ChangeView:
    """One changed row in words."""
    before, after = change.before or {}, change.after or {}
    told = [
        _difference(column, before.get(column), after.get(column), names)
        for column in dict.fromkeys([*after, *before])
        if before.get(column) != after.get(column)
        and not (column in QUIET and not (before and after))
    ]
    return ChangeView(
        str(TABLE_WORDS.get(change.table_name, change.table_name)),
        _name(change, after or before, names),
        tuple(one for one in told if one.before or one.after),
        change.before is None,
        change.after is None,
    )


def _difference(column: str, before: Any, after: Any, names: NameBook) -> Difference:
    word = str(COLUMN_WORDS.get(column, column.replace("_", " ")))
    return Difference(word, *(_value(column, one, names) for one in (before, after)))


def _name(change: NetworkChange, facts: Mapping[str, Any], names: NameBook) -> str:
    """Which row it is, by the bodies it belongs to."""
    if change.table_name == "tie":
        ends = (facts.get("from_institution_id"), facts.get("to_institution_id"))
        return " – ".join(names.bodies.get(end or 0, "?") for end in ends)
    if change.table_name == "institution":
        return str(facts.get("abbreviation") or facts.get("name_en") or "")
    parts = [names.bodies.get(change.institution_id or 0, "")]
    if "theme_id" in facts:
        parts.append(names.themes.get(facts["theme_id"], ""))
    parts.append(str(facts.get("role_title") or facts.get("title") or ""))
    return ", ".join(part for part in parts if part)


def _value(column: str, value: Any, names: NameBook) -> str:
    """A stored value as people read it."""
    if value in (None, "", []):
        return ""
    if column in BODIES:
        return str(names.bodies.get(value, value))
    if column == "theme_id":
        return str(names.themes.get(value, value))
    if column in DAYS:
        return str(day(date.fromisoformat(value)))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    word = VALUE_WORDS.get(column, {}).get(str(value))
    text = str(word if word is not None else value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
