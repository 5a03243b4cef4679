"""The settings by which mail leaves, checked before anything starts."""

import re
from collections.abc import Iterable

MODES = ("mailbox", "smtp")
ENTRY = re.compile(r"[^\s@,]*@[^\s@,]+\.[^\s@,]+|[^\s@,]*@localhost")
NEEDS_LIST = (
    "Mails are to leave by SMTP, and this system is not declared as PRODUCTION. So that"
    " no test writes to partners, say whom it may write to: set EMNNET_MAIL_ALLOWED to"
    " addresses and @domains with commas between them, such as"
    ' "tester@example.org, @our-office.example". Where partners are written to for'
    " real, set PRODUCTION = true instead."
)


def allow_list(given: object) -> tuple[str, ...]:
    """The addresses and @domains of a list or of one text. Raises ValueError."""
    if isinstance(given, str):
        given = re.split(r"[\s,;]+", given)
    if not isinstance(given, Iterable):
        raise ValueError("MAIL_ALLOWED is a list of addresses and @domains.")
    entries = tuple(str(one).strip().lower() for one in given if str(one).strip())
    for entry in entries:
        if not ENTRY.fullmatch(entry):
            raise ValueError(
                f"MAIL_ALLOWED holds {entry!r}: write addresses (tester@example.org)"
                " or whole domains (@example.org)."
            )
    return entries


def check_mode(mode: object, allowed: tuple[str, ...], *, production: bool) -> None:
    """Refuse to let mails of a test system out to anybody. Raises ValueError."""
    if mode not in MODES:
        raise ValueError(f"MAIL_MODE is {mode!r}: it may be mailbox or smtp.")
    if mode == "smtp" and not production and not allowed:
        raise ValueError(NEEDS_LIST)


def check_reply_pattern(pattern: object) -> None:
    """Refuse a reply address that could not be told apart. Raises ValueError."""
    if not pattern:
        return
    local, _, domain = str(pattern).partition("@")
    if str(pattern).count("{key}") != 1 or "{key}" not in local or not domain:
        raise ValueError(
            "MAIL_REPLY_PATTERN needs {key} once, in front of the @:"
            " emn+{key}@example.org."
        )
