"""Who is competent for what on a day: all themes with all institutions."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from emnnet.domain.network import Level, Standing
from emnnet.models.competence import Competence
from emnnet.models.institution import Institution
from emnnet.models.theme import Theme
from emnnet.selectors.institutions import ThemeName
from emnnet.selectors.network import valid_on


@dataclass(frozen=True)
class Competent:
    """One institution's part in one theme; slugs."""

    institution: str
    theme: str
    level: Level
    standing: Standing = Standing.SOURCED


@dataclass(frozen=True)
class Coverage:
    """All themes in their order, and who is competent for them on the day."""

    themes: tuple[ThemeName, ...] = ()
    competences: tuple[Competent, ...] = ()


def coverage(session: Session, on: date) -> Coverage:
    """Themes and competences of that day, in one statement; of two levels the lead."""
    rows = session.execute(
        select(Theme, Institution.slug, Competence.level, Competence.standing)
        .outerjoin(
            Competence, and_(Competence.theme_id == Theme.id, valid_on(Competence, on))
        )
        .outerjoin(
            Institution,
            and_(
                Institution.id == Competence.institution_id, valid_on(Institution, on)
            ),
        )
        .order_by(Theme.position, Theme.id, Institution.slug)
    ).all()
    themes = {row.Theme.slug: row.Theme for row in rows}
    found: dict[tuple[str, str], Competent] = {}
    for theme, slug, level, standing in rows:
        known = found.get((slug, theme.slug))
        if slug is not None and (known is None or level is Level.LEAD):
            found[slug, theme.slug] = Competent(slug, theme.slug, level, standing)
    return Coverage(
        tuple(ThemeName(t.slug, t.name_en, t.name_lt) for t in themes.values()),
        tuple(found.values()),
    )
