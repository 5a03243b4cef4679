"""The whole network of all days as a description: what the files would say."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

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
from emnnet.models.base import Base
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.institution import FormerName as NameRow
from emnnet.models.institution import Institution
from emnnet.models.institution import InstitutionFact as FactRow
from emnnet.models.membership import Membership
from emnnet.models.source import Source
from emnnet.models.theme import Theme, ThemeTerm
from emnnet.models.tie import Tie

Row = TypeVar("Row", bound=Base)


def describe_network(session: Session) -> NetworkDescription:
    """Every row of the network, in the order it was made, in ten statements."""
    slugs = _Slugs(session)
    return NetworkDescription(
        sources=tuple(_source(row) for row in _all(session, Source)),
        institutions=tuple(_institutions(session, slugs)),
        ties=tuple(_tie(row, slugs) for row in _all(session, Tie)),
        memberships=tuple(_membership(row, slugs) for row in _all(session, Membership)),
        themes=tuple(_themes(session, slugs)),
        competences=tuple(_competence(row, slugs) for row in _all(session, Competence)),
        contacts=tuple(_contact(row, slugs) for row in _all(session, Contact)),
    )


@dataclass(frozen=True, init=False)
class _Slugs:
    institutions: Sequence[Institution]
    themes: Sequence[Theme]
    of: dict[int, str]
    of_theme: dict[int, str]

    def __init__(self, session: Session) -> None:
        institutions, themes = _all(session, Institution), _all(session, Theme)
        object.__setattr__(self, "institutions", institutions)
        object.__setattr__(self, "themes", themes)
        object.__setattr__(self, "of", {row.id: row.slug for row in institutions})
        object.__setattr__(self, "of_theme", {row.id: row.slug for row in themes})


def _all(session: Session, kind: type[Row]) -> Sequence[Row]:
    number = kind.__table__.c.id
    return session.scalars(select(kind).order_by(number)).all()


def _source(row: Source) -> SourceFact:
    as_of = row.read_on.isoformat() if row.read_on else row.as_of
    return SourceFact(row.code, row.title or "", row.address, as_of)


def _institutions(session: Session, slugs: _Slugs) -> Iterator[InstitutionFact]:
    names: dict[int, list[FormerName]] = defaultdict(list)
    for name in _all(session, NameRow):
        names[name.institution_id].append(_former_name(name))
    facts: dict[int, list[AspectFact]] = defaultdict(list)
    for fact in _all(session, FactRow):
        backed = AspectFact(fact.aspect, _backing(fact))
        facts[fact.institution_id].append(backed)
    for row in slugs.institutions:
        yield _institution(row, tuple(names[row.id]), tuple(facts[row.id]))


def _institution(
    row: Institution, names: tuple[FormerName, ...], facts: tuple[AspectFact, ...]
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


def _former_name(row: NameRow) -> FormerName:
    return FormerName(
        en=row.name_en,
        lt=row.name_lt,
        abbreviation=row.abbreviation,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _backing(row: Any) -> Backing:
    return Backing(row.standing, tuple(row.source_codes))


def _themes(session: Session, slugs: _Slugs) -> Iterator[ThemeFact]:
    terms: dict[int, list[Mapping]] = defaultdict(list)
    for term in _all(session, ThemeTerm):
        terms[term.theme_id].append(Mapping(term.vocabulary, term.term))
    for row in slugs.themes:
        yield ThemeFact(
            slug=row.slug,
            en=row.name_en,
            lt=row.name_lt,
            position=row.position,
            mappings=tuple(terms[row.id]),
            keywords=tuple(map(_keyword, row.keywords.get("words", []))),
        )


def _keyword(word: dict[str, str]) -> Keyword:
    return Keyword(word["text"], word["language"], Strength(word["strength"]))


def _tie(row: Tie, slugs: _Slugs) -> TieFact:
    return TieFact(
        kind=row.kind,
        from_id=slugs.of[row.from_institution_id],
        to_id=slugs.of[row.to_institution_id],
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        backing=_backing(row),
        note=row.note,
    )


def _membership(row: Membership, slugs: _Slugs) -> MembershipFact:
    return MembershipFact(
        institution_id=slugs.of[row.institution_id],
        kind=row.kind,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        backing=_backing(row),
        note=row.note,
    )


def _competence(row: Competence, slugs: _Slugs) -> CompetenceFact:
    return CompetenceFact(
        institution_id=slugs.of[row.institution_id],
        theme=slugs.of_theme[row.theme_id],
        level=row.level,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        backing=_backing(row),
        scope=row.scope,
    )


def _contact(row: Contact, slugs: _Slugs) -> ContactFact:
    written = (
        (row.for_routing, ContactPurpose.ROUTING),
        (row.for_escalation, ContactPurpose.ESCALATION),
        (row.for_publication, ContactPurpose.PUBLICATION),
    )
    purposes = [purpose for wanted, purpose in written if wanted]
    first, *also = purposes or [ContactPurpose.NOTHING]
    return ContactFact(
        institution_id=slugs.of[row.institution_id],
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
