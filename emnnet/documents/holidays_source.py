"""Public holidays as the `holidays` package knows them, by country and year.

Source: https://holidays.readthedocs.io (MIT). The European institutions' own days
off are not in it; an admin adds them to the office's table.
"""

from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from typing import NamedTuple

from emnnet.domain.calendar import Calendar
from emnnet.domain.errors import NotFound
from emnnet.domain.messages import _n

SOURCE = "https://holidays.readthedocs.io"
LOCAL_LANGUAGES = {"LT": "lt", "BE": "nl"}
ENGLISH = "en_US"


class PublicHoliday(NamedTuple):
    """A day off with its name in English and in the country's language."""

    day: date
    name_en: str
    name_local: str


def country_holidays(code: str, years: Iterable[int]) -> list[PublicHoliday]:
    """The holidays of "LT" or "BE" in these years, by date; none outside its range.

    Take the years that count as loaded from `covered_years`. Raises `NotFound`.
    """
    covered = covered_years(code, years)
    english = _names(code, covered, ENGLISH)
    local = _names(code, covered, LOCAL_LANGUAGES[code])
    return [PublicHoliday(day, english[day], local[day]) for day in sorted(english)]


def covered_years(code: str, years: Iterable[int]) -> frozenset[int]:
    """Those of the years that the package really knows. Raises `NotFound`."""
    import holidays  # noqa: PLC0415 -- slow import: holidays

    if code not in LOCAL_LANGUAGES:
        raise NotFound(_n("There is no calendar “%(code)s”."), code=code)
    known = holidays.country_holidays(code)
    return frozenset(y for y in years if known.start_year <= y <= known.end_year)


def package_version() -> str:
    """The version of the package, for the record beside what came from it."""
    return f"holidays {version('holidays')}"


def package_calendar(code: str, years: Iterable[int]) -> Calendar:
    """A calendar straight from the package, without an office table."""
    wanted = frozenset(years)
    return Calendar(
        code=code,
        holidays={found.day: found.name_en for found in country_holidays(code, wanted)},
        years=covered_years(code, wanted),
        version=package_version(),
        source=SOURCE,
    )


def _names(code: str, years: frozenset[int], language: str) -> dict[date, str]:
    import holidays  # noqa: PLC0415 -- slow import: holidays

    return dict(holidays.country_holidays(code, years=years, language=language))
