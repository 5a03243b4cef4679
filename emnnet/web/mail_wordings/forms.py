"""The form of a wording."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from emnnet.domain.errors import DomainError
from emnnet.domain.mail_wordings import BadWording, Field
from emnnet.web.messages import translated

LAST_MAIL = "last"
WITH_THE_WORDING: dict[str, object] = {
    "form": "wording"
}  # sent along with what is typed


class WordingForm(FlaskForm):
    """Subject and text; `seen` is the version it was opened with."""

    seen = HiddenField()
    subject = StringField(_l("Subject"))
    body = TextAreaField(
        _l("Text"),
        description=_l(
            "An empty line begins a new paragraph, lines that begin with “- ” make a"
            " list. The end of the mail is added by itself."
        ),
        render_kw={"rows": 20},
    )

    def note(self, error: DomainError) -> None:
        """Put a refusal where it belongs."""
        said = translated(error)
        if isinstance(error, BadWording):
            control = self.subject if error.field is Field.SUBJECT else self.body
            control.errors = [said]
        else:
            self.form_errors.append(said)

    @property
    def seen_number(self) -> int:
        """The number of the version it was opened with."""
        return int(self.seen.data) if (self.seen.data or "").isdecimal() else 0


class PreviewForm(WordingForm):
    """The same with what it is to be filled from."""

    source = SelectField(
        _l("Filled from"), validate_choice=False, render_kw=WITH_THE_WORDING
    )
    long_title = BooleanField(_l("With a very long title"), render_kw=WITH_THE_WORDING)
