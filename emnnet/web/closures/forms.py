"""An institution, the days it is closed, why, and who gets mail all the same."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, Length

from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.services.closures import ClosureNote
from emnnet.web.fields import DayField, stripped

WithContacts = Sequence[tuple[Institution, list[Contact]]]


class ClosureForm(FlaskForm):
    """One closure."""

    institution = SelectField(
        _l("Institution"),
        validators=[DataRequired(_l("Choose the institution."))],
        validate_choice=True,
    )
    begins = DayField(
        _l("First day"), validators=[DataRequired(_l("Enter the first day."))]
    )
    until = DayField(
        _l("Last day"), validators=[DataRequired(_l("Enter the last day."))]
    )
    reason = StringField(
        _l("Reason"),
        description=_l("Such as: summer closing, moving house."),
        filters=[stripped],
        validators=[
            DataRequired(_l("Say why it is closed.")),
            Length(max=200, message=_l("Keep it under %(max)d characters.")),
        ],
    )
    substitute = SelectField(
        _l("Who gets our mails meanwhile"),
        description=_l("Without anybody, all mail waits until it opens again."),
        default="",
    )

    def offer(self, bodies: WithContacts, language: str) -> None:
        """Fill the choices."""
        self.institution.choices = [
            SelectChoice("", _("Choose…")),
            *(
                SelectChoice(str(body.id), _named(body, language))
                for body, _c in bodies
            ),
        ]
        self.substitute.choices = [
            SelectChoice("", _("Nobody: mail waits")),
            *(
                SelectChoice(
                    str(one.id), f"{body.short}: {one.role_title}, {one.email}"
                )
                for body, contacts in bodies
                for one in contacts
            ),
        ]

    def note(self) -> ClosureNote:
        """What was filled in, as the service wants it."""
        assert self.begins.data and self.until.data  # noqa: S101, PT018 -- validated
        chosen = self.substitute.data
        return ClosureNote(
            begins=self.begins.data,
            until=self.until.data,
            reason=self.reason.data or "",
            substitute_id=int(chosen) if chosen else None,
        )


def _named(body: Institution, language: str) -> str:
    return body.name_lt if language == "lt" else body.name_en
