"""Reading drafts that may be passed on, and those that were."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from emnnet.domain.lifecycle import CellRole
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.models.passed_draft import PassedDraft

TO_ORIGIN = (
    joinedload(PassedDraft.origin)
    .joinedload(Contribution.assignment)
    .joinedload(Assignment.institution)
)


def receivers_of(
    session: Session, question_ids: Collection[int], institution_id: int
) -> dict[int, list[Contribution]]:
    """Who else has these questions now and was not only informed, by question id."""
    rows = session.scalars(
        select(Contribution)
        .join(Contribution.assignment)
        .join(Assignment.institution)
        .where(
            Contribution.question_id.in_(question_ids),
            Contribution.released_at.is_(None),
            Contribution.role != CellRole.INFORMED,
            Assignment.institution_id != institution_id,
        )
        .options(
            contains_eager(Contribution.assignment).contains_eager(
                Assignment.institution
            )
        )
        .order_by(Contribution.id)
    )
    found: dict[int, list[Contribution]] = defaultdict(list)
    for row in rows:
        found[row.question_id].append(row)
    return found


def material_of(
    session: Session, contribution_ids: Collection[int]
) -> dict[int, list[PassedDraft]]:
    """What was passed on to these contributions, by their id."""
    rows = session.scalars(
        select(PassedDraft)
        .where(PassedDraft.receiver_id.in_(contribution_ids))
        .options(TO_ORIGIN)
        .order_by(PassedDraft.id)
    )
    found: dict[int, list[PassedDraft]] = defaultdict(list)
    for row in rows:
        found[row.receiver_id].append(row)
    return found


def passed_from(
    session: Session, contribution_ids: Collection[int]
) -> dict[int, dict[int, PassedDraft]]:
    """To whom these drafts were passed on already: by origin, then by receiver."""
    rows = session.scalars(
        select(PassedDraft).where(PassedDraft.origin_id.in_(contribution_ids))
    )
    found: dict[int, dict[int, PassedDraft]] = defaultdict(dict)
    for row in rows:
        found[row.origin_id][row.receiver_id] = row
    return found


def find_passed(
    session: Session, receiver: Contribution, passed_id: int
) -> PassedDraft | None:
    """A draft that was passed on to this contribution; others' ids find nothing."""
    return session.scalar(
        select(PassedDraft)
        .where(PassedDraft.id == passed_id, PassedDraft.receiver_id == receiver.id)
        .options(TO_ORIGIN)
    )


def find_receiver(
    session: Session, origin: Contribution, receiver_id: int
) -> Contribution | None:
    """One of those who have the question now, or none."""
    others = receivers_of(
        session, [origin.question_id], origin.assignment.institution_id
    )
    found = others.get(origin.question_id, [])
    return next((one for one in found if one.id == receiver_id), None)
