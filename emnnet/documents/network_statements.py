"""What the network says as statements of the W3C Organization Ontology.

Subjects and predicates are written `prefix:name`; `here:` is the public address of
this network, so that a name stays the same as long as the address does. Contacts are
left out: they are not for the public.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from urllib.parse import quote

from emnnet.domain.network import (
    Backing,
    CompetenceFact,
    InstitutionFact,
    NetworkDescription,
    Sector,
    SourceFact,
    Standing,
    ThemeFact,
    TieFact,
    TieKind,
)

PREFIXES = {
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "http://schema.org/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
FORMAL = {Sector.GOVERNMENT, Sector.JUDICIARY, Sector.INTERNATIONAL}


@dataclass(frozen=True)
class Name:
    """Something with a name: `org:Organization`, `here:institutions/vsat#body`."""

    written: str


@dataclass(frozen=True)
class Address:
    """A web or mail address, as it is."""

    written: str


@dataclass(frozen=True)
class Words:
    """A text, in a language where one is known."""

    text: str
    language: str | None = None


Value = Name | Address | Words | date
Statement = tuple[Name, str, Value]
NETWORK = Name("here:network#network")


def body(slug: str) -> Name:
    """The name of a body: its public address."""
    return Name(f"here:institutions/{quote(slug)}#body")


def concept(kind: str, word: str) -> Name:
    """The name of a word of a controlled list."""
    return Name(f"here:network#{kind}-{quote(word, safe='')}")


def source(code: str) -> Name:
    """The name of a source."""
    return concept("source", code)


def statements(
    description: NetworkDescription, today: date, local: str
) -> Iterator[Statement]:
    """All of them. `local` is the language of the country: "lt"."""
    d = description
    yield from _is(
        NETWORK, "org:Organization", Words("National network of the EMN", "en")
    )
    for fact in d.sources:
        yield from _source(fact)
    for sector in Sector:
        yield from _is(concept("sector", sector), "skos:Concept", Words(sector, "en"))
    for institution in d.institutions:
        yield from _institution(institution, local)
        yield from _renamings(institution, local)
    for tie in d.ties:
        yield from _tie(tie, today)
    for member in d.memberships:
        span = (member.valid_from, member.valid_to)
        key = (member.institution_id, member.kind.value, member.valid_from)
        one, role = _thing("membership", *key), concept("role", member.kind)
        yield from _qualified(one, body(member.institution_id), NETWORK, role, span)
        yield from _backed(one, member.backing)
    for theme in d.themes:
        yield from _theme(theme, local)
    for competence in d.competences:
        yield from _competence(competence, today)


def _is(subject: Name, kind: str, label: Words) -> Iterator[Statement]:
    yield subject, "rdf:type", Name(kind)
    yield subject, "skos:prefLabel", label


def _thing(kind: str, *key: object) -> Name:
    """The name of something that has no address: by what it is known by."""
    digest = sha256(repr([str(part) for part in key]).encode()).hexdigest()
    return Name(f"here:network#{kind}-{digest[:16]}")


def _source(fact: SourceFact) -> Iterator[Statement]:
    one = source(fact.id)
    yield one, "rdf:type", Name("prov:Entity")
    yield one, "dcterms:identifier", Words(fact.id)
    yield one, "dcterms:title", Words(fact.title or fact.id)
    yield one, "foaf:page", Address(fact.url)
    if fact.as_of:
        yield one, "dcterms:date", Words(fact.as_of)


def _institution(fact: InstitutionFact, local: str) -> Iterator[Statement]:
    one = body(fact.id)
    yield from _is(one, "org:Organization", Words(fact.en, "en"))
    if fact.sector in FORMAL or fact.code:
        yield one, "rdf:type", Name("org:FormalOrganization")
    yield one, "skos:prefLabel", Words(fact.lt, local)
    for short in filter(None, fact.abbreviation.split(" / ")):
        yield one, "skos:altLabel", Words(short)
    yield one, "org:classification", concept("sector", fact.sector)
    for text, language in ((fact.function_en, "en"), (fact.function_lt, local)):
        if text:
            yield one, "dcterms:description", Words(text, language)
    for predicate, value in _known_of(fact):
        yield one, predicate, value
    codes = (code for aspect in fact.facts for code in aspect.backing.sources)
    for code in sorted(set(codes)):
        yield one, "prov:wasDerivedFrom", source(code)


def _known_of(fact: InstitutionFact) -> Iterator[tuple[str, Value]]:
    if fact.website:
        yield "foaf:homepage", Address(fact.website)
    if fact.email:
        yield "foaf:mbox", Address(f"mailto:{fact.email}")
    if fact.code:
        yield "org:identifier", Words(fact.code)
    if fact.valid_from:
        yield "schema:foundingDate", fact.valid_from
    if fact.valid_to:
        yield "schema:dissolutionDate", fact.valid_to


def _renamings(fact: InstitutionFact, local: str) -> Iterator[Statement]:
    """A name that ended is a change of the body into itself, the next day."""
    for name in fact.former_names:
        if name.valid_to is None or name.valid_to == date.max:
            continue
        event = _thing("event", "renamed", fact.id, name.en, name.valid_to)
        day = name.valid_to + timedelta(1)
        yield from _event(event, fact.id, fact.id, day, f"Renamed; before: {name.en}")
        yield event, "skos:altLabel", Words(name.en, "en")
        yield event, "skos:altLabel", Words(name.lt, local)


def _event(
    event: Name, before: str, after: str, day: date | None, said: str
) -> Iterator[Statement]:
    yield event, "rdf:type", Name("org:ChangeEvent")
    yield event, "dcterms:description", Words(said, "en")
    yield event, "org:originalOrganization", body(before)
    yield event, "org:resultingOrganization", body(after)
    if day is not None:
        yield event, "dcterms:date", day


def _tie(tie: TieFact, today: date) -> Iterator[Statement]:
    key = (tie.kind, tie.from_id, tie.to_id, tie.valid_from)
    if tie.kind is TieKind.SUCCESSOR_OF:
        event = _thing("event", *key)
        said = f"{tie.from_id} took over from {tie.to_id}"
        yield from _event(event, tie.to_id, tie.from_id, tie.valid_from, said)
        yield from _backed(event, tie.backing)
        return
    one, span = _thing("tie", *key), (tie.valid_from, tie.valid_to)
    role, above = concept("role", tie.kind), body(tie.to_id)
    yield from _qualified(one, body(tie.from_id), above, role, span)
    yield from _backed(one, tie.backing)
    if tie.note:
        yield one, "skos:note", Words(tie.note)
    if tie.kind is not TieKind.SUBORDINATE_TO:
        return
    if _counts(span, today):
        yield body(tie.from_id), "org:subOrganizationOf", above
    if tie.valid_from:
        event = _thing("event", "placed", *key)
        said = f"Placed under {tie.to_id}"
        yield from _event(event, tie.from_id, tie.from_id, tie.valid_from, said)


def _qualified(
    one: Name, member: Name, of: Name, role: Name, span: tuple[date | None, date | None]
) -> Iterator[Statement]:
    """A membership with its role and its days."""
    yield one, "rdf:type", Name("org:Membership")
    yield one, "org:member", member
    yield one, "org:organization", of
    yield one, "org:role", role
    yield role, "rdf:type", Name("org:Role")
    label = role.written.partition("#role-")[2].replace("_", " ")
    yield role, "skos:prefLabel", Words(label, "en")
    yield from _span(one, span)


def _span(one: Name, span: tuple[date | None, date | None]) -> Iterator[Statement]:
    begin, end = span
    if begin:
        yield one, "schema:startDate", begin
    if end:
        yield one, "schema:endDate", end


def _backed(one: Name, backing: Backing) -> Iterator[Statement]:
    for code in backing.sources:
        yield one, "prov:wasDerivedFrom", source(code)
    if backing.standing is Standing.PLAUSIBLE:
        said = "Plausible: filled in by the office, not sourced."
        yield one, "skos:editorialNote", Words(said, "en")


def _theme(fact: ThemeFact, local: str) -> Iterator[Statement]:
    one, scheme = concept("theme", fact.slug), Name("here:network#themes")
    yield from _is(one, "skos:Concept", Words(fact.en, "en"))
    yield one, "skos:prefLabel", Words(fact.lt, local)
    yield one, "skos:inScheme", scheme
    yield one, "skos:notation", Words(fact.slug)
    yield scheme, "rdf:type", Name("skos:ConceptScheme")
    for mapping in fact.mappings:
        other = concept(mapping.vocabulary, mapping.word)
        there = Name(f"here:network#vocabulary-{mapping.vocabulary}")
        yield one, "skos:closeMatch", other
        yield from _is(other, "skos:Concept", Words(mapping.word))
        yield other, "skos:inScheme", there
        yield there, "rdf:type", Name("skos:ConceptScheme")


def _competence(fact: CompetenceFact, today: date) -> Iterator[Statement]:
    key = (fact.institution_id, fact.theme, fact.valid_from)
    one, span = _thing("competence", *key), (fact.valid_from, fact.valid_to)
    yield one, "rdf:type", Name("org:Post")
    level = f"{fact.level}: {fact.scope}" if fact.scope else str(fact.level)
    yield one, "skos:prefLabel", Words(level, "en")
    yield one, "org:postIn", body(fact.institution_id)
    yield one, "dcterms:subject", concept("theme", fact.theme)
    yield from _span(one, span)
    yield from _backed(one, fact.backing)
    if _counts(span, today):
        theme = concept("theme", fact.theme)
        yield body(fact.institution_id), "dcterms:subject", theme


def _counts(span: tuple[date | None, date | None], today: date) -> bool:
    begin, end = span
    return (begin or today) <= today <= (end or today)
