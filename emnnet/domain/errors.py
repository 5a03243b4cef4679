"""Refusals the user may see. Their text is the message, translated at the edge."""

from emnnet.domain.messages import Message


class DomainError(Exception):
    """A rule said no, in words: `message` with its `params` still apart."""

    def __init__(self, message: str, /, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return str(Message(self.message, self.params))


class IllegalAction(DomainError):
    """This cannot be done in that state."""


class StaleVersion(DomainError):
    """Somebody else has saved it meanwhile."""


class NotFound(DomainError):
    """There is no such thing."""
