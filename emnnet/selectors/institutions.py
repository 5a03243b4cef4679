"""The list of institutions on a day, narrowed by text, sector, theme and part."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, joinedload

from emnnet.domain.network import Level, MembershipKind, Sector
from emnnet.models.competence import Competence
from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.models.theme import Theme
from emnnet.selectors.names import Names, names_on
from emnnet.selectors.network import valid_on
from emnnet.words import fold


@dataclass(frozen=True)
class Wanted:
    """How the list is narrowed; None and "" do not narrow it."""

    text: str = ""
    sector: Sector | None = None
    theme: str | None = None
    member: bool | None = None  # True: partners and NCP; False: all others


@dataclass(frozen=True)
class ThemeName:
    """A theme by its slug and names."""

    slug: str
    en: str
    lt: str

    def name(self, language: str) -> str:
        """The name in that language."""
        return self.lt if language == "lt" else self.en


@dataclass(frozen=True)
class InstitutionRow:
    """A line of the list. `leads` are the themes it leads on."""

    slug: str
    names: Names
    sector: Sector
    roles: frozenset[MembershipKind]
    leads: tuple[ThemeName, ...]
    contributes: int
    existed: bool
    valid_to: date | None
    met_by: str | None  # the former name by which the typed words met it

    @property
    def is_partner(self) -> bool:
        """Is it counted among the partners?"""
        return MembershipKind.PARTNER in self.roles

    @property
    def is_ncp(self) -> bool:
        """Has it a part in the National Contact Point itself?"""
        return bool(self.roles - {MembershipKind.PARTNER})


@dataclass(frozen=True)
class InstitutionList:
    """The lines that were asked for, of how many, and the themes to choose from."""

    rows: tuple[InstitutionRow, ...]
    total: int
    themes: tuple[ThemeName, ...]


def institutions(session: Session, wanted: Wanted, on: date) -> InstitutionList:
    """The institutions as of that day: partners first, then by name; two statements."""
    found, roles = _with_roles(session, on)
    themes, parts = _with_themes(session, on)
    rows = [
        _row(institution, roles[institution.id], parts[institution.id], wanted, on)
        for institution in found
        if institution.valid_from is None or institution.valid_from <= on
    ]
    kept = [row for row in rows if row is not None]
    kept.sort(key=lambda row: (not row.existed, not row.roles, row.names.en.casefold()))
    total = sum(institution.existed_on(on) for institution in found)
    return InstitutionList(tuple(kept), total, tuple(themes.values()))


def _with_roles(
    session: Session, on: date
) -> tuple[list[Institution], dict[int, set[MembershipKind]]]:
    rows = session.execute(
        select(Institution, Membership.kind)
        .outerjoin(
            Membership,
            and_(Membership.institution_id == Institution.id, valid_on(Membership, on)),
        )
        .options(joinedload(Institution.former_names))
        .order_by(Institution.id)
    ).unique()
    institutions: dict[int, Institution] = {}
    roles: dict[int, set[MembershipKind]] = defaultdict(set)
    for institution, kind in rows:
        institutions[institution.id] = institution
        if kind is not None:
            roles[institution.id].add(kind)
    return list(institutions.values()), roles


Parts = dict[int, list[tuple[ThemeName, Level]]]


def _with_themes(session: Session, on: date) -> tuple[dict[str, ThemeName], Parts]:
    rows = session.execute(
        select(
            Theme.slug,
            Theme.name_en,
            Theme.name_lt,
            Competence.institution_id,
            Competence.level,
        )
        .outerjoin(
            Competence,
            and_(Competence.theme_id == Theme.id, valid_on(Competence, on)),
        )
        .order_by(Theme.position, Competence.id)
    )
    themes: dict[str, ThemeName] = {}
    parts: Parts = defaultdict(list)
    for slug, en, lt, institution_id, level in rows:
        theme = themes.setdefault(slug, ThemeName(slug, en, lt))
        if institution_id is not None:
            parts[institution_id].append((theme, level))
    return themes, parts


def _row(
    institution: Institution,
    roles: set[MembershipKind],
    parts: list[tuple[ThemeName, Level]],
    wanted: Wanted,
    on: date,
) -> InstitutionRow | None:
    """The line, or None where it is not wanted."""
    met, met_by = _met(institution, wanted.text)
    slugs = {theme.slug for theme, _ in parts}
    if not (
        met
        and wanted.sector in {None, institution.sector}
        and (wanted.theme is None or wanted.theme in slugs)
        and wanted.member in {None, bool(roles)}
    ):
        return None
    leads = dict.fromkeys(theme for theme, level in parts if level is Level.LEAD)
    return InstitutionRow(
        slug=institution.slug,
        names=names_on(institution, on),
        sector=institution.sector,
        roles=frozenset(roles),
        leads=tuple(leads),
        contributes=len(slugs) - len(leads),
        existed=institution.existed_on(on),
        valid_to=institution.valid_to,
        met_by=met_by,
    )


def _met(institution: Institution, text: str) -> tuple[bool, str | None]:
    """Do the typed words stand in its names or tasks? Else in a former name: which?"""
    words = fold(text).split()
    if not words:
        return True, None
    said = [
        institution.slug,
        institution.name_en,
        institution.name_lt,
        institution.abbreviation,
        institution.function_en,
        institution.function_lt,
    ]
    if _all_in(words, said):
        return True, None
    for former in institution.former_names:
        if _all_in(words, [former.name_en, former.name_lt, former.abbreviation]):
            return True, former.name_en
    return False, None


def _all_in(words: list[str], texts: list[str]) -> bool:
    haystack = fold(" ".join(texts))
    return all(word in haystack for word in words)
