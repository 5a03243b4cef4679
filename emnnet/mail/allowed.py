"""Test systems never write to partners: mails leave only to those on a list (I12)."""

from flask import current_app
from flask_mail import Message


class NotAllowed(Exception):
    """The address is not on the list of this test system."""


def allowed_addresses() -> tuple[str, ...] | None:
    """Whom mails may go to: addresses and @domains; None where it may be anybody.

    In production partners are written to for real; a mailbox lets nothing out.
    """
    settings = current_app.config
    if settings["PRODUCTION"] or settings["MAIL_MODE"] == "mailbox":
        return None
    return tuple(settings["MAIL_ALLOWED"])


def may_leave_to(address: str) -> bool:
    """May a mail to this address leave?"""
    allowed = allowed_addresses()
    if allowed is None:
        return True
    address = address.strip().lower()
    domain = f"@{address.rpartition('@')[2]}"
    return address in allowed or ("@" in address and domain in allowed)


def check_recipients(message: Message) -> None:
    """The last look, just before a mail server hears of it. Raises `NotAllowed`."""
    for one in message.send_to:
        address = one[1] if isinstance(one, tuple) else one
        if not may_leave_to(str(address)):
            raise NotAllowed(f"not on the list of this test system: {address}")
