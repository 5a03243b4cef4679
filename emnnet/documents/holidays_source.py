"""Public holidays as the `holidays` package knows them, by country and year.

Source: https://holidays.readthedocs.io (MIT). The European institutions' own days off
are not in it (its calendar of the European Central Bank is about payments); they are
derived in `eu_holidays`.
"""

from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from typing import NamedTuple

from emnnet.documents import eu_holidays
from emnnet.domain.calendar import Calendar
from emnnet.domain.errors import NotFound
from emnnet.domain.messages import _n

SOURCE = "https://holidays.readthedocs.io"
LOCAL_LANGUAGES = {"LT": "lt", "BE": "nl"}
INSTITUTIONS = "EU"
CALENDARS = (*LOCAL_LANGUAGES, INSTITUTIONS)
ENGLISH = "en_US"
BELGIUM = "BE"
EASTER_MONDAY = "Easter Monday"
LITHUANIAN_DAYS = (
    _n("Day of Restoration of the State of Lithuania"),
    _n("Day of Restoration of Independence of Lithuania"),
    _n("Easter Sunday"),
    _n("Easter Monday"),
    _n("International Workers' Day"),
    _n("Mother's Day"),
    _n("Father's Day"),
    _n("Day of Dew and Saint John"),
    _n("Statehood Day"),
    _n("Assumption Day"),
    _n("All Saints' Day"),
    _n("All Souls' Day"),
    _n("Christmas Eve"),
    _n("Christmas Day"),
    _n("Second Day of Christmas"),
)
"""As the package calls them: marked here, so that reasons are read in Lithuanian."""


class PublicHoliday(NamedTuple):
    """A day off with its name in English and in the country's language."""

    day: date
    name_en: str
    name_local: str


def country_holidays(code: str, years: Iterable[int]) -> list[PublicHoliday]:
    """The holidays of "LT", "BE" or "EU" in these years; none outside its range.

    Take the years that count as loaded from `covered_years`. Raises `NotFound`.
    """
    covered = covered_years(code, years)
    if code == INSTITUTIONS:
        return [
            PublicHoliday(*one)
            for year in sorted(covered)
            for one in eu_holidays.days_off(_easter_monday(year))
        ]
    english = _names(code, covered, ENGLISH)
    local = _names(code, covered, LOCAL_LANGUAGES[code])
    return [PublicHoliday(day, english[day], local[day]) for day in sorted(english)]


def covered_years(code: str, years: Iterable[int]) -> frozenset[int]:
    """Those of the years that the package really knows. Raises `NotFound`."""
    import holidays  # noqa: PLC0415 -- slow import: holidays

    if code not in CALENDARS:
        raise NotFound(_n("There is no calendar “%(code)s”."), code=code)
    known = holidays.country_holidays(BELGIUM if code == INSTITUTIONS else code)
    return frozenset(y for y in years if known.start_year <= y <= known.end_year)


def package_version() -> str:
    """The version of the package, for the record beside what came from it."""
    return f"holidays {version('holidays')}"


def source_of(code: str) -> str:
    """Where the days off of a calendar come from, for the record."""
    return eu_holidays.SOURCE if code == INSTITUTIONS else SOURCE


def version_of(code: str) -> str:
    """Which edition of that source it is."""
    return eu_holidays.VERSION if code == INSTITUTIONS else package_version()


def package_calendar(code: str, years: Iterable[int]) -> Calendar:
    """A calendar straight from the package, without an office table."""
    wanted = frozenset(years)
    return Calendar(
        code=code,
        holidays={found.day: found.name_en for found in country_holidays(code, wanted)},
        years=covered_years(code, wanted),
        version=version_of(code),
        source=source_of(code),
    )


def _names(code: str, years: frozenset[int], language: str) -> dict[date, str]:
    import holidays  # noqa: PLC0415 -- slow import: holidays

    return dict(holidays.country_holidays(code, years=years, language=language))


def _easter_monday(year: int) -> date:
    names = _names(BELGIUM, frozenset({year}), ENGLISH)
    return next(day for day, name in names.items() if name == EASTER_MONDAY)
