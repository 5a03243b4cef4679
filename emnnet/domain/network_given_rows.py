"""A description of the network, taken apart into the rows of its tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from emnnet.domain.network import (
    Backing,
    CompetenceFact,
    ContactFact,
    ContactPurpose,
    InstitutionFact,
    MembershipFact,
    NetworkDescription,
    Place,
    SourceFact,
    ThemeFact,
    TieFact,
)

Columns = Mapping[str, object]


@dataclass(frozen=True)
class GivenRow:
    """One row: its table, what it is known by, what it says, and where it stands.

    Institutions and themes are named by their slug. `only_made`: where the row is
    there already, what the office made of it stays.
    """

    table: str
    key: tuple[object, ...]
    columns: Columns = field(hash=False)
    place: Place = field(default=Place(), compare=False)
    only_made: bool = False

    @property
    def name(self) -> str:
        """What people call the row."""
        return " ".join(str(part) for part in self.key if part)


KEYS: dict[str, tuple[str, ...]] = {
    "source": ("code",),
    "institution": ("slug",),
    "institution_fact": ("institution", "aspect"),
    "former_name": ("institution", "name_en", "valid_from"),
    "theme": ("slug",),
    "theme_term": ("theme", "vocabulary", "term"),
    "tie": ("kind", "from_institution", "to_institution", "valid_from"),
    "membership": ("institution", "kind", "valid_from"),
    "competence": ("institution", "theme", "valid_from"),
    "contact": ("institution", "email"),
}
"""What the rows of each table are known by; in the order in which they are loaded."""


def given_rows(description: NetworkDescription) -> Iterator[GivenRow]:
    """Every row, those first that others name."""
    yield from map(_source, description.sources)
    for institution in description.institutions:
        yield _institution(institution)
    for institution in description.institutions:
        yield from _of_institution(institution)
    for theme in description.themes:
        yield _theme(theme)
    for theme in description.themes:
        yield from _terms(theme)
    yield from map(_tie, description.ties)
    yield from map(_membership, description.memberships)
    yield from map(_competence, description.competences)
    yield from map(_contact, description.contacts)


def _source(fact: SourceFact) -> GivenRow:
    read_on = _day(fact.as_of)
    columns = {
        "address": fact.url,
        "title": fact.title,
        "read_on": read_on,
        "as_of": "" if read_on else fact.as_of,
    }
    return GivenRow("source", (fact.id,), columns, fact.place)


def _day(written: str) -> date | None:
    """The day, where it is written as one: the month alone stays a text."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if day.isoformat() == written else None


def _institution(fact: InstitutionFact) -> GivenRow:
    columns = {
        "name_en": fact.en,
        "name_lt": fact.lt,
        "abbreviation": fact.abbreviation,
        "sector": fact.sector,
        "duty": fact.duty,
        "function_en": fact.function_en,
        "function_lt": fact.function_lt,
        "legal_basis": fact.legal_basis or None,
        "website": fact.website or None,
        "mailbox": fact.email or None,
        "address": fact.address or None,
        "code": fact.code or None,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
    }
    return GivenRow("institution", (fact.id,), columns, fact.place)


def _of_institution(fact: InstitutionFact) -> Iterator[GivenRow]:
    for aspect in fact.facts:
        key: tuple[object, ...] = (fact.id, aspect.aspect)
        yield GivenRow("institution_fact", key, _backed(aspect.backing), fact.place)
    for name in fact.former_names:
        columns = {
            "name_lt": name.lt,
            "abbreviation": name.abbreviation,
            "valid_to": name.valid_to,
        }
        key = (fact.id, name.en, name.valid_from)
        yield GivenRow("former_name", key, columns, fact.place)


def _theme(fact: ThemeFact) -> GivenRow:
    words = [
        {"text": word.text, "language": word.language, "strength": word.strength.value}
        for word in fact.keywords
    ]
    columns = {
        "name_en": fact.en,
        "name_lt": fact.lt,
        "position": fact.position,
        "keywords": {"words": words},
    }
    return GivenRow("theme", (fact.slug,), columns, fact.place)


def _terms(fact: ThemeFact) -> Iterator[GivenRow]:
    for other in fact.mappings:
        key = (fact.slug, other.vocabulary, other.word)
        yield GivenRow("theme_term", key, {}, fact.place)


def _tie(fact: TieFact) -> GivenRow:
    columns = {"valid_to": fact.valid_to, "note": fact.note, **_backed(fact.backing)}
    key = (fact.kind, fact.from_id, fact.to_id, fact.valid_from)
    return GivenRow("tie", key, columns, fact.place)


def _membership(fact: MembershipFact) -> GivenRow:
    columns = {"valid_to": fact.valid_to, "note": fact.note, **_backed(fact.backing)}
    key = (fact.institution_id, fact.kind, fact.valid_from)
    return GivenRow("membership", key, columns, fact.place)


def _competence(fact: CompetenceFact) -> GivenRow:
    columns = {
        "level": fact.level,
        "scope": fact.scope,
        "valid_to": fact.valid_to,
        **_backed(fact.backing),
    }
    key = (fact.institution_id, fact.theme, fact.valid_from)
    return GivenRow("competence", key, columns, fact.place)


def _contact(fact: ContactFact) -> GivenRow:
    purposes = {fact.purpose, *fact.also}
    columns = {
        "role_title": fact.title,
        "language": fact.language,
        "phone": fact.phone or None,
        "position": fact.position,
        "for_routing": ContactPurpose.ROUTING in purposes,
        "for_escalation": ContactPurpose.ESCALATION in purposes,
        "for_publication": ContactPurpose.PUBLICATION in purposes,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
    }
    key = (fact.institution_id, fact.email)
    return GivenRow("contact", key, columns, fact.place, only_made=True)


def _backed(backing: Backing) -> Columns:
    return {"standing": backing.standing, "source_codes": list(backing.sources)}
