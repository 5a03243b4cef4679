"""Reading what a Word form that came back would change, and what to write into one."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.word_form import FilledField, FilledForm, Origin
from emnnet.domain.word_proposal import (
    FieldChange,
    Standing,
    field_change,
)
from emnnet.models.assignment import Assignment
from emnnet.models.word_return import WordReturn
from emnnet.selectors.contributions import Cell, cells_of


@dataclass(frozen=True)
class Proposed:
    """One question of the form beside the question as it stands."""

    cell: Cell
    field: FilledField
    change: FieldChange
    is_reworded: bool = False  # the question was corrected since the download


@dataclass(frozen=True)
class Proposal:
    """All that a form would change; `strangers` belong to no question here."""

    questions: tuple[Proposed, ...]
    strangers: tuple[FilledField, ...]
    missing: tuple[Cell, ...]  # questions the form says nothing of

    @property
    def can_be_taken(self) -> bool:
        """Is there anything to tick?"""
        return any(one.change.can_be_taken for one in self.questions)


def propose(session: Session, assignment: Assignment, form: FilledForm) -> Proposal:
    """What the form would change, compared with the drafts as they stand now."""
    cells = {cell.question.id: cell for cell in cells_of(session, assignment)}
    found: dict[int, Proposed] = {}
    strangers = []
    for field in form.fields:
        cell = _cell_of(field, assignment, cells)
        if cell is None or cell.question.id in found:
            strangers.append(field)
        else:
            found[cell.question.id] = _proposed(cell, field)
    return Proposal(
        tuple(found[id_] for id_ in cells if id_ in found),
        tuple(field for field in strangers if field.given.text.strip()),
        tuple(_missing(cells, found)),
    )


def find_word_return(
    session: Session, assignment: Assignment, return_id: int
) -> WordReturn | None:
    """A form that came back for this assignment, or none: others' ids find nothing."""
    return session.scalar(
        select(WordReturn)
        .where(WordReturn.id == return_id, WordReturn.assignment_id == assignment.id)
        .options(joinedload(WordReturn.assignment))
    )


def unsettled_returns(session: Session, assignment: Assignment) -> list[WordReturn]:
    """Forms of this assignment nobody has taken in or thrown away, newest first."""
    return list(
        session.scalars(
            select(WordReturn)
            .where(
                WordReturn.assignment_id == assignment.id,
                WordReturn.settled_at.is_(None),
            )
            .order_by(WordReturn.id.desc())
        )
    )


def standing_of(cell: Cell) -> Standing:
    """What stands in a question now."""
    return Standing(cell.draft, cell.contribution.draft_number, cell.takes_answer)


def _proposed(cell: Cell, field: FilledField) -> Proposed:
    wording = field.origin.wording if field.origin else cell.question.number
    return Proposed(
        cell,
        field,
        field_change(field, standing_of(cell)),
        is_reworded=wording != cell.question.number,
    )


def _cell_of(
    field: FilledField, assignment: Assignment, cells: dict[int, Cell]
) -> Cell | None:
    """By its mark; without one by its number, if only one question has that number."""
    origin: Origin | None = field.origin
    if origin is not None:
        mine = origin.assignment_id == assignment.id
        return cells.get(origin.question_id) if mine else None
    wanted = field.label.strip().rstrip(".").casefold()
    same = [
        cell
        for cell in cells.values()
        if cell.question.label.strip().rstrip(".").casefold() == wanted
    ]
    return same[0] if len(same) == 1 else None


def _missing(cells: dict[int, Cell], found: dict[int, Proposed]) -> Iterator[Cell]:
    for id_, cell in cells.items():
        if id_ not in found and cell.takes_answer:
            yield cell
