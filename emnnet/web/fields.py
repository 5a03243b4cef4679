"""What form fields share."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import LazyString
from wtforms import Field, Form, SelectChoice, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from emnnet.domain.dates import parse_day
from emnnet.domain.errors import DomainError
from emnnet.web.messages import translated

Choice = TypeVar("Choice", bound=StrEnum)


def stripped(value: str | None) -> str | None:
    """The text without the blanks around it."""
    return value.strip() if value else value


def unified(text: str | None) -> str:
    """The text with plain line ends, as it is stored."""
    return (text or "").replace("\r\n", "\n").replace("\r", "\n")


def choices(words: Mapping[Choice, str | LazyString]) -> list[SelectChoice]:
    """What a radio or select field offers: values and words."""
    return [SelectChoice(item.value, str(text)) for item, text in words.items()]


class DayField(StringField):
    """A day, typed in any of the usual ways; what was typed is kept on error."""

    widget = TextInput()
    data: date | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.isoformat() if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day; an impossible one is an error of this field."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = parse_day(valuelist[0].strip())
        except DomainError as error:
            raise ValueError(translated(error)) from error

    def pre_validate(self, form: Form) -> None:
        """An unread day needs no further checks."""
        if self.process_errors:
            raise StopValidation


def not_blank(message: str | LazyString) -> Any:
    """Validator: more than blanks."""

    def check(_form: Form, field: Field) -> None:
        if not (field.data or "").strip():
            raise StopValidation(str(message))

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check
