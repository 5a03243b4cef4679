"""Inviting somebody, and what an account is for."""

from collections.abc import Sequence

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, Length

from emnnet.domain.roles import Role
from emnnet.models.institution import Institution
from emnnet.web.fields import stripped

ROLE_CHOICES: dict[Role, LazyString] = {
    Role.COORDINATOR: _l("Coordinator: routes, merges and sends"),
    Role.APPROVER: _l("Approver: clears national responses"),
    Role.CONTACT: _l("Contact: answers for an institution"),
    Role.READER: _l("Reader: reads what is open to the network"),
    Role.ADMIN: _l("Administrator: all of it, and the settings"),
}


class RoleForm(FlaskForm):
    """What an account is for."""

    role = SelectField(
        _l("Role"), validators=[DataRequired(_l("Choose what the account is for."))]
    )
    institution = SelectField(
        _l("Institution"),
        description=_l("For a contact: whose questions they answer."),
        default="",
    )

    def offer(self, bodies: Sequence[Institution], language: str) -> None:
        """Fill the choices."""
        self.role.choices = [
            SelectChoice(role.value, str(words)) for role, words in ROLE_CHOICES.items()
        ]
        self.institution.choices = [
            SelectChoice("", _("none")),
            *(
                SelectChoice(
                    str(one.id), one.name_lt if language == "lt" else one.name_en
                )
                for one in bodies
            ),
        ]

    @property
    def institution_id(self) -> int | None:
        """The chosen institution, or none."""
        return int(self.institution.data) if self.institution.data else None


class InviteForm(RoleForm):
    """Whom to invite."""

    email = StringField(
        _l("E-mail address"),
        filters=[stripped],
        validators=[DataRequired(_l("Enter the e-mail address.")), Length(max=254)],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    name = StringField(
        _l("Name in the history"),
        description=_l("A function is enough, such as: Coordinator."),
        filters=[stripped],
        validators=[DataRequired(_l("Enter a name.")), Length(max=120)],
    )
    language = SelectField(
        _l("Language of our mails"),
        choices=[SelectChoice("lt", "Lietuvių"), SelectChoice("en", "English")],
    )
