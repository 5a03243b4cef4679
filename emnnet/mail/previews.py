"""A wording as its reader would see it today, filled from what is really there.

Nothing is written: the rows of the data base are read, the mail is made of a message
that no session knows, and its link is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

from flask_babel import force_locale
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from emnnet.domain.calendar import Calendar
from emnnet.domain.mail_wordings import Text, check_wording
from emnnet.domain.mails import MailKind
from emnnet.mail.errand_links import ErrandLinks, example_links
from emnnet.mail.headers import references_of, subject_line
from emnnet.mail.links import link_url
from emnnet.mail.material import Material, gather, our_office
from emnnet.mail.messages import Letter, both_twins, render_shipped
from emnnet.mail.parts import FOOT, Parts
from emnnet.mail.stand_ins import (
    FACTS,
    OCCASIONS,
    STAGES,
    StandIn,
    stand_in_material,
)
from emnnet.mail.worded import filled_in
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.selectors.preview_sources import find_asked, last_mails
from emnnet.selectors.reminders import RemindedOf

NO_LINK = "example"
CHASERS = {MailKind.REMINDER, MailKind.ESCALATION_COPY}
ABOUT_NO_QUERY = CHASERS | {
    MailKind.DATES_MOVED,
    MailKind.HANDED_ON,
    MailKind.AWAY_LINK,
    MailKind.DIGEST,
    MailKind.ACCOUNT_INVITATION,
    MailKind.PASSWORD,
}
"""Their rows name no query, or several in another way."""
ERRANDS = {MailKind.AWAY_LINK, MailKind.ACCOUNT_INVITATION}
LONG_TITLE = (
    "Return and readmission of persons whose application for international protection"
    " was rejected by a final decision, with particular regard to unaccompanied minors,"
    " families with children and persons in need of medical treatment, and the costs of"
    " it in the years 2019 to 2025 (Grąžinimas ir readmisija: „šeimos“ & nepilnamečiai)"
)


@dataclass(frozen=True)
class Draft:
    """A wording that may not have been saved."""

    text: Text
    language: str
    duty: str
    subject: str
    body: str


@dataclass(frozen=True)
class Preview:
    """The mail, and what it was filled from: a mail or an assignment; or nothing."""

    letter: Letter
    message: OutboxMessage | None
    is_last_mail: bool = False


def previewed(
    session: Session,
    draft: Draft,
    calendar: Calendar,
    *,
    today: date,
    query_id: int | None = None,
    long_title: bool = False,
) -> Preview:
    """The draft filled from a query, or else from the last mail of its kind.

    Raises `BadWording` for a draft that cannot be used.
    """
    check_wording(draft.text, draft.subject, draft.body)
    if query_id is None:
        for last in last_mails(session, draft.text, draft.duty):
            found = _from_mail(session, draft, last, calendar, today, long_title)
            if found is not None:
                return found
    assignment = find_asked(session, query_id, draft.duty)
    if assignment is None:
        return _from_nothing(draft)
    message = _message(draft, assignment, _facts(draft, assignment))
    entries = _entries(draft.text, assignment)
    return _filled(
        session, draft, message, calendar, today, long_title, entries
    ) or _from_nothing(draft)


def _from_mail(
    session: Session,
    draft: Draft,
    last: OutboxMessage,
    calendar: Calendar,
    today: date,
    long_title: bool,
) -> Preview | None:
    """None where that mail was for another occasion, or cannot be made any more."""
    if draft.text.kind in CHASERS:
        return None  # its rows may have been answered since
    if last.assignment is None and last.query is None and last.query_id:
        return None
    message = OutboxMessage(
        kind=last.kind,
        language=draft.language,
        facts=dict(last.facts),
        recipient=last.recipient,
        institution_id=last.institution_id,
        query_id=last.query_id,
        assignment_id=last.assignment_id,
        institution=last.institution,
        query=last.query,
        assignment=last.assignment,
    )
    found = _filled(session, draft, message, calendar, today, long_title)
    return found and Preview(found.letter, last, is_last_mail=True)


def _filled(
    session: Session,
    draft: Draft,
    message: OutboxMessage,
    calendar: Calendar,
    today: date,
    long_title: bool,
    entries: Sequence[RemindedOf] = (),
) -> Preview | None:
    """The mail, unless the template says that it is for another occasion."""
    day = entries[0].due_on if entries else today
    link = link_url(NO_LINK)
    about = [entry.assignment for entry in entries]
    if message.assignment is not None:
        about.append(message.assignment)
    with session.no_autoflush:
        if long_title:
            _lengthen([*(one.query for one in about), message.query])
        material = gather(
            session,
            message,
            entries,
            {one.id: link for one in about},
            calendar=calendar,
            today=day + timedelta(days=_days_after(draft.text)) if entries else today,
            errands=_errands(draft.text),
        )
        if draft.text.occasion == "informed":
            material = _informed(material)
        parts = Parts()
        with force_locale(draft.language):
            render_shipped(draft.text.kind, material, parts)
            if parts.occasion_name != draft.text.occasion:
                return None
            letter = _letter(draft, material, parts)
    references = references_of(message, material)
    return Preview(
        _with_subject(letter, subject_line(letter.subject, references)), message
    )


def _errands(text: Text) -> ErrandLinks | None:
    """The links of the mails that are about nothing else."""
    return example_links(NO_LINK) if text.kind in ERRANDS else None


def _informed(material: Material) -> Material:
    """As if the institution were only told of these questions."""
    told = [
        StandIn(role="informed", question=one.question, released_at=None)
        for one in material.contributions
    ]
    return replace(material, contributions=cast("Any", told))


def _letter(draft: Draft, material: Material, parts: Parts) -> Letter:
    words = filled_in(draft.text, draft.subject, draft.body, material, parts)
    return both_twins(draft.text.kind, material, words)


def _with_subject(letter: Letter, subject: str) -> Letter:
    return Letter(subject, letter.text, letter.html)


def _from_nothing(draft: Draft) -> Preview:
    """There is no query yet: the placeholders stand where they are."""
    with force_locale(draft.language):
        office = our_office(draft.language)
        material = stand_in_material(draft.text, office, None)
        parts = Parts()
        render_shipped(draft.text.kind, material, parts)
        shown = Parts()
        shown.said = {name: f"[{name}]" for name in draft.text.names}
        shown.said[FOOT] = parts.said.get(FOOT, "").replace("[office]", office.name)
        return Preview(_letter(draft, material, shown), None)


def _message(
    draft: Draft, assignment: Assignment, facts: dict[str, Any]
) -> OutboxMessage:
    """A mail that nobody promised."""
    text = draft.text
    message = OutboxMessage(
        kind=text.kind, language=draft.language, facts=facts, recipient=""
    )
    message.institution = assignment.institution
    message.institution_id = assignment.institution_id if text.by_duty else None
    if text.kind not in ABOUT_NO_QUERY:
        message.assignment, message.assignment_id = assignment, assignment.id
        message.query, message.query_id = assignment.query, assignment.query_id
    return message


def _facts(draft: Draft, assignment: Assignment) -> dict[str, Any]:
    """What such a mail would say besides: with the real questions and versions."""
    asked: list[Contribution] = list(assignment.contributions)
    facts = dict(FACTS) | OCCASIONS.get(draft.text.occasion, {})
    facts |= {
        "contributions": [one.id for one in asked],
        "questions": [one.question.label for one in asked],
        "versions": [version.id for one in asked for version in one.versions],
        "term_unit": assignment.term_unit,
        "term_days": assignment.term_days,
    }
    due_on, query = assignment.due_on.isoformat(), assignment.query
    facts |= dict.fromkeys(("old", "wanted_on", "stopped_on"), due_on)
    facts["moves"] = [
        {
            "reference": query.reference,
            "title": query.title,
            "old": due_on,
            "new": due_on,
            "hour": None,
        }
    ]
    facts["handed"] = [
        {
            "reference": query.reference,
            "title": query.title,
            "due": due_on,
            "hour": None,
        }
    ]
    facts["days"] = [{"day": due_on, "name_en": "…", "name_lt": "…", "came": True}]
    return facts


def _entries(text: Text, assignment: Assignment) -> list[RemindedOf]:
    if text.kind not in CHASERS:
        return []
    stage = STAGES[text.occasion]
    asked = tuple(assignment.contributions)
    entry = RemindedOf(assignment, stage.kind, assignment.due_on, asked, ())
    return [entry] * stage.items


def _days_after(text: Text) -> int:
    """How many days after its date such a reminder is read."""
    return -1 if text.occasion in {"", "several"} else 4


def _lengthen(queries: Sequence[Query | None]) -> None:
    """Give them a very long title, which no flush will ever write."""
    for query in queries:
        if query is not None:
            set_committed_value(query, "title", LONG_TITLE)
