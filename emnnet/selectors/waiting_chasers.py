"""Reminders that wait in the outbox, judged once for all that they speak of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from emnnet.domain.calendar import Calendar
from emnnet.domain.chases import Chase
from emnnet.domain.ladder import Ladders, ladder_for
from emnnet.domain.reminders import without_stale
from emnnet.selectors.chases import OpenChase

_Key = tuple[int, int | None]


def without_stale_chasers(
    subjects: Sequence[OpenChase], today: date, calendar: Calendar, ladders: Ladders
) -> list[OpenChase]:
    """The same, where nothing waits for a chaser that will not leave any more."""

    def judge(one: OpenChase) -> Chase:
        rules = ladder_for(one.duty, ladders).active
        return without_stale(one.chase, today, calendar, rules)

    return judged(subjects, judge)


def judged(
    subjects: Sequence[OpenChase], judge: Callable[[OpenChase], Chase]
) -> list[OpenChase]:
    """The same after `judge` has said what becomes of the reminders that wait.

    A reminder about the whole is judged by the whole, and counts so for each question
    that follows it. All questions of an assignment have to be among the subjects.
    """
    if not any(row.waits for one in subjects for row in one.chase.sent):
        return list(subjects)
    found = {(one.assignment_id, one.contribution_id): judge(one) for one in subjects}
    return [replace(one, chase=_with_the_whole(one, found)) for one in subjects]


def _with_the_whole(one: OpenChase, found: Mapping[_Key, Chase]) -> Chase:
    chase = found[one.assignment_id, one.contribution_id]
    if one.contribution_id is None:
        return chase
    whole = found.get((one.assignment_id, None))
    if whole is not None and one.follows_whole:
        about_all = whole.sent
    else:  # nothing follows the whole any more: it does not leave
        rows = (row for row in chase.sent if row.part is None)
        about_all = tuple(replace(row, waits=False) for row in rows)
    own = (row for row in chase.sent if row.part is not None)
    return replace(chase, sent=(*about_all, *own))
