"""Changes of a calendar: what is new, there already, or gone, and what undoes them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from emnnet.domain.calendar import Calendar
from emnnet.domain.dates import EARLIEST_YEAR, LATEST_YEAR, parse_day
from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n

LONGEST_NAME = 120
MOST_EDITS = 2000

UNREADABLE = _n("The change could not be read. Go back and choose it again.")
TOO_MANY = _n("That are more than %(most)d changes at once. Take in fewer years.")
NO_NAME = _n("Say what the holiday is called.")
LONG_NAME = _n("Keep the name under %(most)d characters.")
THERE_ALREADY = _n("%(day)s is a holiday already (%(name)s). Rename or remove it.")
NOT_THERE = _n(
    "There is no holiday on %(day)s. Somebody may have removed it meanwhile."
)
FAR_YEAR = _n("Choose a year between %(earliest)d and %(latest)d.")
NOTHING = _n("Nothing was ticked, so nothing would change.")


class EditKind(StrEnum):
    """What can be done to a calendar."""

    ADD = "add"
    REMOVE = "remove"
    RENAME = "rename"
    KNOW_YEAR = "know_year"  # from now on the year counts as loaded
    FORGET_YEAR = "forget_year"


@dataclass(frozen=True)
class Names:
    """What a day off is called, in English and in the calendar's own language."""

    english: str
    own: str


@dataclass(frozen=True)
class Edit:
    """One change; of a year, `day` is its first."""

    kind: EditKind
    day: date
    names: Names = Names("", "")

    def written(self) -> str:
        """As a line that a form carries and the table keeps."""
        words = [self.kind, self.day.isoformat(), self.names.english, self.names.own]
        return json.dumps(words, ensure_ascii=False)

    @staticmethod
    def removing(day: date) -> "Edit":
        """The change that takes a day off away."""
        return Edit(EditKind.REMOVE, day)

    @property
    def is_of_day(self) -> bool:
        """Does it change a day off, rather than what is known of a year?"""
        return self.kind not in {EditKind.KNOW_YEAR, EditKind.FORGET_YEAR}


@dataclass(frozen=True)
class Offered:
    """A day off that a file, a feed or the package brings; `doubt` says why not."""

    day: date
    names: Names
    doubt: str = ""


@dataclass(frozen=True)
class Compared:
    """A year that is offered against the table: each list by day."""

    year: int
    is_known: bool
    new: tuple[Offered, ...]
    same: tuple[Offered, ...]
    renamed: tuple[Offered, ...]
    gone: tuple[tuple[date, Names], ...]

    @property
    def is_unchanged(self) -> bool:
        """Does it bring nothing that the table does not have?"""
        return self.is_known and not (self.new or self.renamed or self.gone)


def read_edits(lines: Iterable[str]) -> tuple[Edit, ...]:
    """The changes that a form carried; raises `DomainError` for none or nonsense."""
    edits = tuple(_read(line) for line in lines)
    if not edits:
        raise DomainError(NOTHING)
    if len(edits) > MOST_EDITS:
        raise DomainError(TOO_MANY, most=MOST_EDITS)
    return edits


def check_edits(edits: Sequence[Edit], table: Mapping[date, Names]) -> None:
    """Raises `DomainError` for a change that the table does not allow."""
    for edit in edits:
        _check_year(edit.day.year)
        if edit.kind is EditKind.ADD and edit.day in table:
            name = table[edit.day].english
            raise DomainError(THERE_ALREADY, day=edit.day, name=name)
        if edit.kind in {EditKind.REMOVE, EditKind.RENAME} and edit.day not in table:
            raise DomainError(NOT_THERE, day=edit.day)
        if edit.kind in {EditKind.ADD, EditKind.RENAME}:
            _check_names(edit.names)


def edited(calendar: Calendar, edits: Iterable[Edit]) -> Calendar:
    """The calendar as it would be."""
    holidays, years = dict(calendar.holidays), set(calendar.years)
    for edit in edits:
        match edit.kind:
            case EditKind.ADD | EditKind.RENAME:
                holidays[edit.day] = edit.names.english
            case EditKind.REMOVE:
                holidays.pop(edit.day, None)
            case EditKind.KNOW_YEAR:
                years.add(edit.day.year)
            case EditKind.FORGET_YEAR:
                years.discard(edit.day.year)
    return replace(calendar, holidays=holidays, years=frozenset(years))


def undoing(edits: Iterable[Edit], table: Mapping[date, Names]) -> tuple[Edit, ...]:
    """What takes these changes back, seen from the table before them."""
    back = {
        EditKind.ADD: EditKind.REMOVE,
        EditKind.REMOVE: EditKind.ADD,
        EditKind.RENAME: EditKind.RENAME,
        EditKind.KNOW_YEAR: EditKind.FORGET_YEAR,
        EditKind.FORGET_YEAR: EditKind.KNOW_YEAR,
    }
    return tuple(
        Edit(back[edit.kind], edit.day, table.get(edit.day, edit.names))
        for edit in edits
    )


def compared(
    offered: Iterable[Offered], table: Mapping[date, Names], known: Iterable[int]
) -> list[Compared]:
    """What is offered against the table, year by year; only the years offered."""
    by_year: dict[int, dict[date, Offered]] = {}
    for one in offered:
        by_year.setdefault(one.day.year, {})[one.day] = one
    years = set(known)
    return [
        _of_year(year, by_year[year], table, is_known=year in years)
        for year in sorted(by_year)
    ]


def _of_year(
    year: int,
    offered: Mapping[date, Offered],
    table: Mapping[date, Names],
    *,
    is_known: bool,
) -> Compared:
    days = [offered[day] for day in sorted(offered)]
    there = [one for one in days if one.day in table]
    same = tuple(one for one in there if _same(one.names, table[one.day]))
    return Compared(
        year=year,
        is_known=is_known,
        new=tuple(one for one in days if one.day not in table),
        same=same,
        renamed=tuple(one for one in there if one not in same),
        gone=tuple(
            (day, table[day])
            for day in sorted(table)
            if day.year == year and day not in offered
        ),
    )


def _same(offered: Names, known: Names) -> bool:
    """A name in either language is the same holiday."""
    return bool({offered.english, offered.own} & {known.english, known.own})


def _read(line: str) -> Edit:
    try:
        kind, day, english, own = json.loads(line)
        names = Names(str(english).strip(), str(own).strip())
        return Edit(EditKind(kind), parse_day(day), names)
    except (ValueError, TypeError, AttributeError, DomainError) as error:
        raise DomainError(UNREADABLE) from error


def _check_year(year: int) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DomainError(FAR_YEAR, earliest=EARLIEST_YEAR, latest=LATEST_YEAR)


def _check_names(names: Names) -> None:
    if not names.english:
        raise DomainError(NO_NAME)
    if max(len(names.english), len(names.own)) > LONGEST_NAME:
        raise DomainError(LONG_NAME, most=LONGEST_NAME)
