"""Institutions by name: whom somebody suggests to ask instead."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from emnnet.models.institution import Institution
from emnnet.words import fold


def body_names(session: Session, on: date) -> list[tuple[str, str]]:
    """English and Lithuanian names of the institutions that exist on the day."""
    rows = session.execute(
        select(Institution.name_en, Institution.name_lt)
        .where(
            or_(Institution.valid_from.is_(None), Institution.valid_from <= on),
            or_(Institution.valid_to.is_(None), Institution.valid_to >= on),
        )
        .order_by(Institution.name_en)
    )
    return [(english, lithuanian) for english, lithuanian in rows]


def find_body(session: Session, typed: str) -> int | None:
    """The id of the institution that is called so, whatever the case and accents."""
    wanted = fold(typed)
    if not wanted:
        return None
    rows = session.execute(
        select(
            Institution.id,
            Institution.name_en,
            Institution.name_lt,
            Institution.abbreviation,
        ).order_by(Institution.id)
    )
    for id_, *names, abbreviation in rows:
        if wanted in {fold(name) for name in [*names, *abbreviation.split(" / ")]}:
            return int(id_)
    return None
