"""What arrived mail can be, and where it stands."""

from enum import StrEnum


class CameBy(StrEnum):
    """The door a message came through."""

    PIPE = "pipe"  # the mail server handed it over
    IMAP = "imap"  # it was fetched from a mailbox


class ArrivedKind(StrEnum):
    """What a message is, as it was judged."""

    UNJUDGED = "unjudged"  # it was kept a moment ago
    REPLY = "reply"  # of somebody we asked, to something we asked
    AUTOMATIC = "automatic"  # written by a program: RFC 3834
    BOUNCE = "bounce"  # could not be delivered: RFC 3464, action "failed"
    DELAYED = "delayed"  # the other server goes on trying
    MAYBE_BOUNCE = "maybe_bounce"  # looks like one, in no form that is known
    MAYBE_QUERY = "maybe_query"  # may be a new query
    OTHER = "other"  # a person has to say what it is
    UNREADABLE = "unreadable"  # only its bytes could be kept


class ArrivedState(StrEnum):
    """Where a message stands; the tabs of its page."""

    TO_SEE = "to_see"
    TAKEN = "taken"
    AUTOMATIC = "automatic"
    BOUNCED = "bounced"
    FILED = "filed"


SETTLED = {
    ArrivedKind.AUTOMATIC: ArrivedState.AUTOMATIC,
    ArrivedKind.BOUNCE: ArrivedState.BOUNCED,
    ArrivedKind.DELAYED: ArrivedState.BOUNCED,
}
"""Kinds that need nobody."""


class DraftOrigin(StrEnum):
    """How a text was found for its question."""

    WORD_FORM = "word_form"  # the field of the question in our own form
    NUMBERED = "numbered"  # under the number of the question
    WHOLE = "whole"  # all of the mail, for the only or the first question
    CHOSEN = "chosen"  # a person of the office said so
