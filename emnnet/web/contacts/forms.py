"""What the office sets about a contact."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from emnnet.models.contact import Contact
from emnnet.services.contacts import ContactFields
from emnnet.web.fields import DayField, stripped

NUMBER = _l("Enter a number from 1 to 99.")
LANGUAGES = (("lt", "Lietuvių"), ("en", "English"))


class PlaceField(IntegerField):
    """A small number; anything else is told what to do."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read it."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(str(NUMBER)) from error


class ContactForm(FlaskForm):
    """One contact."""

    role_title = StringField(
        _l("Function"),
        description=_l("Such as: focal point, asylum procedures. No names of persons."),
        filters=[stripped],
        validators=[DataRequired(_l("Enter the function.")), Length(max=200)],
    )
    email = StringField(
        _l("E-mail address"),
        filters=[stripped],
        validators=[DataRequired(_l("Enter the e-mail address.")), Length(max=254)],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    phone = StringField(
        _l("Telephone"), filters=[stripped], validators=[Length(max=60)]
    )
    language = SelectField(
        _l("Language"), choices=[SelectChoice(*one) for one in LANGUAGES]
    )
    position = PlaceField(
        _l("Place in the order"),
        description=_l("The one with the lowest number is asked first."),
        default=1,
        validators=[
            InputRequired(NUMBER),
            NumberRange(1, 99, NUMBER),
        ],
    )
    for_routing = BooleanField(_l("Questions and reminders"), default=True)
    for_escalation = BooleanField(_l("Copies when answers stay out"))
    for_publication = BooleanField(_l("Questions of publication"))
    valid_from = DayField(_l("From"), description=_l("Empty: from ever."))
    valid_to = DayField(_l("Until"), description=_l("Empty: no end."))
    substitute = SelectField(
        _l("Stands in"),
        description=_l("Where an absence names nobody, and where the address is dead."),
        default="",
    )
    try_again = BooleanField(_l("The address is right: write to it again"))

    def offer(self, others: Sequence[Contact]) -> None:
        """Fill the choice of substitutes."""
        self.substitute.choices = [
            SelectChoice("", _("the next contact in order")),
            *(
                SelectChoice(str(one.id), f"{one.role_title}, {one.email}")
                for one in others
            ),
        ]

    def fill(self, contact: Contact | None) -> None:
        """Begin with what stands."""
        if contact is None:
            return
        for name in ("role_title", "email", "phone", "language", "position",
                     "for_routing", "for_escalation", "for_publication",
                     "valid_from", "valid_to"):  # fmt: skip
            self[name].data = getattr(contact, name)
        self.substitute.data = str(contact.substitute_id or "")

    def given(self) -> ContactFields:
        """What was filled in, as the service wants it."""
        chosen = self.substitute.data
        return ContactFields(
            role_title=self.role_title.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            language=self.language.data or "lt",
            position=self.position.data or 1,
            for_routing=self.for_routing.data,
            for_escalation=self.for_escalation.data,
            for_publication=self.for_publication.data,
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            substitute_id=int(chosen) if chosen else None,
            try_again=self.try_again.data,
        )
