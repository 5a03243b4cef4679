"""Reading intakes."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.models.intake import Intake

MOST = 10


def find_intake(
    session: Session, intake_id: int, *, to_register: bool = False
) -> Intake | None:
    """The intake with its query; `to_register` holds the row until the commit."""
    wanted = select(Intake).where(Intake.id == intake_id)
    if to_register:
        return session.scalar(wanted.with_for_update())
    return session.scalar(wanted.options(joinedload(Intake.query)))


def unfinished_intakes(session: Session) -> list[Intake]:
    """Those neither registered nor discarded, the newest first."""
    wanted = (
        select(Intake)
        .where(Intake.query_id.is_(None), Intake.discarded_at.is_(None))
        .order_by(Intake.id.desc())
        .limit(MOST)
    )
    return list(session.scalars(wanted))
