"""Reading contributions as their own institution sees them: never another's texts."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from emnnet.domain.contributing import Draft
from emnnet.domain.lifecycle import (
    ContributionFacts,
    ContributionStatus,
    contribution_status,
)
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.models.assignment import Assignment
from emnnet.models.attachment import Attachment
from emnnet.models.clock_stop import ClockStop
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.mailed_draft import MailedDraft
from emnnet.models.passed_draft import PassedDraft
from emnnet.models.query import Query
from emnnet.models.question import FormerQuestion, Question
from emnnet.models.stored_file import StoredFile
from emnnet.models.time_request import TimeRequest


@dataclass(frozen=True)
class Cell:
    """One question put to one institution, with all that the institution gave."""

    contribution: Contribution
    query: Query
    latest: ContributionVersion | None = None
    files: list[Attachment] = field(default_factory=list)
    before: str | None = None  # the wording that was answered, if it was corrected
    stop: ClockStop | None = None  # while the clock of the query stands
    request: TimeRequest | None = None  # for more time, undecided
    mailed: list[MailedDraft] = field(default_factory=list)  # to be confirmed
    has_material: bool = False  # another institution's draft was passed on to it

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.contribution.question

    @property
    def status(self) -> ContributionStatus:
        """Where the institution stands with the question."""
        return contribution_status(facts_of(self.contribution, self.query))

    @property
    def draft(self) -> Draft:
        """The answer as it stands now."""
        return draft_of(self.contribution)

    @property
    def is_ready(self) -> bool:
        """Is it still owed, and could it be sent as it stands?"""
        return self.takes_answer and self.draft.is_ready

    @property
    def is_said(self) -> bool:
        """Has the institution said what it has to say?"""
        return self.status.is_done

    @property
    def is_unconfirmed(self) -> bool:
        """Was the question corrected since the institution has answered it?"""
        return self.is_said and self.before is not None

    @property
    def may_be_passed_on(self) -> bool:
        """Is it a draft of a question that the office took back?"""
        released = self.status is ContributionStatus.RELEASED
        return released and not self.draft.is_empty

    @property
    def takes_answer(self) -> bool:
        """May the institution write here? After closing too: that is a late answer."""
        return self.status.is_owed or self.status is ContributionStatus.NOT_ANSWERED


def facts_of(contribution: Contribution, query: Query) -> ContributionFacts:
    """All that decides the status of a contribution."""
    return ContributionFacts(
        role=contribution.role,
        has_draft=bool(contribution.draft.strip()),
        submitted=contribution.latest_number,
        returned=contribution.returned_number,
        returned_at=contribution.returned_at,
        accepted=contribution.accepted_number,
        declined_at=contribution.declined_at,
        promised_on=contribution.promised_on,
        released_at=contribution.released_at,
        query_withdrawn_at=query.withdrawn_at,
        query_closed_at=query.closed_at,
    )


def draft_of(contribution: Contribution) -> Draft:
    """The answer as it stands now, whoever saved it last."""
    return Draft(
        contribution.draft, contribution.draft_dissemination, contribution.draft_as_of
    )


def due_on(contribution: Contribution) -> date:
    """The internal day that holds for the question: its own, or its assignment's."""
    return contribution.due_on or contribution.assignment.due_on


def due_time(contribution: Contribution) -> time | None:
    """The hour of that day, where it is due by an hour."""
    own = contribution if contribution.due_on else contribution.assignment
    return own.due_time


def is_unconfirmed(contribution: Contribution, query: Query) -> bool:
    """Is it an answer to an older wording of the question, not confirmed since?"""
    older = contribution.wording < contribution.question.number
    return older and contribution_status(facts_of(contribution, query)).is_done


def cells_of(session: Session, assignment: Assignment) -> list[Cell]:
    """The questions put to one institution in their order. One statement."""
    found: dict[int, Cell] = {}
    for row in session.execute(_cells(assignment)):
        contribution, latest, attachment, mailed, material, before, stop, request = row
        new = Cell(
            contribution,
            assignment.query,
            latest,
            before=before,
            stop=stop,
            request=request,
            has_material=material,
        )
        cell = found.setdefault(contribution.id, new)
        if attachment is not None and attachment not in cell.files:
            cell.files.append(attachment)
        if mailed is not None and mailed not in cell.mailed:
            cell.mailed.append(mailed)
    return list(found.values())


