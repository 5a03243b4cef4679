"""What the desk is narrowed to: state, theme, coordinator, words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import get_locale
from werkzeug.datastructures import MultiDict

from emnnet.domain.query_lifecycle import QueryStatus
from emnnet.selectors.desk_rows import DeskRow
from emnnet.words import fold


@dataclass(frozen=True)
class DeskFilter:
    """What was chosen; empty stands for all."""

    words: str = ""
    status: str = ""
    theme: str = ""
    coordinator: str = ""

    @classmethod
    def read(cls, args: MultiDict[str, str]) -> "DeskFilter":
        """Out of the address; what makes no sense there narrows nothing."""
        status = args.get("status", "")
        known = status in {item.value for item in QueryStatus}
        return cls(
            words=args.get("q", "").strip()[:200],
            status=status if known else "",
            theme=_number(args.get("theme", "")),
            coordinator=_number(args.get("coordinator", "")),
        )

    @property
    def is_set(self) -> bool:
        """Is anything narrowed?"""
        return bool(self.words or self.status or self.theme or self.coordinator)

    def chosen(self) -> dict[str, str]:
        """As it stands in an address."""
        names = {"q": self.words, "status": self.status}
        names |= {"theme": self.theme, "coordinator": self.coordinator}
        return {name: value for name, value in names.items() if value}

    def keeps(self, row: DeskRow) -> bool:
        """Does the row fit all that was chosen?"""
        if self.status and row.status != self.status:
            return False
        if self.theme and str(row.theme_id or 0) != self.theme:
            return False
        if self.coordinator and str(row.coordinator_id or 0) != self.coordinator:
            return False
        if not self.words:
            return True
        found_in = f"{row.reference} {row.title} {row.requester}"
        return fold(self.words) in fold(found_in)


@dataclass(frozen=True)
class Option:
    """One choice of a select."""

    value: str
    text: str


def theme_options(rows: Iterable[DeskRow]) -> list[Option]:
    """The themes of the open queries, by name."""
    lithuanian = str(get_locale()) == "lt"
    names = {
        row.theme_id: row.theme_lt if lithuanian else row.theme_en
        for row in rows
        if row.theme_id
    }
    return _by_name(names)


def coordinator_options(rows: Iterable[DeskRow]) -> list[Option]:
    """The coordinators of the open queries, by name."""
    names = {row.coordinator_id: row.coordinator for row in rows if row.coordinator_id}
    return _by_name(names)


def _by_name(names: Mapping[int, str | None]) -> list[Option]:
    options = [Option(str(id_), name or "") for id_, name in names.items()]
    return sorted(options, key=lambda option: option.text)


def _number(value: str) -> str:
    return value if value.isdigit() else ""
