"""The page of an assignment: its cards, and what is wrong with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form

from emnnet.domain.contributing import NO_DISSEMINATION
from emnnet.domain.lifecycle import DeclineReason
from emnnet.models.assignment import Assignment
from emnnet.models.clock_stop import ClockStop
from emnnet.models.contribution import Contribution
from emnnet.models.passed_draft import PassedDraft
from emnnet.models.time_request import TimeRequest
from emnnet.selectors.contributions import Cell, cells_of
from emnnet.selectors.earlier_answers import EarlierAnswer, experience
from emnnet.selectors.passed_drafts import (
    material_of,
    passed_from,
    receivers_of,
)
from emnnet.services.drafts import DraftConflict
from emnnet.web.contributions.forms import (
    AnswerForm,
    ChangeForm,
    MoreTimeForm,
    PromiseForm,
    RefusalForm,
    UploadForm,
    answer_form,
)
from emnnet.web.messages import worded

OPEN_CARDS = 5  # a longer page opens only what comes next
Posted = MultiDict[str, str] | None


@dataclass
class Card:
    """One question on the page."""

    cell: Cell
    answer: AnswerForm
    promise: PromiseForm
    change: ChangeForm
    upload: UploadForm
    refusals: Mapping[DeclineReason, RefusalForm]
    earlier: list[EarlierAnswer] = field(default_factory=list)
    material: list[PassedDraft] = field(default_factory=list)
    receivers: list[Contribution] = field(default_factory=list)
    passed_to: Mapping[int, PassedDraft] = field(default_factory=dict)
    conflict: DraftConflict | None = None
    is_open: bool = False
    shows_preview: bool = False

    @property
    def id(self) -> int:
        """Of the contribution."""
        return self.cell.contribution.id

    @property
    def forms(self) -> list[Form]:
        """All that can be wrong on the card."""
        others = [self.upload, *self.refusals.values(), self.promise, self.change]
        return [self.answer, *others]

    @property
    def has_errors(self) -> bool:
        """Is anything on the card wrong?"""
        return any(form.errors for form in self.forms)

    @property
    def lacks_dissemination(self) -> bool:
        """Is there a text of which nobody said how far it may travel?"""
        draft = self.answer.draft()
        return not draft.is_empty and draft.dissemination is None


@dataclass
class Sheet:
    """All cards of one assignment; reads like one form to the error summary."""

    assignment: Assignment
    cards: list[Card]
    refusal: RefusalForm  # of the whole query
    more_time: MoreTimeForm
    usual_days: int | None = None  # that the institution has needed so far
    form_errors: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)  # texts that could not be saved

    @property
    def errors(self) -> bool:
        """Is there anything to put above the page?"""
        wrong = any(card.has_errors for card in self.cards)
        whole = self.refusal.errors or self.more_time.errors
        return bool(self.form_errors or whole or wrong)

    def __iter__(self) -> Iterator[Field]:
        yield from self.refusal
        yield from self.more_time
        for card in self.cards:
            for form in card.forms:
                yield from form

    def card(self, contribution_id: int) -> Card | None:
        """The card of one contribution, or none."""
        return next((card for card in self.cards if card.id == contribution_id), None)

    @property
    def stop(self) -> ClockStop | None:
        """Since when the clock stands, and why; none while it runs."""
        return next((card.cell.stop for card in self.cards), None)

    @property
    def request(self) -> TimeRequest | None:
        """More time that was asked for, while nobody has decided."""
        return next((card.cell.request for card in self.cards), None)

    @property
    def unconfirmed(self) -> list[Card]:
        """Those that were answered before the question was corrected."""
        return [card for card in self.cards if card.cell.is_unconfirmed]

    @property
    def writable(self) -> list[Card]:
        """Those that can still be written in."""
        return [card for card in self.cards if card.cell.takes_answer]

    @property
    def said(self) -> list[Card]:
        """Those to which the institution has said what it has to say."""
        return [card for card in self.cards if card.cell.is_said]

    @property
    def ready(self) -> list[Card]:
        """Those that could be sent now."""
        return [card for card in self.cards if card.cell.is_ready]

    @property
    def is_undecided(self) -> bool:
        """Has the institution said nothing at all yet, and may it still?"""
        decided = self.assignment.acknowledged_at or self.assignment.query.closed_at
        versions = any(card.cell.contribution.latest_number for card in self.cards)
        return bool(self.writable) and not (decided or versions or self.said)

    def demand_dissemination(self) -> None:
        """Every text that is to be sent says how far it may travel."""
        for card in self.writable:
            if card.lacks_dissemination:
                card.answer.dissemination.errors = [worded(NO_DISSEMINATION)]

    def unfold(self) -> None:
        """Open what is wrong or comes next; on a short page everything."""
        few = len(self.cards) <= OPEN_CARDS
        begun = [card for card in self.writable if not card.cell.is_ready]
        following = begun[0] if begun else None
        for card in self.cards:
            wrong = card.has_errors or card.conflict or card.shows_preview
            over = card.cell.is_said and bool(self.writable)
            wrong = wrong or card.cell.is_unconfirmed
            card.is_open = bool(wrong or card is following or (few and not over))


def read_sheet(
    session: Session, assignment: Assignment, posted: Posted = None
) -> Sheet:
    """The sheet as it is stored, or as it was posted."""
    cells = cells_of(session, assignment)
    refused = RefusalForm(posted, prefix="all")
    more_time = MoreTimeForm(posted, prefix="more")
    cards = [_card(cell, posted) for cell in cells]
    return Sheet(assignment, cards, refused, more_time)


def add_experience(session: Session, sheet: Sheet) -> None:
    """Put beside open questions what the institution said to similar ones."""
    known = experience(session, sheet.assignment)
    open_questions = {card.id: card.cell.question.text for card in sheet.writable}
    similar = known.like(open_questions)
    for card in sheet.writable:
        card.earlier = similar[card.id]
    sheet.usual_days = known.usual_days


def add_material(session: Session, sheet: Sheet) -> None:
    """Drafts passed on to this institution, and whom its own may be passed on to."""
    given = [card for card in sheet.cards if card.cell.has_material]
    material = material_of(session, [card.id for card in given]) if given else {}
    for card in given:
        card.material = material.get(card.id, [])
    lost = [card for card in sheet.cards if card.cell.may_be_passed_on]
    if not lost:
        return
    questions = [card.cell.question.id for card in lost]
    others = receivers_of(session, questions, sheet.assignment.institution_id)
    passed = passed_from(session, [card.id for card in lost])
    for card in lost:
        card.receivers = others.get(card.cell.question.id, [])
        card.passed_to = passed.get(card.id, {})


def _card(cell: Cell, posted: Posted) -> Card:
    prefix = f"q{cell.contribution.id}"
    here = posted if posted and f"{prefix}-text" in posted else None
    return Card(
        cell,
        answer_form(cell, here),
        PromiseForm(here, prefix=prefix, promised_on=cell.contribution.promised_on),
        ChangeForm(posted, prefix=prefix),
        UploadForm(prefix=prefix),
        {
            reason: RefusalForm(here, prefix=f"{prefix}-{reason}")
            for reason in DeclineReason
        },
    )
