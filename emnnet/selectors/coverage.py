"""Who is competent for what on a day: all themes with all institutions."""

from dataclasses import dataclass
from datetime import date

from emnnet.domain.network import Level, Standing
from emnnet.selectors.institutions import ThemeName
from emnnet.selectors.organogram import Recorded


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


def coverage(recorded: Recorded, on: date) -> Coverage:
    """Themes and competences of that day; of two levels the lead."""
    there = recorded.on(on).by_slug
    rows = [
        row
        for row in recorded.rows.competences
        if row.claim.span.holds(on) and row.slug in there
    ]
    found: dict[tuple[str, str], Competent] = {}
    for row in sorted(rows, key=lambda row: row.slug):
        known = found.get((row.slug, row.theme))
        if known is None or row.level is Level.LEAD:
            found[row.slug, row.theme] = Competent(
                row.slug, row.theme, row.level, row.claim.standing
            )
    places = {theme.slug: n for n, theme in enumerate(recorded.themes)}
    ordered = sorted(found.values(), key=lambda one: places[one.theme])
    return Coverage(recorded.themes, tuple(ordered))
