"""What came of a call."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from emnnet.domain.calls import LONGEST_NOTE, CallNoteGiven, CallOutcome
from emnnet.web.fields import DayField, choices, stripped

OUTCOME_WORDS: dict[CallOutcome, str | LazyString] = {
    CallOutcome.REACHED: _l("Reached: they see to it"),
    CallOutcome.NOT_REACHED: _l("Not reached: stays on the list"),
    CallOutcome.PROMISED: _l("Promised for a day (enter it below)"),
    CallOutcome.WILL_NOT_ANSWER: _l("They will not answer: no reminders any more"),
}


class CallForm(FlaskForm):
    """One note."""

    outcome = RadioField(
        _l("What came of the call?"),
        validators=[DataRequired(_l("Say what came of the call."))],
    )
    promised_on = DayField(_l("Promised for"), validators=[Optional()])
    text = TextAreaField(
        _l("Note"),
        description=_l("For the office only."),
        filters=[stripped],
        validators=[
            Optional(),
            Length(max=LONGEST_NOTE, message=_l("Keep it under %(max)d characters.")),
        ],
        render_kw={"rows": 2},
    )

    def offer(self) -> "CallForm":
        """Fill the outcomes, in the reader's language."""
        self.outcome.choices = choices(OUTCOME_WORDS)
        return self

    def given(self) -> CallNoteGiven:
        """What was filled in, as the service wants it."""
        return CallNoteGiven(
            CallOutcome(self.outcome.data), self.promised_on.data, self.text.data or ""
        )
