"""What a query is made of, as a form: registering and changing use the same one."""

from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional

from emnnet.models.query import RelationKind, RequesterKind
from emnnet.selectors.form_choices import FormChoices
from emnnet.services.query_drafts import QueryDraft, QuestionDraft
from emnnet.web.fields import DayField, choices, not_blank, stripped, unified
from emnnet.web.query_words import RELATION_WORDS, REQUESTER_WORDS

LONG = 400  # characters of a line
TOO_LONG = _l("Keep it under %(max)d characters.")
MOST_QUESTIONS = 80
DEPTHS = (
    SelectChoice("0", _l("a question")),
    SelectChoice("1", _l("part of the one above")),
    SelectChoice("2", _l("part of a part")),
)


class MayBeEmpty(Optional):
    """Validator: nothing typed is fine, and goes without saying in this form."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, bool] = {}


class QuestionForm(Form):
    """One question."""

    question_id = HiddenField()
    label = StringField(
        _l("Number"), filters=[stripped], validators=[Length(max=20, message=TOO_LONG)]
    )
    text = TextAreaField(
        _l("Question"),
        filters=[unified, stripped],
        validators=[not_blank(_l("Write the question, or remove it."))],
        render_kw={"rows": 3},
    )
    condition = StringField(
        _l("Only if"),
        filters=[stripped],
        validators=[Length(max=LONG, message=TOO_LONG)],
    )
    depth = SelectField(_l("It is"), choices=list(DEPTHS), default="0")

    def question(self) -> QuestionDraft:
        """What was filled in, as the service wants it."""
        known = self.question_id.data or ""
        return QuestionDraft(
            label=self.label.data or "",
            text=self.text.data or "",
            depth=int(self.depth.data or 0),
            condition=self.condition.data or None,
            question_id=int(known) if known.isdigit() else None,
        )


class QueryForm(FlaskForm):
    """All that can be written about a query."""

    title = StringField(
        _l("Title"),
        filters=[stripped],
        validators=[
            not_blank(_l("Give the query a title.")),
            Length(max=LONG, message=TOO_LONG),
        ],
        description=_l("Without “EMN Ad-Hoc Query on”. The printed form is kept."),
    )
    printed_title = StringField(_l("Title as printed"), filters=[stripped])
    requester_printed = StringField(
        _l("Requested by, as printed"),
        filters=[stripped],
        validators=[Length(max=LONG, message=TOO_LONG)],
    )
    requester_kind = SelectField(
        _l("That is"),
        choices=choices(REQUESTER_WORDS),
        default=RequesterKind.UNKNOWN.value,
    )
    requester_code = StringField(
        _l("Code"),
        filters=[stripped],
        validators=[Length(max=4, message=TOO_LONG)],
    )
    originator = StringField(
        _l("On behalf of"),
        filters=[stripped],
        validators=[Length(max=LONG, message=TOO_LONG)],
    )
    launched_on = DayField(_l("Launched on"))
    reply_by = DayField(_l("Reply by"))
    compiled_on = DayField(_l("Compiled on"))
    theme_id = SelectField(_l("Theme"), default="")
    tags = StringField(
        _l("Tags"),
        filters=[stripped],
    )
    foreign_reference = StringField(
        _l("Their number"),
        filters=[stripped],
        validators=[Length(max=60, message=TOO_LONG)],
    )
    stated_total = IntegerField(
        _l("Responses, as stated"), validators=[MayBeEmpty(), NumberRange(0, 200)]
    )
    coordinator_id = SelectField(_l("Coordinator"), default="")
    background = TextAreaField(_l("Background"), render_kw={"rows": 10})
    summary = TextAreaField(
        _l("Summary"),
        filters=[stripped],
        description=_l("One paragraph for readers of the published page."),
        render_kw={"rows": 3},
    )
    questions = FieldList(FormField(QuestionForm), max_entries=MOST_QUESTIONS)
    version = HiddenField()
    seen_duplicates = HiddenField()
    seen_corrections = HiddenField()
    new_date = DayField(
        _l("New date for who still owes an answer to it"),
        description=_l("Only with a date does the clock start anew. Empty: as it was."),
    )

    def offer(self, choices: FormChoices) -> None:
        """Fill the selects; a theme is named in the reader's language."""
        lithuanian = str(get_locale()) == "lt"
        none = SelectChoice("", str(_l("not chosen")))
        self.theme_id.choices = [none] + [
            SelectChoice(str(each.id), each.name_lt if lithuanian else each.name_en)
            for each in choices.themes
        ]
        self.coordinator_id.choices = [none] + [
            SelectChoice(str(each.id), each.name) for each in choices.coordinators
        ]

    def draft(self, **more: Any) -> QueryDraft:
        """What was filled in, as the service wants it."""
        return QueryDraft(
            title=self.title.data,
            printed_title=self.printed_title.data or "",
            requester_kind=RequesterKind(self.requester_kind.data),
            requester_code=(self.requester_code.data or "").upper() or None,
            requester_printed=self.requester_printed.data or "",
            originator=self.originator.data or None,
            launched_on=self.launched_on.data,
            reply_by=self.reply_by.data,
            compiled_on=self.compiled_on.data,
            background=self.background.data or "",
            summary=self.summary.data or "",
            theme_id=_chosen(self.theme_id.data),
            tags=tuple((self.tags.data or "").split(",")),
            foreign_reference=self.foreign_reference.data or None,
            stated_total=self.stated_total.data,
            coordinator_id=_chosen(self.coordinator_id.data),
            questions=tuple(entry.form.question() for entry in self.questions),
            **more,
        )


class ReasonForm(FlaskForm):
    """Why something is withdrawn, deleted or restored."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[stripped],
        validators=[
            not_blank(_l("Say why. The reason is kept in the history.")),
            Length(max=1000, message=TOO_LONG),
        ],
        render_kw={"rows": 3},
    )


class RelationForm(FlaskForm):
    """How the query relates to an earlier one."""

    kind = SelectField(_l("This query"), choices=choices(RELATION_WORDS))
    reference = StringField(
        _l("Query number"),
        filters=[stripped],
        validators=[not_blank(_l("Write our number of the other query: 2024.3."))],
        description=_l("Our own: 2024.3."),
    )

    def relation(self) -> RelationKind:
        """The chosen kind."""
        return RelationKind(self.kind.data)


def _chosen(value: str | None) -> int | None:
    return int(value) if value and value.isdigit() else None
