"""What can be done with one cell that was asked."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from emnnet.web.fields import DayField, not_blank, stripped
from emnnet.web.known_years import ConfirmsYear

LONGEST = 1000
TOO_LONG = _l("Keep it under %(max)d characters.")


def reason_field(hint: str) -> TextAreaField:
    """Why: it is kept in the history."""
    return TextAreaField(
        _l("Reason"),
        description=hint,
        filters=[stripped],
        validators=[not_blank(_l("Say why.")), Length(max=LONGEST, message=TOO_LONG)],
        render_kw={"rows": 2},
    )


class ReleaseForm(FlaskForm):
    """Taking the question back."""

    reason = reason_field(_l("The institution reads it, and it is kept."))


class MoveForm(ConfirmsYear, FlaskForm):
    """Asking another institution instead."""

    to = SelectField(
        _l("Ask instead"),
        coerce=int,
        validators=[DataRequired(_l("Choose an institution."))],
    )
    due_on = DayField(
        _l("By"),
        description=_l("Empty: the day that the plan proposes."),
        validators=[Optional()],
    )
    reason = reason_field(_l("The institution that loses the question reads it."))


class DueForm(ConfirmsYear, FlaskForm):
    """More time for all that the institution still owes in this query."""

    due_on = DayField(
        _l("New date"), validators=[DataRequired(_l("Write the new date."))]
    )
    reason = reason_field(_l("The institution reads it, and it is kept."))
