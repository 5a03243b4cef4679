"""What the page of the ladders shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from emnnet.domain.calendar import Calendar
from emnnet.domain.chases import Chase
from emnnet.domain.ladder import Ladder, Ladders
from emnnet.domain.network import Duty
from emnnet.domain.outlook import planned_days
from emnnet.models.ladder import LadderVersion
from emnnet.selectors.ladders import rule_of as _rule
from emnnet.web.ladder.words import ABOUT, DUTIES, STEPS, step_sentence, stuck_sentence
from emnnet.web.query_tabs import Tab

TERM = 15  # working days between the sending and the example date
TO_REPLY_BY = 5  # working days from the example date to the asking country's


@dataclass(frozen=True)
class Said:
    """A step with its sentence."""

    name: str
    words: str
    is_active: bool


@dataclass(frozen=True)
class Dated:
    """A step with the day on which it is taken, in the example."""

    name: str
    on: date


@dataclass(frozen=True)
class Outlook:
    """What a ladder means: its sentences, and an institution that never reacts."""

    said: Sequence[Said]
    dated: Sequence[Dated]
    asked_on: date
    due_on: date
    reply_by: date
    stuck: str
    stuck_on: date


@dataclass(frozen=True)
class VersionLine:
    """Who set which version, when."""

    number: int
    made_at: datetime
    made_by: str
    is_shipped: bool
    changes: Sequence[str]


@dataclass(frozen=True)
class LadderPage:
    """The ladder of one duty."""

    duty: Duty
    title: str
    about: str
    tabs: Sequence[Tab]
    versions: Sequence[VersionLine]

    @property
    def seen(self) -> int:
        """The number of the version that counts."""
        return self.versions[0].number if self.versions else 0


def ladder_page(
    duty: Duty, versions: Mapping[Duty, Sequence[LadderVersion]], ladders: Ladders
) -> LadderPage:
    """One duty with the tabs of all."""
    tabs = [
        Tab(str(words), url_for("ladder.index", duty=each.value), each is duty)
        for each, words in DUTIES.items()
    ]
    lines = _version_lines(versions.get(duty, ()))
    return LadderPage(duty, str(DUTIES[duty]), str(ABOUT[duty]), tabs, lines)


def outlook_of(ladder: Ladder, due_on: date, calendar: Calendar) -> Outlook:
    """What the ladder would do to an institution that never reacts."""
    due_on = calendar.on_or_after(due_on)
    asked_on = calendar.add_working_days(due_on, -TERM)
    reply_by = calendar.add_working_days(due_on, TO_REPLY_BY)
    chase = Chase(due_on, 1, asked_on, reply_by=reply_by)
    days = planned_days(chase, asked_on, calendar, ladder.active)
    last = days[-1][0] if days else due_on
    return Outlook(
        [
            Said(str(STEPS[rule.kind]), step_sentence(rule), rule.is_active)
            for rule in ladder.rules
        ],
        [Dated(str(STEPS[due.kind]), on) for on, due in days],
        asked_on,
        due_on,
        reply_by,
        stuck_sentence(ladder),
        calendar.add_working_days(max(last, due_on), ladder.stuck_after),
    )


def _version_lines(versions: Sequence[LadderVersion]) -> list[VersionLine]:
    return [
        VersionLine(
            row.number,
            row.made_at,
            row.made_by,
            row.is_shipped,
            _changes(row, versions[place + 1] if place + 1 < len(versions) else None),
        )
        for place, row in enumerate(versions)
    ]


def _changes(row: LadderVersion, former: LadderVersion | None) -> list[str]:
    """The steps that read otherwise than before."""
    if former is None:
        return []
    before = {step.kind: step_sentence(_rule(step)) for step in former.steps}
    changed = [
        f"{STEPS[step.kind]}: {words}"
        for step in row.steps
        if (words := step_sentence(_rule(step))) != before.get(step.kind)
    ]
    old, new = Ladder((), former.stuck_after), Ladder((), row.stuck_after)
    return changed + ([stuck_sentence(new)] if old != new else [])
