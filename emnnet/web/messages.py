"""Messages of the rules, in the reader's language."""

from typing import Any

from flask_babel import gettext

from emnnet.domain.errors import DomainError


def translated(error: DomainError) -> str:
    """The text of a refusal; its wording was marked where it stands."""
    return worded(error.message, error.params)


def worded(message: str, params: Any = None) -> str:
    """A marked message with its parameters filled in."""
    text = str(gettext(message))
    return text % params if params else text
