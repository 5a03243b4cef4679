"""What is said of an edition when it is made, and when it is withdrawn."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from emnnet.web.fields import DayField, not_blank, stripped

_SHORT = _l("Keep it under %(max)d characters.")


class EditionForm(FlaskForm):
    """A new edition: its day, its name, a note, and the original if there is one."""

    as_of = DayField(
        _l("Day"),
        render_kw={"type": "date"},
        validators=[DataRequired(_l("Enter the day that is frozen."))],
    )
    name = StringField(
        _l("Name"),
        description=_l("Such as: Organogram 2020, or 26 May 2021."),
        filters=[stripped],
        validators=[
            not_blank(_l("Give the edition a name, such as “Organogram 2020”.")),
            Length(max=120, message=_SHORT),
        ],
    )
    note = TextAreaField(
        _l("Note"),
        description=_l("Why it was made, and for whom. Everybody can read it."),
        filters=[stripped],
        validators=[Length(max=1000, message=_SHORT)],
    )
    original = FileField(
        _l("Original as PDF"),
        description=_l(
            "If the organogram of that day was drawn elsewhere: at most 20 MB. "
            "It is handed out beside ours."
        ),
    )
    sure = BooleanField(
        _l("I have looked at the organogram of this day: it is right"),
        validators=[
            DataRequired(_l("Look at the organogram of this day first, then tick."))
        ],
    )


class WithdrawForm(FlaskForm):
    """Why an edition is not to be used."""

    reason = TextAreaField(
        _l("Why is it withdrawn?"),
        description=_l("Everybody can read it. The edition keeps its number."),
        filters=[stripped],
        validators=[
            not_blank(
                _l("Say why the edition is withdrawn. The reason is shown with it.")
            ),
            Length(max=1000, message=_SHORT),
        ],
    )
