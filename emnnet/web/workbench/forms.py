"""The forms of the workbench: a paragraph, a return for revision, a decision."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length

from emnnet.domain.audience import Dissemination
from emnnet.web.fields import DayField, choices, not_blank, stripped
from emnnet.web.known_years import ConfirmsYear

LONGEST = 300_000  # characters
LONGEST_NOTE = 4_000
DECISIONS = {Dissemination.YES: _l("Yes"), Dissemination.NO: _l("No")}


class ParagraphForm(FlaskForm):
    """The wording of one paragraph; `seen` is the mark of the one that was opened."""

    text = TextAreaField(
        _l("Text of the paragraph"),
        description=_l("Markdown: **bold**, *italic*, lists with -, tables with |."),
        validators=[
            not_blank(_l("Write a text, or delete the paragraph.")),
            Length(max=LONGEST, message=_l("Keep it under %(max)d characters.")),
        ],
        render_kw={"rows": 8},
    )
    seen = HiddenField()


class OwnParagraphForm(ParagraphForm):
    """A paragraph that no institution gave."""

    text = TextAreaField(
        _l("A paragraph of our own"),
        description=_l("It stands without a source. Markdown is understood."),
        validators=[
            not_blank(_l("Write a text.")),
            Length(max=LONGEST, message=_l("Keep it under %(max)d characters.")),
        ],
        render_kw={"rows": 4},
    )


class ReturnForm(ConfirmsYear, FlaskForm):
    """What is to be revised, and by when; `seen` is the version that was read."""

    comment = TextAreaField(
        _l("What is to be revised?"),
        description=_l("The institution reads it above its answer."),
        filters=[stripped],
        validators=[
            not_blank(_l("Say what is to be revised.")),
            Length(max=LONGEST_NOTE, message=_l("Keep it under %(max)d characters.")),
        ],
        render_kw={"rows": 3},
    )
    due_on = DayField(
        _l("New date"),
        validators=[DataRequired(_l("Say by which day the new version is needed."))],
        render_kw={"type": "date"},
    )
    seen = HiddenField()


class DecisionForm(FlaskForm):
    """May the national answer to a question travel further?"""

    dissemination = RadioField(
        _l("Wider dissemination of this answer"),
        choices=choices(DECISIONS),
        validators=[DataRequired(_l("Choose yes or no."))],
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Needed where it goes further than the sources allow."),
        filters=[stripped],
        validators=[
            Length(max=LONGEST_NOTE, message=_l("Keep it under %(max)d characters."))
        ],
        render_kw={"rows": 2},
    )
