"""What an institution fills in. All cards of a page stand in one HTML form."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    FileField,
    Form,
    HiddenField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from emnnet.domain.audience import Dissemination
from emnnet.domain.contributing import (
    LONGEST_ANSWER,
    LONGEST_NOTE,
    Draft,
    Refusal,
)
from emnnet.domain.lifecycle import DeclineReason
from emnnet.selectors.contributions import Cell
from emnnet.web.contributions.marks import mark_of
from emnnet.web.fields import DayField, stripped, unified

TRAVELS = {
    Dissemination.YES: _l("Yes, it may be published"),
    Dissemination.NO: _l("No, only the country that asks may read it"),
    Dissemination.ASK: _l("Ask us before it goes further"),
}
TOO_LONG = _l("Keep it under %(max)d characters.")


class AnswerForm(Form):
    """One answer as it is written."""

    text = TextAreaField(
        _l("Your answer"),
        filters=[unified],
        validators=[Length(max=LONGEST_ANSWER, message=TOO_LONG)],
        render_kw={"rows": 7},
    )
    dissemination = RadioField(
        _l("May your answer be read by others?"),
        validate_choice=False,
    )
    as_of = DayField(
        _l("Valid as of"),
        description=_l("The day your facts are true of, for example 31.12.2026."),
        validators=[Optional()],
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )
    seen = HiddenField()  # the number of the draft the form was opened with
    mark = HiddenField()  # what stood in the form then, in short

    def draft(self) -> Draft:
        """What was filled in, as the service wants it."""
        chosen = self.dissemination.data
        travels = Dissemination(chosen) if chosen in set(Dissemination) else None
        return Draft(self.text.data, travels, self.as_of.data)

    @property
    def seen_number(self) -> int:
        """The draft the form was opened with; nonsense counts as none."""
        typed = str(self.seen.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() else 0

    def renew(self, number: int) -> None:
        """What stands in the form is saved now, as the draft with that number."""
        self.seen.data, self.mark.data = str(number), mark_of(self.draft())

    @property
    def is_touched(self) -> bool:
        """Was anything changed since the page was opened?"""
        return bool(
            self.mark.data != mark_of(self.draft()) or self.as_of.process_errors
        )


class RefusalForm(Form):
    """Why there will be no text, and whom to ask instead."""

    note = TextAreaField(
        _l("In a few words"),
        filters=[unified, stripped],
        validators=[Length(max=LONGEST_NOTE, message=TOO_LONG)],
        render_kw={"rows": 2},
    )
    whom = StringField(
        _l("Whom should we ask instead?"),
        filters=[stripped],
        validators=[Optional(), Length(max=200, message=TOO_LONG)],
        render_kw={"autocomplete": "off", "list": "bodies"},
    )

    def refusal(self, reason: DeclineReason, institution_id: int | None) -> Refusal:
        """What was said; a body we know is kept by its id, another by its name."""
        whom = "" if institution_id else self.whom.data or ""
        return Refusal(reason, self.note.data or "", institution_id, whom)


class PromiseForm(Form):
    """By which day an answer will come."""

    promised_on = DayField(
        _l("We will answer by"),
        description=_l("For example 31.12.2026. The office sees it; you may be later."),
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )


class MoreTimeForm(Form):
    """Until when an institution would need time, and why."""

    wanted_on = DayField(
        _l("Until"),
        description=_l("For example 31.12.2026. The office decides and writes to you."),
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )
    why = TextAreaField(
        _l("Why do you need more time?"),
        filters=[unified, stripped],
        validators=[Length(max=LONGEST_NOTE, message=TOO_LONG)],
        render_kw={"rows": 2},
    )


class ChangeForm(Form):
    """What should be changed in an answer that was sent."""

    reason = TextAreaField(
        _l("What should be changed?"),
        description=_l("The office reads this and opens the answer for you again."),
        filters=[unified, stripped],
        validators=[Length(max=LONGEST_NOTE, message=TOO_LONG)],
        render_kw={"rows": 2},
    )


class UploadForm(Form):
    """A file to be given with an answer."""

    file = FileField(
        _l("File"),
        description=_l("DOCX, PDF, XLSX, CSV, PNG or JPG, at most 20 MB each."),
    )


def answer_form(cell: Cell, posted: object | None = None) -> AnswerForm:
    """The form of one question, from what was posted or from the draft."""
    draft, contribution = cell.draft, cell.contribution
    form = AnswerForm(
        posted,
        prefix=f"q{contribution.id}",
        text=draft.text,
        dissemination=draft.dissemination,
        as_of=draft.as_of,
        seen=str(contribution.draft_number),
        mark=mark_of(draft),
    )
    form.dissemination.choices = [
        SelectChoice(item.value, str(words)) for item, words in TRAVELS.items()
    ]
    return form
