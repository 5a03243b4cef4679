"""From when to when somebody is away, and who takes over."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, Length, Optional

from emnnet.domain.absences import AwayNote
from emnnet.domain.addressing import Stand
from emnnet.domain.links import masked
from emnnet.models.absence import Absence
from emnnet.models.contact import Contact
from emnnet.web.fields import DayField, stripped

COLLEAGUE = "contact-"


class AwayForm(FlaskForm):
    """The days, and one of: a colleague, the mailbox, another address, nobody."""

    begins = DayField(
        _l("First day away"), validators=[DataRequired(_l("Enter the first day."))]
    )
    until = DayField(
        _l("Last day away"),
        description=_l("Leave it empty if you do not know yet."),
        validators=[Optional()],
    )
    stand = RadioField(
        _l("Who gets our mails meanwhile?"),
        validators=[DataRequired(_l("Say who takes over."))],
    )
    email = StringField(
        _l("The other address"),
        description=_l("The office confirms it first; until then see the last choice."),
        filters=[stripped],
        validators=[Optional(), Length(max=254)],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    title = StringField(
        _l("Whose address it is"),
        description=_l("A function, such as: deputy head of division."),
        filters=[stripped],
        validators=[Optional(), Length(max=200)],
    )

    def offer(
        self, others: Sequence[Contact], mailbox: str | None, *, open_addresses: bool
    ) -> None:
        """Fill the choices; behind a link addresses are not shown in full."""
        shown = _address if open_addresses else _masked
        self.stand.choices = [
            *(SelectChoice(f"{COLLEAGUE}{one.id}", shown(one)) for one in others),
            *_mailbox(mailbox),
            SelectChoice(Stand.PROPOSED.value, _("Another address (enter it below)")),
            SelectChoice(Stand.NEXT.value, _("Nobody in particular: the next contact")),
        ]

    def fill(self, absence: Absence | None, today: date) -> None:
        """Begin with what stands, else with today."""
        self.begins.data = absence.begins if absence else today
        if absence is None:
            return
        self.until.data, self.stand.data = absence.until, absence.stand.value
        if absence.stand is Stand.CONTACT:
            self.stand.data = f"{COLLEAGUE}{absence.substitute_id}"
        self.email.data = absence.proposed_email
        self.title.data = absence.proposed_title

    def note(self) -> AwayNote:
        """What was filled in, as the service wants it."""
        assert self.begins.data is not None  # noqa: S101 -- validated
        chosen = self.stand.data or ""
        colleague = chosen.removeprefix(COLLEAGUE) if COLLEAGUE in chosen else ""
        return AwayNote(
            begins=self.begins.data,
            until=self.until.data,
            stand=Stand.CONTACT if colleague else Stand(chosen),
            substitute_id=int(colleague) if colleague else None,
            proposed_email=self.email.data or "",
            proposed_title=self.title.data or "",
        )


def _mailbox(mailbox: str | None) -> list[SelectChoice]:
    if not mailbox:
        return []
    words = _("The institution's mailbox: %(address)s", address=mailbox)
    return [SelectChoice(Stand.MAILBOX.value, words)]


def _address(contact: Contact) -> str:
    return f"{contact.role_title} ({contact.email})"


def _masked(contact: Contact) -> str:
    return f"{contact.role_title} ({masked(contact.email)})"
