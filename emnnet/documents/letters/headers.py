"""The headers of a message, whatever stands in them."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

LONGEST_HEADER = 10_000  # characters that are looked at
LONGEST_SHOWN = 998  # RFC 5322, section 2.1.1
MOST_IDS = 100
MESSAGE_ID = re.compile(r"<[^<>\s]{1,900}>")
BARE_ADDRESS = re.compile(r"[^\s<>\",;:()\[\]]{1,64}@[^\s<>\",;:()\[\]]{1,255}")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def cleaned(text: str) -> str:
    """The text as it can be stored: no NUL, no half characters."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return CONTROLS.sub("", whole)


def raw_headers(mail: Message, name: str) -> list[str]:
    """All headers of that name as they came, unfolded, not decoded."""
    return [
        " ".join(_readable(str(value)[:LONGEST_HEADER]).split())
        for key, value in mail.raw_items()
        if key.lower() == name.lower()
    ]


def header(mail: Message, name: str) -> str:
    """The first header of that name in one line, decoded; "" if there is none."""
    return next(iter(decoded_headers(mail, name)), "")


def decoded_headers(mail: Message, name: str) -> list[str]:
    """All headers of that name with their encoded words read."""
    return [_decoded(value)[:LONGEST_SHOWN] for value in raw_headers(mail, name)]


def message_ids(mail: Message, *names: str) -> tuple[str, ...]:
    """The Message-IDs in these headers, each once."""
    found = (
        match
        for name in names
        for value in raw_headers(mail, name)
        for match in MESSAGE_ID.findall(value)
    )
    return tuple(dict.fromkeys(found))[:MOST_IDS]


def sender(mail: Message) -> tuple[str, str]:
    """Name and address of the From header; "" for what is not there."""
    for name, address in addresses(mail, ("From", "Sender", "Return-Path")):
        if "@" in address:
            return name, address
    raw = next(iter(raw_headers(mail, "From")), "")
    found = BARE_ADDRESS.search(raw)
    return (_decoded(raw)[:200], found[0].lower() if found else "")


def addresses(mail: Message, names: Sequence[str]) -> list[tuple[str, str]]:
    """Names and addresses of these headers; the addresses in small letters."""
    found: list[tuple[str, str]] = []
    for name in names:
        for value in raw_headers(mail, name):
            found += _addresses(value)
    return found


def sent_at(mail: Message) -> datetime | None:
    """The Date header in UTC; none if it is missing or no date."""
    for value in raw_headers(mail, "Date"):
        try:
            moment = parsedate_to_datetime(value)
            aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return aware.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def _addresses(value: str) -> list[tuple[str, str]]:
    try:
        pairs = getaddresses([value])
    except (ValueError, IndexError, TypeError):
        return []
    return [(_decoded(name)[:200], address.lower()[:320]) for name, address in pairs]


def _decoded(value: str) -> str:
    try:
        text = str(make_header(decode_header(value)))
    except (ValueError, LookupError, UnicodeError, AssertionError):
        text = value
    return " ".join(cleaned(text).split())


def _readable(value: str) -> str:
    """Eight-bit letters that stand in a header without a word about their encoding."""
    try:
        raw = value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return cleaned(value)
    try:
        return cleaned(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return cleaned(raw.decode("cp1257", "replace"))
