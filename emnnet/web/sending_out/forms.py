"""The day of sending, and why a closed query is opened again."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from emnnet.web.fields import DayField, not_blank, stripped


class SentForm(FlaskForm):
    """On which day the response left."""

    sent_on = DayField(
        _l("Sent on"),
        description=_l("The day on which you sent the file to the asking country."),
        validators=[DataRequired(_l("Say on which day it was sent."))],
        render_kw={"type": "date"},
    )


class ReopenForm(FlaskForm):
    """Why the closing is taken back."""

    reason = TextAreaField(
        _l("Why is it opened again?"),
        description=_l("The reason is kept in the history."),
        filters=[stripped],
        validators=[
            not_blank(_l("Say why. The reason is kept in the history.")),
            Length(max=4000, message=_l("Keep it under %(max)d characters.")),
        ],
        render_kw={"rows": 3},
    )
