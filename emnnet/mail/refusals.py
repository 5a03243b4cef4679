"""What a mail server meant by its refusal."""

import re
import smtplib
from enum import StrEnum

from flask_mail import BadHeaderError

from emnnet.mail.allowed import NotAllowed


class Refusal(StrEnum):
    """What follows for the mail."""

    LATER = "later"  # it may work another time
    UNKNOWN_ADDRESS = "unknown_address"  # there is nobody under this address
    NEVER = "never"  # this mail will not be taken


NEVER = (
    smtplib.SMTPNotSupportedError,
    BadHeaderError,
    NotAllowed,
    UnicodeError,
    AssertionError,
)
POLICY = re.compile(r"\b5\.7\.\d+")
"""Not the address is wrong but we are not welcome. Source: RFC 3463, section 3.8."""


def meaning(error: Exception) -> Refusal:
    """Temporary, final, or an address that does not exist."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        if not codes or min(codes) < 500:
            return Refusal.LATER
        policy = POLICY.search(words(error))
        return Refusal.NEVER if policy else Refusal.UNKNOWN_ADDRESS
    if isinstance(error, NEVER):
        return Refusal.NEVER
    if isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500:
        return Refusal.NEVER
    return Refusal.LATER


def connection_is_lost(error: Exception) -> bool:
    """Does the next mail need another connection?"""
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return True
    return isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)


def words(error: Exception) -> str:
    """What the server said, or what went wrong, in one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = [_answer(*answer) for answer in error.recipients.values()]
        return "; ".join(said)
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"
