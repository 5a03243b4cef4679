"""The names of a few institutions on a day."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emnnet.models.institution import Institution
from emnnet.selectors.names import Names, names_on


def names_by_slug(
    session: Session, slugs: Collection[str], on: date
) -> dict[str, Names]:
    """What they were called; unknown ones are left out. One statement."""
    rows = session.scalars(
        select(Institution)
        .where(Institution.slug.in_(slugs))
        .options(joinedload(Institution.former_names))
    ).unique()
    return {row.slug: names_on(row, on) for row in rows}
