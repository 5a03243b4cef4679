"""Texts, duties and placeholders in words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from emnnet.domain.mail_wordings import EVERY_DUTY, Text
from emnnet.domain.mails import MailKind
from emnnet.domain.network import Duty
from emnnet.web.outbox.words import KINDS

LANGUAGES = {"en": _l("English"), "lt": _l("Lithuanian")}
DUTIES: Mapping[str, LazyString] = {
    EVERY_DUTY: _l("All"),
    Duty.MANDATED: _l("Mandated"),
    Duty.RECOMMENDED: _l("Recommended"),
    Duty.AGREEMENT: _l("By agreement"),
}
OCCASIONS: Mapping[tuple[str, str], LazyString] = {
    (MailKind.INVITATION, ""): _l("the first questions"),
    (MailKind.INVITATION, "more"): _l("further questions"),
    (MailKind.INVITATION, "informed"): _l("for information only"),
    (MailKind.REMINDER, ""): _l("before the date"),
    (MailKind.REMINDER, "late"): _l("after the date"),
    (MailKind.REMINDER, "promised"): _l("after a promised day"),
    (MailKind.REMINDER, "second"): _l("second time after the date"),
    (MailKind.REMINDER, "third"): _l("third time after the date"),
    (MailKind.REMINDER, "concluding"): _l("after the asking country's date"),
    (MailKind.REMINDER, "several"): _l("several queries in one mail"),
    (MailKind.RELEASED, ""): _l("not accepted yet"),
    (MailKind.RELEASED, "accepted"): _l("accepted already"),
    (MailKind.DUE_CHANGED, ""): _l("later"),
    (MailKind.DUE_CHANGED, "earlier"): _l("moved"),
    (MailKind.DUE_CHANGED, "taken_back"): _l("change taken back"),
    (MailKind.CLEARANCE_DECIDED, ""): _l("cleared"),
    (MailKind.CLEARANCE_DECIDED, "returned"): _l("returned"),
    (MailKind.CLEARANCE_DECIDED, "exception"): _l("by exception"),
}
PLACEHOLDERS: Mapping[str, LazyString] = {
    "office": _l("the name of the office"),
    "reference": _l("the number of the query, 2026.12"),
    "title": _l("the title of the query"),
    "institution": _l("the name of the institution"),
    "institution short": _l("its abbreviation"),
    "due date": _l("the day the answer is due, with its hour if it has one"),
    "asking country": _l("the sentence that says who asked; empty where unknown"),
    "term": _l("how many days there are, where a term was set"),
    "duty": _l("the sentence about the duty to take part"),
    "what next": _l("what follows if nothing is done, as the ladder has it"),
    "still open": _l("which questions are open"),
    "when due": _l("when it is or was due, and how many working days that is"),
    "queries in short": _l("how many queries wait, with their numbers"),
    "late note": _l("that it came late; empty if it did not"),
    "what is open": _l("which questions are open again, and by when"),
    "what is released": _l("which questions are no longer asked"),
    "what remains": _l("what the institution still has; may be empty"),
    "what was asked": _l("until when time was asked for, and which day holds"),
    "what is asked": _l("who asks for what"),
    "what was corrected": _l("which questions were corrected"),
    "since when": _l("since when the clock is stopped"),
    "how it moved": _l("since when it was stopped, and by how much the date moved"),
    "new dates in short": _l("the new date, or how many there are"),
    "reply by": _l("when the asking country awaits the response"),
    "decided by": _l("who decided"),
    "questions": _l("the questions, with what is asked of the institution"),
    "queries": _l("the queries one by one, each with its link"),
    "answers": _l("a copy of what was sent in"),
    "comments": _l("your comments, question by question"),
    "reasons": _l("what the institution wrote"),
    "reason": _l("the reason that was given; empty without one"),
    "corrections": _l("each corrected question, and what is to be done about it"),
    "days off": _l("which days became days off, or are no longer"),
    "new dates": _l("each query with its new date"),
    "morning in short": _l("what the morning brings, in a line"),
    "news": _l("all that is new, late and due, query by query; the open tasks"),
    "who invites": _l("who invites, and what to do first"),
    "link": _l("the personal link, as a button"),
}


def kind_name(text: Text) -> str:
    """What kind of mail it is."""
    return str(KINDS[text.kind])


def text_name(text: Text) -> str:
    """The kind, and the occasion where there are several."""
    occasion = OCCASIONS.get((text.kind, text.occasion))
    return f"{kind_name(text)}: {occasion}" if occasion else kind_name(text)
