"""What institutions gave to the questions of a query, as the office may read it.

The text of a draft is never read from the table: the office sees that there is one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload

from emnnet.domain.consolidation import Taken, Use, uses
from emnnet.domain.lifecycle import (
    CellRole,
    ContributionFacts,
    ContributionStatus,
    contribution_status,
)
from emnnet.domain.markdown_text import paragraphs
from emnnet.domain.moments import is_over
from emnnet.models.assignment import Assignment
from emnnet.models.attachment import Attachment
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.institution import Institution
from emnnet.models.national_response import ParagraphSource
from emnnet.models.query import Query
from emnnet.selectors.contributions import due_on, due_time
from emnnet.selectors.late_tasks import waits_for_choice, waits_to_be_noted
from emnnet.selectors.responses import taken_from


@dataclass(frozen=True)
class Piece:
    """One paragraph of the newest version, and what became of it."""

    index: int
    text: str
    use: Use
    source_id: int | None = None


@dataclass(frozen=True)
class Begun:
    """How far an institution is: questions with a text, of those put to it."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """Rounded down to a whole number."""
        return 100 * self.done // self.total if self.total else 0


@dataclass(frozen=True)
class Given:
    """One institution's cell for one question."""

    contribution: Contribution
    status: ContributionStatus
    has_draft: bool
    waits_for_choice: bool
    has_note: bool  # a text that came when the question was gone, not yet looked at
    begun: Begun
    pieces: tuple[Piece, ...] = ()
    files: list[Attachment] = field(default_factory=list)

    @property
    def institution(self) -> Institution:
        """Whose it is."""
        return self.contribution.assignment.institution

    @property
    def versions(self) -> list[ContributionVersion]:
        """What was submitted, the newest last."""
        return self.contribution.versions

    @property
    def latest(self) -> ContributionVersion | None:
        """The version that counts."""
        return self.versions[-1] if self.versions else None

    @property
    def due_on(self) -> date:
        """The day that holds for this question."""
        return due_on(self.contribution)

    @property
    def due_time(self) -> time | None:
        """The hour of that day, if it has one."""
        return due_time(self.contribution)

    @property
    def is_late(self) -> bool:
        """Did the version that counts come after its day?"""
        latest = self.latest
        return latest is not None and is_over(
            latest.due_on, latest.due_time, latest.submitted_at
        )

    @property
    def is_missing(self) -> bool:
        """Is an answer awaited, or was it never given?"""
        return self.status.is_owed or self.status is ContributionStatus.NOT_ANSWERED

    @property
    def is_usable(self) -> bool:
        """May paragraphs be taken from it now?"""
        return self.status in _USABLE

    @property
    def unused(self) -> int:
        """How many paragraphs wait to be used or passed over."""
        if not self.is_usable:
            return 0
        return sum(piece.use is Use.NOT_YET for piece in self.pieces)

    @property
    def change_is_asked(self) -> bool:
        """Does its institution want to change it, and nobody has answered yet?"""
        asked = self.contribution.change_asked_at
        returned = self.contribution.returned_at
        return asked is not None and (returned is None or returned < asked)


_USABLE = {ContributionStatus.SUBMITTED, ContributionStatus.ACCEPTED}
_NOT_COUNTED = {ContributionStatus.INFORMED, ContributionStatus.RELEASED}


def given_answers(
    session: Session, query: Query, sources: Iterable[ParagraphSource]
) -> dict[int, list[Given]]:
    """By question id; the lead first, then by name. Two statements.

    `sources` is what the national text took over.
    """
    rows = session.execute(_statement(query.id)).unique().all()
    taken = taken_from(sources)
    files = _files(session, query.id)
    cells = [(row, _status(row[0], row[1], query)) for row in rows]
    begun = _begun(cells)
    found: dict[int, list[Given]] = defaultdict(list)
    for (contribution, has_draft, waits, noted), status in cells:
        found[contribution.question_id].append(
            Given(
                contribution=contribution,
                status=status,
                has_draft=has_draft,
                waits_for_choice=waits,
                has_note=noted,
                begun=begun[contribution.assignment_id],
                pieces=_pieces(contribution, taken.get(contribution.id, [])),
                files=_submitted(contribution, files[contribution.id]),
            )
        )
    return found


def _statement(query_id: int) -> Any:
    lead_last = Contribution.role != CellRole.LEAD
    has_draft = func.length(func.trim(Contribution.draft)) > 0
    return (
        select(Contribution, has_draft, waits_for_choice(), waits_to_be_noted())
        .join(Contribution.assignment)
        .join(Assignment.institution)
        .join(Contribution.versions, isouter=True)
        .where(Assignment.query_id == query_id)
        .options(
            defer(Contribution.draft, raiseload=True),
            contains_eager(Contribution.versions),
            contains_eager(Contribution.assignment).contains_eager(
                Assignment.institution
            ),
            joinedload(Contribution.suggested_institution),
        )
        .order_by(
            lead_last, Institution.name_en, Contribution.id, ContributionVersion.number
        )
    )


def _files(session: Session, query_id: int) -> dict[int, list[Attachment]]:
    rows = session.scalars(
        select(Attachment)
        .join(Attachment.contribution)
        .join(Contribution.assignment)
        .where(Assignment.query_id == query_id, Attachment.removed_at.is_(None))
        .options(joinedload(Attachment.stored_file))
        .order_by(Attachment.id)
    )
    found: dict[int, list[Attachment]] = defaultdict(list)
    for row in rows:
        found[row.contribution_id].append(row)
    return found


def _submitted(
    contribution: Contribution, files: Sequence[Attachment]
) -> list[Attachment]:
    """Those that were handed in with a version; a draft's files are not ours yet."""
    if not contribution.versions:
        return []
    latest = contribution.versions[-1].submitted_at
    return [file for file in files if file.attached_at <= latest]


def _status(
    contribution: Contribution, has_draft: bool, query: Query
) -> ContributionStatus:
    return contribution_status(
        ContributionFacts(
            role=contribution.role,
            has_draft=has_draft,
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
    )


def _begun(cells: Iterable[Any]) -> dict[int, Begun]:
    """Of each assignment: how many of its questions have some text."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for (contribution, has_draft, *_), status in cells:
        count = counts[contribution.assignment_id]
        if status not in _NOT_COUNTED:
            count[0] += bool(has_draft or contribution.latest_number)
            count[1] += 1
    return {id_: Begun(*count) for id_, count in counts.items()}


def _pieces(contribution: Contribution, taken: Sequence[Taken]) -> tuple[Piece, ...]:
    if not contribution.versions:
        return ()
    texts = paragraphs(contribution.versions[-1].text)
    found = uses(texts, contribution.latest_number, taken)
    return tuple(
        Piece(index, text, one.use, one.source_id)
        for index, (text, one) in enumerate(zip(texts, found, strict=True))
    )
