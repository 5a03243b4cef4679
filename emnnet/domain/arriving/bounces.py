"""Mail that came back: what a report means, and what looks like one without a form.

Sources: RFC 3464 (delivery reports), RFC 3463 (their status codes).
"""

import re
from dataclasses import dataclass

from emnnet.domain.arriving.letters import ArrivedLetter, FailedRecipient, Report

STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
ADDRESS = re.compile(r"[\w.+=-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])")
MESSAGE_ID = re.compile(r"<[^<>\s]{3,400}@[^<>\s]{1,255}>")
DAEMONS = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|bounces?)\b", re.I)
FAILURE = re.compile(
    r"\b(undeliver(ed|able)|failure notice|returned mail|mail delivery (failed|failure)"
    r"|delivery (status notification|failure|has failed|incomplete)"
    r"|could not be delivered|message not delivered|nepristatyt\w+|neįteikt\w+"
    r"|unzustellbar|nicht zugestellt|non remis|échec de la remise)",
    re.IGNORECASE,
)
HEAD = 20_000  # characters in which an address and a number are looked for


@dataclass(frozen=True)
class Bounce:
    """One address that a mail did not reach, or not yet."""

    address: str
    is_permanent: bool
    status: str
    diagnostic: str


def bounces_in(report: Report) -> tuple[Bounce, ...]:
    """The addresses of a report that failed (5.x.x) or wait (4.x.x)."""
    found = (_bounce(one) for one in report.recipients)
    return tuple(bounce for bounce in found if bounce is not None)


def _bounce(one: FailedRecipient) -> Bounce | None:
    action, status = one.action.lower(), _status(one)
    if action in {"delivered", "relayed", "expanded"} or status.startswith("2"):
        return None
    if action == "delayed" or (action != "failed" and status.startswith("4")):
        return Bounce(one.address, False, status, one.diagnostic)
    if action == "failed" or status.startswith("5"):
        return Bounce(one.address, True, status, one.diagnostic)
    return None


def _status(one: FailedRecipient) -> str:
    found = STATUS.search(one.status) or STATUS.search(one.diagnostic)
    return ".".join(found.groups()) if found else ""


def looks_returned(letter: ArrivedLetter) -> bool:
    """Does it look like a bounce of a server that keeps to no standard?"""
    if letter.marks.get("x-failed-recipients"):
        return True
    daemon = DAEMONS.match(letter.from_address)
    empty = letter.marks.get("return-path", "").strip() == "<>"
    told = FAILURE.search(letter.subject) or FAILURE.search(letter.text[:HEAD])
    return bool(told and (daemon or empty))


def loose_bounce(letter: ArrivedLetter) -> Bounce | None:
    """The address and the status that such a message names first, if it names one."""
    named = letter.marks.get("x-failed-recipients", "")
    text = f"{named}\n{letter.text[:HEAD]}"
    own = letter.from_address.lower()
    addresses = [one for one in ADDRESS.findall(text) if one.lower() != own]
    if not addresses:
        return None
    status = STATUS.search(letter.text[:HEAD])
    code = ".".join(status.groups()) if status else ""
    return Bounce(addresses[0], code.startswith("5"), code, "")


def message_ids(text: str) -> tuple[str, ...]:
    """All that looks like a Message-ID, each once."""
    return tuple(dict.fromkeys(MESSAGE_ID.findall(text[:HEAD])))
