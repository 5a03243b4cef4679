"""The office calendar as two columns of another statement: no statement of its own."""

from datetime import date

from sqlalchemy import Date, Label, String, bindparam, cast, func, literal, select

from emnnet.domain.calendar import Calendar
from emnnet.models.holiday import CalendarYear, Holiday

BETWEEN_DAYS = "\n"


def calendar_columns() -> tuple[Label[str | None], Label[str | None]]:
    """The days off and the known years: the same in each row.

    The statement is executed with `calendar` (its code), `first` and `last` (days).
    """
    code = bindparam("calendar", type_=String)
    first, last = (bindparam(name, type_=Date) for name in ("first", "last"))
    line = cast(Holiday.day, String) + literal(" ") + Holiday.name_en
    days = select(func.aggregate_strings(line, BETWEEN_DAYS)).where(
        Holiday.calendar == code, Holiday.day >= first, Holiday.day <= last
    )
    year = cast(CalendarYear.year, String)
    years = select(func.aggregate_strings(year, BETWEEN_DAYS)).where(
        CalendarYear.calendar == code
    )
    return (
        days.scalar_subquery().label("days_off"),
        years.scalar_subquery().label("known_years"),
    )


def calendar_from(code: str, days_off: str | None, known_years: str | None) -> Calendar:
    """The calendar out of those two columns."""
    lines = (
        line.split(" ", 1) for line in (days_off or "").split(BETWEEN_DAYS) if line
    )
    return Calendar(
        code=code,
        holidays={date.fromisoformat(day): name for day, name in lines},
        years=frozenset(map(int, (known_years or "").split())),
    )
