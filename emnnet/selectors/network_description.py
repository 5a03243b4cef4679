"""The whole network of all days as a description: what the files would say."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.network import (
    AspectFact,
    Backing,
    CompetenceFact,
    ContactFact,
    ContactPurpose,
    FormerName,
    InstitutionFact,
    Keyword,
    Mapping,
    MembershipFact,
    NetworkDescription,
    SourceFact,
    Strength,
    ThemeFact,
    TieFact,
)
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.institution import FormerName as NameRow
from emnnet.models.institution import Institution
from emnnet.models.institution import InstitutionFact as FactRow
from emnnet.models.membership import Membership
from emnnet.models.source import Source
from emnnet.models.theme import Theme, ThemeTerm
from emnnet.models.tie import Tie
from emnnet.selectors.reading import Reading, Rows

TABLES = (
    Source,
    Institution,
    NameRow,
    FactRow,
    Tie,
    Membership,
    Theme,
    ThemeTerm,
    Competence,
    Contact,
)
ALL = tuple(select(table) for table in TABLES)


def describe_network(session: Session) -> NetworkDescription:
    """Every row of the network, in the order it was made, in one statement."""
    return Reading(ALL, _described, {}).take(session)


def _described(*tables: Rows) -> NetworkDescription:
    rows = {
        table: sorted(found, key=lambda row: row.id)
        for table, found in zip(TABLES, tables, strict=True)
    }
    slugs = {row.id: row.slug for row in rows[Institution]}
    themes = {row.id: row.slug for row in rows[Theme]}
    return NetworkDescription(
        sources=tuple(_source(row) for row in rows[Source]),
        institutions=tuple(
            _institutions(rows[Institution], rows[NameRow], rows[FactRow])
        ),
        ties=tuple(_tie(row, slugs) for row in rows[Tie]),
        memberships=tuple(_membership(row, slugs) for row in rows[Membership]),
        themes=tuple(_themes(rows[Theme], rows[ThemeTerm])),
        competences=tuple(_competence(row, slugs, themes) for row in rows[Competence]),
        contacts=tuple(_contact(row, slugs) for row in rows[Contact]),
    )


def _source(row: Any) -> SourceFact:
    as_of = row.read_on.isoformat() if row.read_on else row.as_of
    return SourceFact(row.code, row.title or "", row.address, as_of)


def _institutions(bodies: Rows, names: Rows, facts: Rows) -> Iterator[InstitutionFact]:
    named: dict[int, list[FormerName]] = defaultdict(list)
    for name in names:
        named[name.institution_id].append(_former_name(name))
    backed: dict[int, list[AspectFact]] = defaultdict(list)
    for fact in facts:
        backed[fact.institution_id].append(AspectFact(fact.aspect, _backing(fact)))
    for row in bodies:
        yield _institution(row, tuple(named[row.id]), tuple(backed[row.id]))


def _institution(
    row: Any, names: tuple[FormerName, ...], facts: tuple[AspectFact, ...]
) -> InstitutionFact:
    return InstitutionFact(
        id=row.slug,
        en=row.name_en,
        lt=row.name_lt,
        abbreviation=row.abbreviation,
        sector=row.sector,
        duty=row.duty,
        function_en=row.function_en,
        function_lt=row.function_lt,
        website=row.website or "",
        email=row.mailbox or "",
        address=row.address or "",
        code=row.code or "",
        legal_basis=row.legal_basis or "",
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        former_names=names,
        facts=facts,
    )


def _former_name(row: Any) -> FormerName:
    return FormerName(
        en=row.name_en,
        lt=row.name_lt,
        abbreviation=row.abbreviation,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _backing(row: Any) -> Backing:
    return Backing(row.standing, tuple(row.source_codes))


def _themes(themes: Rows, terms: Rows) -> Iterator[ThemeFact]:
    mapped: dict[int, list[Mapping]] = defaultdict(list)
    for term in terms:
        mapped[term.theme_id].append(Mapping(term.vocabulary, term.term))
    for row in themes:
        yield ThemeFact(
            slug=row.slug,
            en=row.name_en,
            lt=row.name_lt,
            position=row.position,
            mappings=tuple(mapped[row.id]),
            keywords=tuple(map(_keyword, row.keywords.get("words", []))),
        )


def _keyword(word: dict[str, str]) -> Keyword:
    return Keyword(word["text"], word["language"], Strength(word["strength"]))


def _tie(row: Any, slugs: dict[int, str]) -> TieFact:
    return TieFact(
        kind=row.kind,
        from_id=slugs[row.from_institution_id],
        to_id=slugs[row.to_institution_id],
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        backing=_backing(row),
        note=row.note,
    )


def _membership(row: Any, slugs: dict[int, str]) -> MembershipFact:
    return MembershipFact(
        institution_id=slugs[row.institution_id],
        kind=row.kind,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        backing=_backing(row),
        note=row.note,
    )


def _competence(
    row: Any, slugs: dict[int, str], themes: dict[int, str]
) -> CompetenceFact:
    return CompetenceFact(
        institution_id=slugs[row.institution_id],
        theme=themes[row.theme_id],
        level=row.level,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        backing=_backing(row),
        scope=row.scope,
    )


def _contact(row: Any, slugs: dict[int, str]) -> ContactFact:
    written = (
        (row.for_routing, ContactPurpose.ROUTING),
        (row.for_escalation, ContactPurpose.ESCALATION),
        (row.for_publication, ContactPurpose.PUBLICATION),
    )
    purposes = [purpose for wanted, purpose in written if wanted]
    first, *also = purposes or [ContactPurpose.NOTHING]
    return ContactFact(
        institution_id=slugs[row.institution_id],
        title=row.role_title,
        email=row.email,
        language=row.language,
        purpose=first,
        also=tuple(also),
        phone=row.phone or "",
        position=row.position,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
