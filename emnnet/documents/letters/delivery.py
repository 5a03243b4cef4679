"""Delivery reports as they stand in messages. Source: RFC 3464."""

from email.message import Message as Part

from emnnet.documents.letters.headers import (
    BARE_ADDRESS,
    cleaned,
    header,
    message_ids,
)
from emnnet.documents.letters.parts import leaves, part_text
from emnnet.domain.arriving.letters import FailedRecipient, Report

MOST_RECIPIENTS = 100
LONGEST_DIAGNOSTIC = 500
RETURNED = {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}


def find_report(mail: Part) -> Report | None:
    """The delivery report in a message, or none."""
    parts = list(leaves(mail))
    told = [
        part for part in parts if part.get_content_type() == "message/delivery-status"
    ]
    if not told:
        return None
    recipients = [one for part in told for one in _recipients(part)]
    returned = [one for part in parts for one in _returned_ids(part)]
    return Report(tuple(recipients[:MOST_RECIPIENTS]), tuple(dict.fromkeys(returned)))


def is_receipt(mail: Part) -> bool:
    """Is it a notice that a message was displayed (RFC 8098)?"""
    kinds = {part.get_content_type() for part in leaves(mail)}
    return "message/disposition-notification" in kinds


def _recipients(part: Part) -> list[FailedRecipient]:
    blocks = part.get_payload()
    if not isinstance(blocks, list):
        return []
    found = [_recipient(block) for block in blocks if isinstance(block, Part)]
    return [one for one in found if one is not None]


def _recipient(block: Part) -> FailedRecipient | None:
    named = header(block, "Final-Recipient") or header(block, "Original-Recipient")
    action, status = header(block, "Action"), header(block, "Status")
    if not (named or status or action):
        return None
    address = BARE_ADDRESS.search(named.rpartition(";")[2])
    diagnostic = header(block, "Diagnostic-Code")[:LONGEST_DIAGNOSTIC]
    if not address and not action:
        return None  # the block about the message as a whole
    return FailedRecipient(
        address[0].lower() if address else "",
        action.split(None, 1)[0].lower() if action else "",
        status[:20],
        cleaned(diagnostic),
    )


def _returned_ids(part: Part) -> tuple[str, ...]:
    """The Message-ID of what is given back: whole, or only its headers."""
    if part.get_content_type() not in RETURNED:
        return ()
    inside = part.get_payload()
    if isinstance(inside, list):
        first = inside[0] if inside else None
        return message_ids(first, "Message-ID") if isinstance(first, Part) else ()
    wanted = [
        line
        for line in part_text(part).splitlines()
        if line.lower().startswith(("message-id:", " ", "\t"))
    ]
    block = Part()
    block["Message-ID"] = " ".join(" ".join(wanted).split())
    return message_ids(block, "Message-ID")
