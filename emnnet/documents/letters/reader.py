"""One message: bytes in, plain values out. Trust no byte of it, and lose none."""

import re
from dataclasses import replace
from email.message import Message as Part
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32

from emnnet.documents.letters import headers
from emnnet.documents.letters.delivery import find_report, is_receipt
from emnnet.documents.letters.parts import contents
from emnnet.domain.arriving.letters import MARKS, ArrivedLetter
from emnnet.domain.messages import _n, message

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE  # bytes that are taken apart; larger ones are only kept
LARGEST_HEAD = 256 * 1024  # bytes in which the headers stand
HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
MOST_RESULTS = 20

TOO_LARGE = _n(
    "The message has %(size)d MB; up to %(most)d MB are taken apart. Download it whole."
)
BROKEN = _n("The message could not be taken apart. Download it whole.")
LONG_HEAD = _n("The headers are extremely long; only their beginning was read.")


def read_letter(data: bytes) -> ArrivedLetter:
    """All that can be read of a message; whatever it is, something comes back."""
    if len(data) > LARGEST:
        size, most = -(-len(data) // MEGABYTE), LARGEST // MEGABYTE
        return with_problem(read_head(data), TOO_LARGE, size=size, most=most)
    if len(_head(data)) >= LARGEST_HEAD:
        return with_problem(read_head(data), LONG_HEAD)
    try:
        return _read(BytesParser(policy=compat32).parsebytes(data))
    except (Exception, RecursionError):  # a hostile message may raise anything
        return with_problem(read_head(data), BROKEN)


def read_head(data: bytes) -> ArrivedLetter:
    """What the headers say; empty if even they cannot be read."""
    try:
        mail = BytesHeaderParser(policy=compat32).parsebytes(_head(data))
        return replace(_addressed(mail), is_readable=False)
    except (Exception, RecursionError):
        return ArrivedLetter(is_readable=False)


def with_problem(letter: ArrivedLetter, text: str, **params: object) -> ArrivedLetter:
    """The letter with one more sentence about what could not be read."""
    problems = (*letter.problems, message(text, **params))
    return replace(letter, problems=problems)


def _head(data: bytes) -> bytes:
    end = HEAD_ENDS.search(data, 0, LARGEST_HEAD)
    return data[: end.start() if end else LARGEST_HEAD]


def _read(mail: Part) -> ArrivedLetter:
    found = contents(mail)
    return replace(
        _addressed(mail),
        text=found.text(),
        html=found.pages[0] if found.pages else "",
        files=tuple(found.files),
        report=find_report(mail),
        is_receipt=is_receipt(mail),
        problems=tuple(found.problems),
    )


def _addressed(mail: Part) -> ArrivedLetter:
    name, address = headers.sender(mail)
    recipients = headers.addresses(mail, ("To", "Cc", "Delivered-To", "X-Original-To"))
    ids = headers.message_ids(mail, "Message-ID")
    answered = headers.message_ids(mail, "In-Reply-To")
    referred = headers.message_ids(mail, "References")
    return ArrivedLetter(
        message_id=ids[0] if ids else None,
        from_name=name,
        from_address=address,
        subject=headers.header(mail, "Subject"),
        sent_at=headers.sent_at(mail),
        sent_to=tuple(dict.fromkeys(one for _name, one in recipients if one))[:50],
        threads=tuple(dict.fromkeys((*answered, *reversed(referred)))),
        marks={name: value for name in MARKS if (value := headers.header(mail, name))},
        authentication=tuple(
            headers.decoded_headers(mail, "Authentication-Results")[:MOST_RESULTS]
        ),
    )
