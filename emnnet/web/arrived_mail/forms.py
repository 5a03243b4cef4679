"""What the office fills in beside a message."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, Length

from emnnet.models.assignment import Assignment
from emnnet.web.arrived_mail.present import choice_of
from emnnet.web.fields import not_blank, stripped

TOO_LONG = _l("Keep it under %(max)d characters.")


class AssignForm(FlaskForm):
    """Which query the message answers, and for which institution."""

    assignment = SelectField(
        _l("Query and institution"),
        description=_l("The likeliest stands first. Nobody is told."),
        validate_choice=False,
        coerce=lambda value: int(value) if str(value).isdigit() else 0,
        validators=[DataRequired(_l("Choose the query this mail answers."))],
    )

    def offer(self, assignments: Sequence[Assignment]) -> None:
        """The assignments to choose from."""
        self.assignment.choices = [SelectChoice("", _l("Choose …"))] + [
            SelectChoice(str(one.id), choice_of(one)) for one in assignments
        ]


class ConfirmForm(FlaskForm):
    """Why the office confirms an answer for the institution."""

    note = StringField(
        _l("Why do you confirm it for the institution?"),
        description=_l("For example: agreed by telephone. It stands in the history."),
        filters=[stripped],
        validators=[
            not_blank(_l("Say in a few words why you confirm it.")),
            Length(max=500, message=TOO_LONG),
        ],
    )


class FileForm(FlaskForm):
    """Why nothing is to be done about a message."""

    reason = StringField(
        _l("Why is nothing to be done?"),
        filters=[stripped],
        validators=[Length(max=500, message=TOO_LONG)],
    )
