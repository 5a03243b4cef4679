"""Does the mail server answer? Asked without sending, once a minute at most."""

import os
import smtplib
import time
from threading import Lock

from flask import current_app

from emnnet.mail.transport import SafeConnection, mail_folder

KEPT = 60.0  # seconds an answer is believed
PATIENCE = 5.0  # seconds: who asks for the health waits for no more
_LOCK = Lock()


def why_unreachable() -> str:
    """What keeps mail from leaving, or nothing. Never shows a password."""
    if current_app.config["MAIL_MODE"] == "mailbox":
        return _why_no_mailbox()
    kept: dict[str, tuple[float, str]] = current_app.extensions.setdefault(
        "emnnet.mail_server", {}
    )
    with _LOCK:  # of several that ask at once one looks
        at, why = kept.get("answer", (-KEPT, ""))
        if time.monotonic() - at >= KEPT:
            why = _asked()
            kept["answer"] = time.monotonic(), why
        return why


def _asked() -> str:
    """Connect, encrypt and sign in as for a mail, then part."""
    try:
        with SafeConnection(current_app.extensions["mail"], PATIENCE) as connection:
            if connection.host is not None:
                connection.host.noop()
    except (OSError, smtplib.SMTPException) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _why_no_mailbox() -> str:
    folder = mail_folder()
    there = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    return "" if os.access(there, os.W_OK) else f"{folder.name} cannot be written to"
