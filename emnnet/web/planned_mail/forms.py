"""Holding one mail, and pausing all."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from emnnet.web.fields import DayField, not_blank, stripped


class HoldForm(FlaskForm):
    """Until when one reminder is held."""

    until = DayField(
        _l("Hold it until"),
        description=_l(
            "It goes out on that day at the earliest, if it is still true then. Leave "
            "it empty to hold it till you release it."
        ),
    )


class PauseForm(FlaskForm):
    """From when to when no automatic mail leaves, and why."""

    begins = DayField(
        _l("First day without automatic mail"),
        validators=[InputRequired(_l("Give the first day, for example today."))],
    )
    until = DayField(
        _l("Last day without automatic mail"),
        description=_l("Leave it empty to pause till somebody ends it."),
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Everybody in the office sees it on every page."),
        filters=[stripped],
        validators=[not_blank(_l("Say why: everybody in the office sees it."))],
    )
