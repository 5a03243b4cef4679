"""How the mailbox shows mails: pages of a list, safe HTML, neighbours of a mail."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import nh3
from markupsafe import Markup

from emnnet.mail.mailbox import Envelope, Letter

PER_PAGE = 50
TAGS = {"a", "b", "blockquote", "br", "em", "hr", "li", "p", "strong", "ul"}
ATTRIBUTES = {"a": {"href", "class"}}
DROPPED = {"head", "title", "script", "style"}


@dataclass(frozen=True)
class Recipient:
    """Somebody who got mail, and how many."""

    address: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class MailboxPage:
    """A page of the list."""

    envelopes: Sequence[Envelope]
    recipients: Sequence[Recipient]
    chosen: str
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class LetterPage:
    """One mail with its neighbours to the same reader."""

    envelope: Envelope
    text: str
    html: Markup
    headers: Sequence[tuple[str, str]]
    newer: Envelope | None
    older: Envelope | None


def mailbox_page(found: Sequence[Envelope], chosen: str, page: int) -> MailboxPage:
    """One page of what is chosen; a page that is not there becomes the nearest."""
    counts = Counter(one.address for one in found)
    kept = [one for one in found if not chosen or one.address == chosen]
    pages = max(1, -(-len(kept) // PER_PAGE))
    page = min(max(page, 1), pages)
    return MailboxPage(
        envelopes=kept[(page - 1) * PER_PAGE : page * PER_PAGE],
        recipients=[
            Recipient(address, counts[address], address == chosen)
            for address in sorted(counts)
        ],
        chosen=chosen,
        total=len(kept),
        page=page,
        pages=pages,
    )


def letter_page(letter: Letter, others: Sequence[Envelope]) -> LetterPage:
    """One mail; `others` are all mails to the same reader, the newest first."""
    keys = [one.key for one in others]
    at = keys.index(letter.envelope.key)
    return LetterPage(
        envelope=letter.envelope,
        text=letter.text,
        html=harmless(letter.html),
        headers=letter.headers,
        newer=others[at - 1] if at else None,
        older=others[at + 1] if at + 1 < len(others) else None,
    )


def harmless(html: str) -> Markup:
    """The words, links and paragraphs of a mail; nothing that loads or runs."""
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags=DROPPED,
        url_schemes={"http", "https", "mailto"},
    )
    return Markup(cleaned)  # noqa: S704 -- sanitised above
