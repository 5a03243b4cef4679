"""Reading the editions of the organogram, and the facts one is made of."""

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from emnnet.models.edition import Edition, EditionFile
from emnnet.selectors.organogram import Body, Bond, Organogram

SHAPE = 1
"""The shape of the facts; another one gets another number."""


def editions(session: Session) -> Sequence[Edition]:
    """All editions, the latest first, also those withdrawn; in two statements."""
    return session.scalars(
        select(Edition)
        .options(selectinload(Edition.files))
        .order_by(Edition.number.desc())
    ).all()


def find_edition(session: Session, number: int) -> Edition | None:
    """The edition with that number, with its files."""
    return session.scalar(
        select(Edition)
        .options(selectinload(Edition.files).joinedload(EditionFile.stored_file))
        .where(Edition.number == number)
    )


def find_edition_file(
    session: Session, number: int, file_id: int
) -> EditionFile | None:
    """A file of the edition with that number."""
    return session.scalar(
        select(EditionFile)
        .join(Edition, Edition.id == EditionFile.edition_id)
        .options(joinedload(EditionFile.stored_file))
        .where(EditionFile.id == file_id, Edition.number == number)
    )


def frozen_facts(picture: Organogram) -> bytes:
    """Everything a picture says, as JSON that is the same for the same facts."""
    facts = {
        "shape": SHAPE,
        "as_of": picture.as_of.isoformat(),
        "bodies": [
            _body(body) for body in sorted(picture.bodies, key=lambda b: b.slug)
        ],
        "ties": [_tie(bond) for bond in sorted(picture.bonds, key=_place)],
        "successions": [_tie(bond) for bond in sorted(picture.successions, key=_place)],
    }
    return json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n"


def _body(body: Body) -> dict[str, str | list[str]]:
    return {
        "slug": body.slug,
        "name_en": body.names.en,
        "name_lt": body.names.lt,
        "abbreviation": body.names.abbreviation,
        "sector": body.sector.value,
        "function_en": body.function_en,
        "function_lt": body.function_lt,
        "roles": sorted(role.value for role in body.roles),
    }


def _tie(bond: Bond) -> dict[str, str]:
    return {
        "from": bond.source,
        "kind": bond.kind.value,
        "to": bond.target,
        "standing": bond.standing.value,
        "note": bond.note,
    }


def _place(bond: Bond) -> tuple[str, str, str]:
    return bond.source, bond.kind.value, bond.target
