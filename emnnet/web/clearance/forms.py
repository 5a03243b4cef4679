"""What a second reader says, and why there was none."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from emnnet.web.fields import not_blank, stripped

LONGEST = 4_000
TOO_LONG = Length(max=LONGEST, message=_l("Keep it under %(max)d characters."))


class VerdictForm(FlaskForm):
    """Approved, or returned with what is to be changed."""

    reason = TextAreaField(
        _l("What is to be changed?"),
        description=_l("Needed to return it. With an approval it is a remark."),
        filters=[stripped],
        validators=[TOO_LONG],
        render_kw={"rows": 3},
    )


class ExceptionForm(FlaskForm):
    """Why the response goes on without a second reader."""

    reason = TextAreaField(
        _l("Why without a second reader?"),
        description=_l("The reason is kept in the history; the approvers are told."),
        filters=[stripped],
        validators=[
            not_blank(_l("An exception needs a reason. It is kept in the history.")),
            TOO_LONG,
        ],
        render_kw={"rows": 3},
    )
