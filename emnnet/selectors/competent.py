"""Which bodies are competent for which theme on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from emnnet.models.competence import Competence
from emnnet.models.institution import Institution
from emnnet.models.theme import Theme
from emnnet.selectors.institutions import ThemeName
from emnnet.selectors.network import valid_on


@dataclass(frozen=True)
class Competent:
    """All themes in their order, and for each the slugs of the bodies that answer."""

    themes: tuple[ThemeName, ...]
    bodies: Mapping[str, frozenset[str]]


def competent(session: Session, on: date) -> Competent:
    """The themes and who is competent for them on that day, in one statement."""
    rows = session.execute(
        select(Theme.slug, Theme.name_en, Theme.name_lt, Institution.slug)
        .outerjoin(
            Competence, and_(Competence.theme_id == Theme.id, valid_on(Competence, on))
        )
        .outerjoin(Institution, Institution.id == Competence.institution_id)
        .order_by(Theme.position, Competence.id)
    )
    themes: dict[str, ThemeName] = {}
    bodies: dict[str, set[str]] = {}
    for slug, en, lt, body in rows:
        themes.setdefault(slug, ThemeName(slug, en, lt))
        bodies.setdefault(slug, set()).update([body] if body else [])
    return Competent(
        tuple(themes.values()),
        {slug: frozenset(found) for slug, found in bodies.items()},
    )
