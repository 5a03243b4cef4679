"""One ladder as a form: a number and a tick for each step."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.widgets import TextInput

from emnnet.domain.ladder import BASES, Ladder, ReminderKind, Rule
from emnnet.web.fields import DayField
from emnnet.web.ladder.words import STEPS

BEFORE = (ReminderKind.FIVE_DAYS_BEFORE, ReminderKind.ONE_DAY_BEFORE)
COUNTED = (ReminderKind.ESCALATION, ReminderKind.CALL)
"""The steps for which the office says how many reminders must have been delivered."""
ALWAYS = (ReminderKind.PROMISE_PASSED,)
NO_NUMBER = (ReminderKind.ON_THE_DAY,)


class NumberField(IntegerField):
    """A whole number; what was typed is kept on error."""

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the number; anything else is an error of this field."""
        if not valuelist:  # no field for it on the page: it stays as it is
            return
        self.data = None
        try:
            self.data = int(str(valuelist[0]).strip())
        except ValueError as error:
            raise ValueError(_("Give a whole number of working days.")) from error


class LadderForm(FlaskForm):
    """The steps of one duty. `seen` is the number of the version it was opened with."""

    seen = HiddenField()
    stuck_after = NumberField(_l("Stuck after (working days after the last step)"))
    example = DayField(
        _l("Example date"),
        description=_l("A date by which an institution is asked to answer."),
    )

    def steps(self) -> list["StepFields"]:
        """The fields of each step, in order."""
        return [
            StepFields(kind, self[f"{kind}_active"], self[f"{kind}_days"], None)
            if kind not in COUNTED
            else StepFields(
                kind,
                self[f"{kind}_active"],
                self[f"{kind}_days"],
                self[f"{kind}_chasers"],
            )
            for kind in BASES
        ]

    def ladder(self, standing: Ladder) -> Ladder:
        """What the form says; steps and counts that have no field stay as they are."""
        rules = {rule.kind: rule for rule in standing.rules}
        return Ladder(
            tuple(self._rule(kind, rules) for kind in BASES),
            self.stuck_after.data or 0,
        )

    def _rule(self, kind: ReminderKind, rules: dict[ReminderKind, Rule]) -> Rule:
        days = abs(self[f"{kind}_days"].data or 0)
        known = rules.get(kind)
        chasers = self[f"{kind}_chasers"].data if kind in COUNTED else None
        return Rule(
            kind,
            BASES[kind],
            -days if kind in BEFORE else days,
            chasers if chasers is not None else known.chasers if known else 1,
            kind in ALWAYS or bool(self[f"{kind}_active"].data),
        )


class StepFields:
    """The fields of one step."""

    def __init__(self, kind: ReminderKind, active: Any, days: Any, chasers: Any):
        self.kind, self.name = kind, str(STEPS[kind])
        self.active = None if kind in ALWAYS else active
        self.days = None if kind in NO_NUMBER else days
        self.chasers = chasers


def _add_step_fields() -> None:
    for kind in BASES:
        before = kind in BEFORE
        days = _l("Working days before") if before else _l("Working days after")
        setattr(LadderForm, f"{kind}_active", BooleanField(_l("Take this step")))
        setattr(LadderForm, f"{kind}_days", NumberField(days, default=0))
        if kind in COUNTED:
            label = _l("Reminders delivered before")
            setattr(LadderForm, f"{kind}_chasers", NumberField(label))


_add_step_fields()


def form_of(ladder: Ladder, seen: int, example: Any) -> LadderForm:
    """The form as the ladder stands now."""
    values: dict[str, Any] = {
        "seen": str(seen),
        "stuck_after": ladder.stuck_after,
        "example": example,
    }
    for rule in ladder.rules:
        values[f"{rule.kind}_active"] = rule.is_active
        values[f"{rule.kind}_days"] = abs(rule.offset)
        values[f"{rule.kind}_chasers"] = rule.chasers
    return LadderForm(formdata=None, data=values)
