"""Late answers that leave as annexes to the national response."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution, ContributionVersion, LateChoice
from emnnet.models.question import Question


def late_annexes(session: Session, query_id: int) -> Sequence[ContributionVersion]:
    """The versions that were chosen as annexes, in the order of questions."""
    to_contribution = contains_eager(ContributionVersion.contribution)
    return session.scalars(
        select(ContributionVersion)
        .join(ContributionVersion.contribution)
        .join(Contribution.question)
        .join(Contribution.assignment)
        .join(Assignment.institution)
        .where(
            Assignment.query_id == query_id,
            ContributionVersion.late_choice == LateChoice.ANNEX,
            ContributionVersion.number == Contribution.latest_number,
        )
        .options(
            to_contribution.options(
                contains_eager(Contribution.question),
                contains_eager(Contribution.assignment).contains_eager(
                    Assignment.institution
                ),
            )
        )
        .order_by(Question.position, ContributionVersion.id)
    ).all()
