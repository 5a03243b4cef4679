"""Rows that are none: with them a template shows what it says when all is there.

Only the shape counts: where a template would print such a value, its placeholder
stands there instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from emnnet.domain.calendar import Distance, DistanceKind
from emnnet.domain.mail_wordings import Text
from emnnet.domain.mails import MailKind
from emnnet.domain.reminders import ReminderKind
from emnnet.mail.material import Material, Office, ReminderItem

DAY = date(2099, 12, 30)  # of no query; as it is written it becomes "[due date]"
ISO = DAY.isoformat()
LINK = "https://example.org/link"


class StandIn:
    """Has what it was given; all else is empty."""

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)

    def __getattr__(self, name: str) -> Any:
        """Nothing, said in a way that templates can write."""
        if name.startswith("__"):
            raise AttributeError(name)
        return ""


@dataclass(frozen=True)
class Stage:
    """What makes a reminder the one of an occasion."""

    kind: ReminderKind = ReminderKind.ONE_DAY_BEFORE
    distance: DistanceKind = DistanceKind.IN
    items: int = 1


LATE = DistanceKind.LATE
STAGES: Mapping[str, Stage] = {
    "": Stage(),
    "late": Stage(ReminderKind.DAY_AFTER, LATE),
    "promised": Stage(ReminderKind.PROMISE_PASSED, LATE),
    "second": Stage(ReminderKind.SECOND_CHASER, LATE),
    "third": Stage(ReminderKind.ESCALATION, LATE),
    "concluding": Stage(ReminderKind.AFTER_REPLY_BY, LATE),
    "several": Stage(items=2),
}
OCCASIONS: Mapping[str, dict[str, Any]] = {
    "more": {"more": True},
    "accepted": {"accepted": ["1"]},
    "earlier": {"earlier": True},
    "taken_back": {"taken_back": True},
    "returned": {"outcome": "returned"},
    "exception": {"outcome": "exception"},
}
FACTS: Mapping[str, Any] = {
    "reason": "…",
    "answer": "…",
    "by": "…",
    "late": True,
    "outcome": "approved",
    "questions": ["1", "2"],
    "old": ISO,
    "wanted_on": ISO,
    "stopped_on": ISO,
    "working_days": 2,
    "term_unit": "working_days",
    "term_days": 10,
    "day": ISO,
    "until": ISO,
    "queries": [],
    "tasks": [],
    "open_tasks": 3,
    "intake_failed_on": None,
    "corrected": [{"label": "1", "before": "…", "after": "…", "stands": "open"}],
    "why": "moved",
    "from_en": "…",
    "from_lt": "…",
    "handed": [{"reference": "…", "title": "…", "due": ISO, "hour": None}],
    "moves": [{"reference": "…", "title": "…", "old": ISO, "new": ISO, "hour": None}],
    "days": [{"day": ISO, "name_en": "…", "name_lt": "…", "came": True}],
}


def stand_in_material(text: Text, office: Office, duty: str | None) -> Material:
    """All that the template of a text may ask for, on its occasion."""
    query = StandIn(
        reference="[reference]", title="[title]", requester_printed="…", reply_by=DAY
    )
    body = StandIn(
        name_en="[institution]",
        name_lt="[institution]",
        short="[institution short]",
        duty=duty,
    )
    role = "informed" if text.occasion == "informed" else "lead"
    asked = [_contribution(role, label) for label in ("1", "2")]
    assignment = StandIn(id=0, query=query, institution=body, due_on=DAY, due_time=None)
    return Material(
        assignment=cast("Any", assignment),
        query=cast("Any", query),
        institution=cast("Any", body),
        contributions=cast("Any", asked),
        due_on=DAY,
        distance=Distance(DistanceKind.IN, 5, 7),
        link=LINK,
        office=Office("[office]", office.email, office.phone),
        facts={**FACTS, **OCCASIONS.get(text.occasion, {})},
        versions=cast("Any", []),
        reminders=_reminders(text, assignment, asked),
    )


def _contribution(role: str, label: str) -> StandIn:
    question = StandIn(label=label, text="…")
    return StandIn(role=role, question=question, released_at=None)


def _reminders(
    text: Text, assignment: StandIn, asked: list[StandIn]
) -> list[ReminderItem]:
    if text.kind not in {MailKind.REMINDER, MailKind.ESCALATION_COPY}:
        return []
    stage = STAGES[text.occasion]
    entry = StandIn(
        kind=stage.kind,
        due_on=DAY,
        labels="1, 2",
        assignment=assignment,
        contributions=tuple(asked),
    )
    distance = Distance(stage.distance, 3, 5)
    return [ReminderItem(cast("Any", entry), distance, LINK)] * stage.items
