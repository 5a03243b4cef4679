"""Moving a document's dates: the samples that came with emnnet shall be of today."""

import calendar
import re
from datetime import date

from emnnet.documents.opening import Kind, OpenedText
from emnnet.domain.reading import Found
from emnnet.domain.reading.reader import read_query
from emnnet.rehearsal.document import Document

ORDINAL = re.compile(r"\d(?:st|nd|rd|th)\b")
ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
MONTHS = tuple(calendar.month_name)  # the first one is empty


def redated(name: str, text: str, launched_on: date, reply_by: date) -> Document:
    """The document as if launched on that day, in the style of its own dates."""
    read = read_query(text)
    changes = [(read.launched_on, launched_on), (read.reply_by, reply_by)]
    for start, end, day in sorted(_places(changes), reverse=True):
        text = text[:start] + _printed(day, like=text[start:end]) + text[end:]
    return Document(name, OpenedText(text, Kind.TEXT), read_query(text))


def _places(
    changes: list[tuple[Found[date] | None, date]],
) -> list[tuple[int, int, date]]:
    return [
        (found.passage.start, found.passage.end, day)
        for found, day in changes
        if found is not None and found.passage is not None
    ]


def _printed(day: date, *, like: str) -> str:
    """ "12 March 2026", or "12th March 2026" where the old one was so."""
    ending = ENDINGS.get(day.day, "th") if ORDINAL.search(like) else ""
    return f"{day.day}{ending} {MONTHS[day.month]} {day.year}"
