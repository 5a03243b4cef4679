"""Acts and their changes in words: before → after, column by column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emnnet.domain.messages import unpacked
from emnnet.models.network_change import ActKind, NetworkAct, NetworkChange
from emnnet.selectors.network_history import ActLine, NameBook, NetworkHistory
from emnnet.services.network_telling import kind_of
from emnnet.web.keeping.words import ACT_WORDS, COLUMN_WORDS, value_words
from emnnet.web.messages import spoken

BODIES = {"institution_id", "from_institution_id", "to_institution_id"}
PEOPLE = {"contact_id", "substitute_id"}
QUIET = {"position", "language", "keywords"}  # of a new row these say nothing
IN_NAME = BODIES | {"theme_id"}  # nor these: they are what it is called


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
        and not (column in QUIET | IN_NAME and not (before and after))
    ]
    return ChangeView(
        spoken(kind_of(change.table_name)),
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
    """A stored value as people read it: bodies, themes, sources by name."""
    if value and column in BODIES:
        return names.bodies.get(value, str(value))
    if value and column == "theme_id":
        return names.themes.get(value, str(value))
    if value and column in PEOPLE:
        return names.contacts.get(value, str(value))
    if value and column == "source_codes":
        return "; ".join(names.sources.get(code, code) for code in value)
    return value_words(column, value)
