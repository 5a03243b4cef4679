"""Which mails the office may word itself, and what may be filled in where.

A mail has a text for each occasion on which it says something else: an invitation
that only informs asks for nothing. Each is worded by language and by duty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from emnnet.domain.errors import DomainError
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.network import Duty
from emnnet.domain.placeholders import problem_of

LONGEST_SUBJECT = 160
LONGEST_BODY = 20_000
EVERY_DUTY = "all"
DUTIES = (EVERY_DUTY, *(duty.value for duty in Duty))

NO_SUBJECT = _n("Write a subject.")
NO_BODY = _n("Write a text.")
ONE_LINE = _n("The subject must be one line.")
LONG_SUBJECT = _n("The subject may have %(most)s signs at most; it has %(count)s.")
LONG_BODY = _n("The text may have %(most)s signs at most; it has %(count)s.")


class Field(StrEnum):
    """The two parts of a wording."""

    SUBJECT = "subject"
    BODY = "body"


class BadWording(DomainError):
    """A wording that cannot be used: which part, and why."""

    def __init__(self, field: Field, said: Message) -> None:
        super().__init__(said.text, **said.params)
        self.field = field


@dataclass(frozen=True)
class Text:
    """One mail on one occasion; its placeholders, and those it cannot do without."""

    kind: MailKind
    occasion: str = ""
    inline: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    by_duty: bool = True

    @property
    def slug(self) -> str:
        """As it stands in an address: "invitation-more"."""
        words = f"{self.kind}-{self.occasion}" if self.occasion else self.kind
        return words.replace("_", "-")

    @property
    def names(self) -> tuple[str, ...]:
        """All placeholders of its body."""
        return self.inline + self.blocks

    @property
    def duties(self) -> tuple[str, ...]:
        """For whom it may be worded differently."""
        return DUTIES if self.by_duty else (EVERY_DUTY,)


QUERY = ("office", "reference", "title")
PARTNER = (*QUERY, "institution")
ASKED = (*PARTNER, "due date")
LINK = ("link",)
K = MailKind


def _office(kind: MailKind, *more: str, occasion: str = "", block: str = "") -> Text:
    """A mail to somebody of the office: it leads to a page, and has no duty."""
    blocks = (block, *LINK) if block else LINK
    inline = (*QUERY, *more)
    return Text(kind, occasion, inline, blocks, LINK, by_duty=False)


ANSWERS = ("institution", "institution short")
REMINDER = (*ASKED, "still open", "when due", "duty", "what next")
SEVERAL = ("office", "institution", "queries in short", "duty", "what next")
INVITED = (*ASKED, "asking country", "term", "duty")
QUESTIONS = ("questions", *LINK)
MOVED = (*ASKED, "still open")
HANDED = ("office", "institution", "queries in short")
MOVES = ("office", "institution", "new dates in short")
COPIED = ("office", "institution", "queries in short", "duty")
RESTARTED = (*ASKED, "how it moved", "still open")
CORRECTED = (*PARTNER, "what was corrected")
CORRECTIONS = ("corrections", *LINK)
DIGEST = ("office", "morning in short")
INVITING = ("office", "who invites")
RELEASED = (*PARTNER, "what is released", "what remains")

TEXTS: tuple[Text, ...] = (
    Text(K.INVITATION, "", INVITED, QUESTIONS, ("due date", *QUESTIONS)),
    Text(K.INVITATION, "more", INVITED, QUESTIONS, ("due date", *QUESTIONS)),
    Text(K.INVITATION, "informed", (*PARTNER, "asking country"), QUESTIONS, QUESTIONS),
    Text(K.REMINDER, "", REMINDER, LINK, LINK),
    Text(K.REMINDER, "late", REMINDER, LINK, LINK),
    Text(K.REMINDER, "promised", REMINDER, LINK, LINK),
    Text(K.REMINDER, "second", REMINDER, LINK, LINK),
    Text(K.REMINDER, "third", REMINDER, LINK, LINK),
    Text(K.REMINDER, "concluding", REMINDER, LINK, LINK),
    Text(K.REMINDER, "several", SEVERAL, ("queries",), ("queries",)),
    Text(K.ESCALATION_COPY, "", COPIED, ("queries",), ("queries",)),
    Text(K.NEW_LINK, "", ASKED, LINK, LINK),
    Text(K.AWAY_LINK, "", ("office", "institution"), LINK, LINK),
    Text(K.RECEIPT, "", (*PARTNER, "late note"), ("answers",), ("answers",)),
    Text(
        K.RETURNED,
        "",
        (*ASKED, "what is open"),
        ("comments", *LINK),
        ("comments", *LINK),
    ),
    Text(K.RELEASED, "", RELEASED, ("reason",), ("what is released",)),
    Text(K.RELEASED, "accepted", RELEASED, ("reason",), ("what is released",)),
    Text(K.DUE_CHANGED, "", MOVED, ("reason", *LINK), ("due date", *LINK)),
    Text(K.DUE_CHANGED, "earlier", MOVED, ("reason", *LINK), ("due date", *LINK)),
    Text(K.DUE_CHANGED, "taken_back", MOVED, LINK, ("due date", *LINK)),
    Text(K.DATES_MOVED, "", MOVES, ("days off", "new dates"), ("new dates",)),
    Text(K.MORE_TIME_REFUSED, "", (*ASKED, "what was asked"), ("reason",)),
    Text(K.CLOCK_STOPPED, "", (*PARTNER, "since when"), ("reason",), ("since when",)),
    Text(K.CLOCK_RESTARTED, "", RESTARTED, LINK, ("due date", *LINK)),
    Text(K.QUESTION_CORRECTED, "", CORRECTED, CORRECTIONS, CORRECTIONS),
    Text(K.QUESTION_CLARIFIED, "", CORRECTED, CORRECTIONS, CORRECTIONS),
    Text(K.WITHDRAWN, "", PARTNER, ("reason",)),
    Text(K.NO_LONGER_NEEDED, "", PARTNER),
    Text(K.HANDED_ON, "", HANDED, ("reason", "queries"), ("queries",)),
    _office(K.CONTRIBUTION_RECEIVED, *ANSWERS, "late note", block="questions"),
    _office(K.CONTRIBUTION_DECLINED, *ANSWERS, block="reasons"),
    _office(K.CHANGE_ASKED, *ANSWERS, block="reasons"),
    _office(K.MORE_TIME_ASKED, "institution short", "what is asked", block="reason"),
    _office(K.CLEARANCE_ASKED, "what is asked", "reply by"),
    _office(K.CLEARANCE_DECIDED, "decided by", block="reason"),
    _office(K.CLEARANCE_DECIDED, "decided by", occasion="returned", block="reason"),
    _office(K.CLEARANCE_DECIDED, "decided by", occasion="exception", block="reason"),
    Text(K.DIGEST, "", DIGEST, ("news", *LINK), ("news", *LINK), by_duty=False),
    Text(K.ACCOUNT_INVITATION, "", INVITING, LINK, LINK, by_duty=False),
    Text(K.PASSWORD, "", ("office",), LINK, (), by_duty=False),
)
BY_NAME: Mapping[tuple[str, str], Text] = {
    (text.kind, text.occasion): text for text in TEXTS
}
BY_SLUG: Mapping[str, Text] = {text.slug: text for text in TEXTS}


def find_text(kind: str, occasion: str) -> Text | None:
    """The text of a kind of mail on an occasion, if the office may word it."""
    return BY_NAME.get((kind, occasion))


def check_wording(text: Text, subject: str, body: str) -> None:
    """Raise `BadWording` unless a mail can be written with it."""
    _check_subject(text, subject)
    if not body.strip():
        raise BadWording(Field.BODY, message(NO_BODY))
    if len(body) > LONGEST_BODY:
        said = message(LONG_BODY, most=LONGEST_BODY, count=len(body))
        raise BadWording(Field.BODY, said)
    problem = problem_of(
        body, allowed=text.names, blocks=text.blocks, required=text.required
    )
    if problem is not None:
        raise BadWording(Field.BODY, problem)


def _check_subject(text: Text, subject: str) -> None:
    if not subject.strip():
        raise BadWording(Field.SUBJECT, message(NO_SUBJECT))
    if "\n" in subject.strip() or "\r" in subject.strip():
        raise BadWording(Field.SUBJECT, message(ONE_LINE))
    if len(subject) > LONGEST_SUBJECT:
        said = message(LONG_SUBJECT, most=LONGEST_SUBJECT, count=len(subject))
        raise BadWording(Field.SUBJECT, said)
    problem = problem_of(subject, allowed=text.inline)
    if problem is not None:
        raise BadWording(Field.SUBJECT, problem)
