"""What the form of a query offers: themes with their printed words, coordinators."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, cast, literal, null, select
from sqlalchemy.orm import Session

from emnnet.domain.roles import Role
from emnnet.models.theme import Theme, ThemeTerm
from emnnet.models.user import User
from emnnet.words import fold


@dataclass(frozen=True)
class ThemeChoice:
    """A main theme, and what other vocabularies call it (folded)."""

    id: int
    name_en: str
    name_lt: str
    printed: frozenset[str]


@dataclass(frozen=True)
class CoordinatorChoice:
    """Somebody who may coordinate a query."""

    id: int
    name: str


@dataclass(frozen=True)
class FormChoices:
    """All that the form of a query lets one choose from."""

    themes: list[ThemeChoice]
    coordinators: list[CoordinatorChoice]


def form_choices(session: Session) -> FormChoices:
    """Themes in their order and active coordinators by name, in one statement."""
    themes = select(
        literal("theme").label("kind"),
        Theme.id.label("id"),
        Theme.name_en.label("name"),
        Theme.name_lt.label("name_lt"),
        ThemeTerm.term.label("term"),
        Theme.position.label("place"),
    ).join(ThemeTerm, ThemeTerm.theme_id == Theme.id, isouter=True)
    people = select(
        literal("user"), User.id, User.name, User.name, cast(null(), String), literal(0)
    ).where(
        User.role.in_((Role.COORDINATOR, Role.ADMIN)), User.deactivated_at.is_(None)
    )
    both = themes.union_all(people).order_by("kind", "place", "name", "id")
    rows = session.execute(both).all()
    return FormChoices(
        themes=_themes(row for row in rows if row.kind == "theme"),
        coordinators=[
            CoordinatorChoice(row.id, row.name) for row in rows if row.kind == "user"
        ],
    )


def themes_called(themes: list[ThemeChoice], printed: str) -> list[ThemeChoice]:
    """The themes that a printed word may mean."""
    return [theme for theme in themes if fold(printed) in theme.printed]


def _themes(rows: Iterable[Any]) -> list[ThemeChoice]:
    """One choice a theme; its rows differ in the printed word only."""
    names: dict[int, tuple[str, str]] = {}
    printed: dict[int, set[str]] = {}
    for row in rows:
        names[row.id] = row.name, row.name_lt
        words = printed.setdefault(row.id, {fold(row.name), fold(row.name_lt)})
        words |= {fold(row.term)} if row.term else set()
    return [
        ThemeChoice(id_, *names[id_], frozenset(words))
        for id_, words in printed.items()
    ]
