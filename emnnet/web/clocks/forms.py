"""What is asked before dates move. Each is looked at once before it is saved."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from emnnet.domain.extension import LONGEST_EXTENSION
from emnnet.web.fields import DayField, not_blank, stripped

LONGEST = 1000
TOO_LONG = _l("Keep it under %(max)d characters.")
HOW_MANY = _l("Write a number of working days between 1 and %(max)d.")


def reason_field(hint: str) -> TextAreaField:
    """Why: it is kept in the history."""
    return TextAreaField(
        _l("Reason"),
        description=hint,
        filters=[stripped],
        validators=[not_blank(_l("Say why.")), Length(max=LONGEST, message=TOO_LONG)],
        render_kw={"rows": 2},
    )


class WorkingDaysField(IntegerField):
    """A number of working days; what was typed is given back."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; what is none is an error of this field."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            wanted = HOW_MANY % {"max": LONGEST_EXTENSION}
            raise ValueError(str(wanted)) from error


class ExtendForm(FlaskForm):
    """More working days for one institution."""

    working_days = WorkingDaysField(
        _l("Working days more"),
        description=_l("Counted from the date that holds now."),
        validators=[
            InputRequired(_l("Write how many working days more.")),
            NumberRange(
                1,
                LONGEST_EXTENSION,
                _l("Write a number of working days between %(min)s and %(max)s."),
            ),
        ],
        render_kw={"inputmode": "numeric", "size": 4},
    )
    questions = SelectMultipleField(
        _l("For which questions"),
        description=_l("None ticked: for all that is still owed."),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    reason = reason_field(_l("The institution reads it, and it is kept."))
    seen = HiddenField()


class StopForm(FlaskForm):
    """Stopping the clock."""

    day = DayField(
        _l("Stopped on"),
        description=_l("Today or earlier: the day on which the asking was unclear."),
        validators=[DataRequired(_l("Write the day."))],
    )
    reason = reason_field(_l("The institutions read it, and it is kept."))


class RestartForm(FlaskForm):
    """Starting the clock again."""

    day = DayField(
        _l("Started again on"),
        description=_l("This day counts again; the days before it do not."),
        validators=[DataRequired(_l("Write the day."))],
    )
    seen = HiddenField()


class ReplyByForm(FlaskForm):
    """Another reply-by date."""

    reply_by = DayField(
        _l("New reply-by date"), validators=[DataRequired(_l("Write the new date."))]
    )
    reason = reason_field(
        _l("It is kept. Institutions whose date moves with it read it.")
    )
    seen = HiddenField()


class RefuseForm(FlaskForm):
    """No more time."""

    answer = TextAreaField(
        _l("Why not"),
        filters=[stripped],
        validators=[Length(max=LONGEST, message=TOO_LONG)],
        render_kw={"rows": 2},
    )
