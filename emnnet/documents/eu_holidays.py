"""The days off of the European institutions, derived from the Commission's pattern.

The Commission publishes a list for each year; its pattern has been the same for
years (for 2014: OJ C 39, 12.2.2013, p. 26). A list may differ by a day: the office
compares it each autumn and corrects its table.
"""

from collections.abc import Iterator
from datetime import date, timedelta

SOURCE = "pattern of OJ C 39, 12.2.2013, p. 26; to be compared each year"
VERSION = "pattern 2013"

FIXED = (
    ((1, 1), "New Year's Day", "Naujieji metai"),
    ((1, 2), "Day following New Year's Day", "Antroji Naujųjų metų diena"),
    ((5, 1), "Labour Day", "Tarptautinė darbo diena"),
    ((5, 9), "Europe Day", "Europos diena"),
    ((7, 21), "Belgian National Day", "Belgijos nacionalinė šventė"),
    ((8, 15), "Assumption", "Žolinė"),
    ((11, 1), "All Saints' Day", "Visų Šventųjų diena"),
    ((11, 2), "All Souls' Day", "Vėlinės"),
)
FROM_EASTER_MONDAY = (
    (-4, "Maundy Thursday", "Didysis ketvirtadienis"),
    (-3, "Good Friday", "Didysis penktadienis"),
    (0, "Easter Monday", "Velykų pirmadienis"),
    (38, "Ascension Day", "Šeštinės"),
    (39, "Day following Ascension Day", "Antroji Šeštinių diena"),
    (49, "Whit Monday", "Sekminių pirmadienis"),
)
LAST_DAYS = range(24, 32)  # of December
YEAR_END = ("End-of-year days", "Metų pabaigos dienos")


def days_off(easter_monday: date) -> Iterator[tuple[date, str, str]]:
    """The days off of the year of that Easter, by date, in English and Lithuanian."""
    year = easter_monday.year
    fixed = [(date(year, *on), english, own) for on, english, own in FIXED]
    moving = [
        (easter_monday + timedelta(days=step), english, own)
        for step, english, own in FROM_EASTER_MONDAY
    ]
    last = [(date(year, 12, day), *YEAR_END) for day in LAST_DAYS]
    by_day = {one[0]: one for one in (*moving, *fixed, *last)}
    yield from (by_day[day] for day in sorted(by_day))
