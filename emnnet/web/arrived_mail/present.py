"""Arrived mail as its pages show it: text only, and nothing that loads or runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from markupsafe import Markup

from emnnet.domain.arriving.kinds import ArrivedState
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.models.assignment import Assignment
from emnnet.selectors.arrived_mail import PER_PAGE, ArrivedLine, Place, state_of
from emnnet.web.arrived_mail import words
from emnnet.web.mailbox.present import harmless
from emnnet.web.messages import worded
from emnnet.web.query_tabs import Tab


@dataclass(frozen=True)
class Line:
    """One message of the list."""

    id: int
    subject: str
    sender: str
    opening: str
    arrived_at: datetime
    kind: str
    tone: str
    institution: str
    reference: str
    files: int
    waiting: int


@dataclass(frozen=True)
class ArrivedPage:
    """A page of the list."""

    state: ArrivedState
    tabs: Sequence[Tab]
    lines: Sequence[Line]
    page: int
    pages: int
    failing_since: datetime | None


@dataclass(frozen=True)
class FileLine:
    """A file of a message: to be saved, or why it was not taken."""

    name: str
    size: int
    url: str | None
    refusal: str


@dataclass(frozen=True)
class DraftCard:
    """What the message says to one question."""

    id: int
    label: str
    question: str
    text: str
    declines: str
    origin: str
    present: str  # the draft that stands there now
    dissemination: str
    carries_files: bool
    is_open: bool
    outcome: str
    decided_by: str
    decided_at: datetime | None
    note: str


@dataclass(frozen=True)
class MailPage:
    """One message."""

    mail: ArrivedMail
    state: ArrivedState
    kind: str
    tone: str
    html: Markup
    files: Sequence[FileLine]
    copies: Sequence[str]
    why: Sequence[str]
    problems: Sequence[str]
    is_unverified: bool
    results: Sequence[tuple[str, str]]
    cards: Sequence[DraftCard]
    free: Sequence[tuple[int, str]]  # questions with no part of this message
    absent_until: date | None
    may_be_undone: bool


def arrived_page(
    state: ArrivedState,
    counts: Mapping[ArrivedState, int],
    lines: Sequence[ArrivedLine],
    *,
    page: int,
    failing_since: datetime | None,
) -> ArrivedPage:
    """The list of one state with its tabs."""
    return ArrivedPage(
        state=state,
        tabs=[
            Tab(
                str(words.STATES[one]),
                url_for("arrived_mail.index", state=one.value),
                one is state,
                counts[one],
            )
            for one in ArrivedState
        ],
        lines=[_line(one) for one in lines],
        page=page,
        pages=max(1, -(-counts[state] // PER_PAGE)),
        failing_since=failing_since,
    )


def mail_page(
    mail: ArrivedMail, places: Sequence[Place], *, is_checked: bool
) -> MailPage:
    """One message; `is_checked`: does a server of ours tell who senders are?"""
    kind, tone = words.KINDS[mail.kind]
    facts, state = mail.facts, state_of(mail)
    return MailPage(
        mail=mail,
        state=state,
        kind=str(kind),
        tone=tone,
        html=harmless(mail.html) if mail.html else Markup(""),
        files=_files(mail),
        copies=_copies(mail),
        why=words.sentences(facts.get("why")) + words.sentences(facts.get("automatic")),
        problems=words.sentences(facts.get("problems")),
        is_unverified=is_checked and not facts.get("verified"),
        results=[
            (name.upper(), facts[name])
            for name in ("spf", "dkim", "dmarc")
            if facts.get(name)
        ],
        cards=[_card(one) for one in places if one.draft is not None],
        free=[
            (one.contribution.id, one.contribution.question.label)
            for one in places
            if one.draft is None
        ],
        absent_until=mail.absent_until,
        may_be_undone=state is not ArrivedState.TO_SEE,
    )


def choice_of(assignment: Assignment) -> str:
    """A query put to an institution, as a line of a list."""
    query, body = assignment.query, assignment.institution
    return f"{query.reference} {_shortened(query.title, 60)} — {body.short}"


def _line(one: ArrivedLine) -> Line:
    mail = one.mail
    kind, tone = words.KINDS[mail.kind]
    return Line(
        id=mail.id,
        subject=mail.subject,
        sender=mail.from_name or mail.from_address,
        opening=_shortened(" ".join(one.opening.split()), 160),
        arrived_at=mail.arrived_at,
        kind=str(kind),
        tone=tone,
        institution=mail.institution.short if mail.institution else "",
        reference=mail.query.reference if mail.query else "",
        files=one.files,
        waiting=one.waiting,
    )


def _files(mail: ArrivedMail) -> list[FileLine]:
    return [
        FileLine(
            name=file.original_name,
            size=file.size,
            url=url_for("arrived_mail.file", mail_id=mail.id, file_id=file.id)
            if file.stored_file_id
            else None,
            refusal=worded(file.refusal, file.refusal_params) if file.refusal else "",
        )
        for file in mail.files
    ]


def _copies(mail: ArrivedMail) -> list[str]:
    return [
        url_for("arrived_mail.copy", mail_id=mail.id, copy_id=copy.id)
        for copy in mail.copies
    ]


def _card(place: Place) -> DraftCard:
    draft, contribution = place.draft, place.contribution
    assert draft is not None  # noqa: S101 -- only such places are asked for
    return DraftCard(
        id=draft.id,
        label=contribution.question.label,
        question=contribution.question.text,
        text=draft.text,
        declines=str(words.DECLINES[draft.declines]) if draft.declines else "",
        origin=str(words.ORIGINS[draft.origin]),
        present=contribution.draft.strip(),
        dissemination=draft.dissemination.value if draft.dissemination else "",
        carries_files=draft.carries_files,
        is_open=draft.decided_at is None,
        outcome=draft.outcome.value if draft.outcome else "",
        decided_by=draft.decided_by or "",
        decided_at=draft.decided_at,
        note=draft.note or "",
    )


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(None, 1)[0]} …"
