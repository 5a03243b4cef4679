"""What can be typed where the network comes in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from emnnet.web.fields import stripped


class UploadForm(FlaskForm):
    """Files of a network."""

    files = MultipleFileField(
        _l("ZIP file, or YAML or CSV files"),
        description=_l("You see what it would change before anything is changed."),
    )

    def validate_files(self, field: MultipleFileField) -> None:
        """At least one must be chosen."""
        if not self.chosen:
            raise ValidationError(_l("Choose one or more files."))

    @property
    def chosen(self) -> list[FileStorage]:
        """The files that were sent."""
        return [file for file in self.files.data or [] if getattr(file, "filename", "")]


class LoadForm(FlaskForm):
    """Agreement to what the preview showed."""

    file = HiddenField(validators=[DataRequired()])
    seen = HiddenField(validators=[DataRequired()])
    why = StringField(
        _l("Why it is changed"),
        description=_l("It stands in the history of the network."),
        filters=[stripped],
        validators=[Length(max=500, message=_l("Keep it under %(max)d characters."))],
    )