def _cells(assignment: Assignment) -> Any:
    latest = aliased(ContributionVersion)
    rows = select(
        Contribution,
        latest,
        Attachment,
        MailedDraft,
        exists().where(PassedDraft.receiver_id == Contribution.id),
        FormerQuestion.text,
        ClockStop,
        TimeRequest,
    ).join(Contribution.question)
    return (
        _with_what_came(_with_what_moved(rows), latest)
        .where(Contribution.assignment_id == assignment.id)
        .options(
            contains_eager(Contribution.question),
            contains_eager(Attachment.stored_file),
            contains_eager(MailedDraft.mail).load_only(
                ArrivedMail.arrived_at, ArrivedMail.from_address
            ),
            joinedload(Contribution.suggested_institution),
        )
        .order_by(Question.position, Attachment.id, MailedDraft.id)
    )


def _with_what_moved(rows: Any) -> Any:
    """The wording that was answered, the stop that holds, the request that waits."""
    answered = (FormerQuestion.question_id == Contribution.question_id) & (
        FormerQuestion.number == Contribution.wording
    )
    stands = ClockStop.restarted_on.is_(None) & ClockStop.taken_back_at.is_(None)
    waits = (
        TimeRequest.assignment_id == Contribution.assignment_id
    ) & TimeRequest.decided_at.is_(None)
    return (
        rows.join(FormerQuestion, answered, isouter=True)
        .join(
            ClockStop, (ClockStop.query_id == Question.query_id) & stands, isouter=True
        )
        .join(TimeRequest, waits, isouter=True)
    )


def _with_what_came(rows: Any, latest: Any) -> Any:
    """The version that counts, the files, and what came by mail."""
    newest = (latest.contribution_id == Contribution.id) & (
        latest.number == Contribution.latest_number
    )
    files = (Attachment.contribution_id == Contribution.id) & (
        Attachment.removed_at.is_(None)
    )
    mailed = (MailedDraft.contribution_id == Contribution.id) & (
        MailedDraft.decided_at.is_(None)
    )
    return (
        rows.join(latest, newest, isouter=True)
        .join(Attachment, files, isouter=True)
        .join(StoredFile, StoredFile.id == Attachment.stored_file_id, isouter=True)
        .join(MailedDraft, mailed, isouter=True)
        .join(ArrivedMail, ArrivedMail.id == MailedDraft.arrived_mail_id, isouter=True)
    )


def find_contribution(
    session: Session, assignment: Assignment, contribution_id: int
) -> Contribution | None:
    """One question of this assignment, or none: ids of others find nothing."""
    return session.scalar(
        select(Contribution)
        .where(
            Contribution.id == contribution_id,
            Contribution.assignment_id == assignment.id,
        )
        .options(joinedload(Contribution.question))
    )


def find_attachment(session: Session, attachment_id: int) -> Attachment | None:
    """A file that was not taken back, with whose it is."""
    return session.scalar(
        select(Attachment)
        .join(Attachment.contribution)
        .join(Contribution.assignment)
        .join(Assignment.query)
        .where(
            Attachment.id == attachment_id,
            Attachment.removed_at.is_(None),
            Query.deleted_at.is_(None),
        )
        .options(
            joinedload(Attachment.stored_file),
            joinedload(Attachment.contribution).joinedload(Contribution.assignment),
        )
    )


def last_sent(session: Session, assignment: Assignment) -> list[ContributionVersion]:
    """The versions that left together the last time, in the order of questions."""
    mine = (
        select(func.max(ContributionVersion.submitted_at))
        .join(ContributionVersion.contribution)
        .where(Contribution.assignment_id == assignment.id)
    )
    return list(
        session.scalars(
            select(ContributionVersion)
            .join(ContributionVersion.contribution)
            .join(Contribution.question)
            .where(
                Contribution.assignment_id == assignment.id,
                ContributionVersion.submitted_at == mine.scalar_subquery(),
            )
            .options(
                contains_eager(ContributionVersion.contribution).contains_eager(
                    Contribution.question
                )
            )
            .order_by(Question.position)
        )
    )
