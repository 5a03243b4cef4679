"""What is asked at the door."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired

from emnnet.web.fields import stripped


class SignInForm(FlaskForm):
    """Address and password."""

    email = StringField(
        _l("E-mail address"),
        filters=[stripped],
        validators=[DataRequired(_l("Enter your e-mail address."))],
        render_kw={"autocomplete": "username", "type": "email"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[DataRequired(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
