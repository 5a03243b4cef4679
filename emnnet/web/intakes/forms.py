"""How a query comes in: a document, or its text."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import TextAreaField

from emnnet.web.fields import stripped

LONGEST = 1_000_000  # characters; more is a whole compilation, better as a file
ENDINGS = ".docx,.eml,.pdf,.txt,.html,.htm"


class ArrivalForm(FlaskForm):
    """One of two: a file, or pasted text."""

    file = FileField(
        _l("Document"),
        description=_l("A .docx, .eml, .pdf, .txt or .html file of up to 20 MB."),
        render_kw={"accept": ENDINGS},
    )
    text = TextAreaField(
        _l("Or paste the text"),
        filters=[stripped],
        description=_l("The whole mail or document, as it is."),
        render_kw={"rows": 10},
    )

    def check(self) -> bool:
        """Is there exactly one of the two? What is wrong stands at the field."""
        file, text = bool(self.file.data), bool(self.text.data)
        if file and text:
            self.file.errors = [
                _l(
                    "Give either a document or its text, not both."
                    " Choose the document again, or none."
                )
            ]
        elif not file and not text:
            self.file.errors = [_l("Choose a document, or paste its text below.")]
        elif len(self.text.data or "") > LONGEST:
            self.text.errors = [
                _l("This is too long to paste. Save it as a .txt file.")
            ]
        return not (self.file.errors or self.text.errors)
