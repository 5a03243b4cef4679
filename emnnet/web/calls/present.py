"""Calls in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from emnnet.domain.calendar import Calendar
from emnnet.selectors.calls import CallItem
from emnnet.web.doors import door_to
from emnnet.web.query_tabs import Tab
from emnnet.web.query_words import Spoken, distance_words

PAGES = ((_l("To call"), "calls.index"), (_l("Stuck"), "calls.stuck"))


@dataclass(frozen=True)
class CallRow:
    """One item: the first number, what is owed, how late it is."""

    item: CallItem
    first: Any  # with the number of a contact, or none
    others: Sequence[Any]
    questions: str
    due_on: date
    distance: Spoken


def call_tabs(current: str) -> list[Tab]:
    """The tabs of calls; `current` is the endpoint of the page that is open."""
    return [
        Tab(str(label), url, endpoint == current)
        for label, endpoint in PAGES
        if (url := door_to(endpoint))
    ]


def rows_of(
    items: Sequence[CallItem], calendar: Calendar, today: date
) -> list[CallRow]:
    """The items in their order."""
    return [_row(item, calendar, today) for item in items]


def _row(item: CallItem, calendar: Calendar, today: date) -> CallRow:
    with_number = [one for one in item.contacts if one.phone]
    first = with_number[0] if with_number else None
    due_on = min((one.due_on for one in item.owed if one.due_on), default=None)
    due_on = min(due_on or item.assignment.due_on, item.assignment.due_on)
    return CallRow(
        item=item,
        first=first,
        others=with_number[1:],
        questions=", ".join(one.question.label for one in item.owed),
        due_on=due_on,
        distance=distance_words(calendar, due_on, today),
    )
