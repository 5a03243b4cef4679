"""Messages of the rules, in the reader's language."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import Message
from emnnet.web.filters import day


def translated(error: DomainError) -> str:
    """The text of a refusal; its wording was marked where it stands."""
    return worded(error.message, error.params)


def spoken(message: Message) -> str:
    """A marked sentence in the reader's language."""
    return worded(message.text, message.params)


def worded(text: str, params: Mapping[str, object] | None = None) -> str:
    """A marked text with its gaps filled: days, marked words, many as a list."""
    wording = str(gettext(text))
    if not params:
        return wording
    return wording % {name: _shown(value) for name, value in params.items()}


def _shown(value: object) -> object:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Message):
        return spoken(value)
    if isinstance(value, tuple | list):
        return ", ".join(str(_shown(part)) for part in value)
    return value
