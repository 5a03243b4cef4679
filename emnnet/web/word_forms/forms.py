"""The filled form that is given back."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class ReturnForm(FlaskForm):
    """One Word file."""

    file = FileField(
        _l("The filled form"),
        description=_l("The .docx file you downloaded here and filled in."),
        validators=[FileRequired(_l("Choose the filled form first."))],
        render_kw={"accept": ".docx"},
    )
