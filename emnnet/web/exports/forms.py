"""What the file is to be."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.validators import DataRequired

from emnnet.domain.audience import Audience
from emnnet.web.fields import choices


class Format(StrEnum):
    """The kinds of file."""

    DOCX = "docx"
    PDF = "pdf"


FORMATS = {Format.DOCX: _l("Word (DOCX)"), Format.PDF: _l("PDF, accessible")}
READERS = {
    Audience.OFFICE: _l("The asking country: the full text"),
    Audience.PUBLIC: _l("Everybody: closed answers are replaced by the fixed sentence"),
}


class ExportForm(FlaskForm):
    """Kind of file, its readers, and what stands in it."""

    format = RadioField(
        _l("File"),
        choices=choices(FORMATS),
        default=Format.DOCX.value,
        validators=[DataRequired(_l("Choose the kind of file."))],
    )
    audience = RadioField(
        _l("Who reads it?"),
        choices=choices(READERS),
        default=Audience.OFFICE.value,
        validators=[DataRequired(_l("Choose who reads it."))],
    )
    sources = BooleanField(
        _l("Name the sources under each answer"),
        description=_l("For the office only; not in the version for everybody."),
    )
    annexes = BooleanField(
        _l("Add late answers as annexes"),
        description=_l("Those that were chosen as annexes on the workbench."),
    )
