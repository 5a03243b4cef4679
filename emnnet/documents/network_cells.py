"""A description of the network as tables of plain words, for every kind of file.

A nested value has a name with a point (`function.en`); a list is a tuple of words.
Words are left out where they say nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from emnnet.domain.network import (
    AspectFact,
    Backing,
    CompetenceFact,
    ContactFact,
    FormerName,
    InstitutionFact,
    MembershipFact,
    NetworkDescription,
    SourceFact,
    ThemeFact,
    TieFact,
)

Cell = str | tuple[str, ...]
Cells = dict[str, Cell]
SPAN = ("valid_from", "valid_to")
BACKED = ("standing", "sources")


@dataclass(frozen=True)
class Table:
    """A table of the files: its columns, those that must be filled, and its lists."""

    name: str
    columns: tuple[str, ...]
    needed: frozenset[str]
    lists: frozenset[str] = frozenset({"sources"})


def _table(name: str, needed: str, *more: str) -> Table:
    first = needed.split()
    lists = frozenset({"sources", "also"})
    return Table(name, (*first, *more), frozenset(first), lists)


TABLES = (
    _table("sources", "id title url", "as_of"),
    _table(
        "institutions",
        "id en lt sector",
        *("abbreviation", "duty", "function.en", "function.lt", "website", "email"),
        *("address", "code", "legal_basis", *SPAN),
    ),
    _table("former_names", "institution en lt", "abbreviation", *SPAN),
    _table("facts", "institution aspect standing", "sources"),
    _table("themes", "slug en lt position"),
    _table("mappings", "theme vocabulary word"),
    _table("keywords", "theme language strength text"),
    _table("ties", "kind from to", *SPAN, *BACKED, "note"),
    _table("memberships", "institution kind", *SPAN, *BACKED, "note"),
    _table("competences", "institution theme level", *SPAN, *BACKED, "scope"),
    _table(
        "contacts",
        "institution title email language purpose",
        *("also", "phone", "position", *SPAN),
    ),
)
LOCAL, LITHUANIAN = "local", "lt"
"""What the files call the language of the country; Lithuania's say its own."""

BY_NAME = {table.name: table for table in TABLES}


def local_key(country: str) -> str:
    """What the files of a country (LT, LV …) call its language."""
    return LITHUANIAN if country.upper() == "LT" else LOCAL


def key_in(local: str, key: str) -> str:
    """A key as the files of a country have it: "function.lt" is "function.local"."""
    outer, dot, inner = key.rpartition(".")
    return f"{outer}{dot}{local}" if inner == LITHUANIAN else key


def cells_in(local: str, cells: Cells) -> Cells:
    """The cells of a row under the keys of a country's files."""
    return {key_in(local, key): cell for key, cell in cells.items()}


def rows_of(description: NetworkDescription, table: str) -> Iterator[Cells]:
    """The rows of a table, each value as it is written."""
    return _ROWS[table](description)


def _former_names(description: NetworkDescription) -> Iterator[Cells]:
    for body in description.institutions:
        for name in body.former_names:
            yield {"institution": body.id, **former_name(name)}


def _facts(description: NetworkDescription) -> Iterator[Cells]:
    for body in description.institutions:
        for fact in body.facts:
            yield {"institution": body.id, **aspect(fact)}


def _mappings(description: NetworkDescription) -> Iterator[Cells]:
    for each in description.themes:
        for one in each.mappings:
            named: Cells = {"theme": each.slug, "vocabulary": one.vocabulary.value}
            yield {**named, "word": one.word}


def _keywords(description: NetworkDescription) -> Iterator[Cells]:
    for each in description.themes:
        for word in each.keywords:
            yield {
                "theme": each.slug,
                "language": word.language,
                "strength": word.strength.value,
                "text": word.text,
            }


def source(fact: SourceFact) -> Cells:
    """A source, with the day or month it was read."""
    named: Cells = {"id": fact.id, "title": fact.title, "url": fact.url}
    return {**named, **_told(as_of=fact.as_of)}


def institution(fact: InstitutionFact) -> Cells:
    """A body, without its former names and what its facts stand on."""
    cells: Cells = {"id": fact.id, "en": fact.en, "lt": fact.lt}
    cells |= _told(abbreviation=fact.abbreviation)
    cells["sector"] = fact.sector.value
    cells |= _told(duty=fact.duty.value if fact.duty else "")
    functions = {"function.en": fact.function_en, "function.lt": fact.function_lt}
    cells |= {key: text for key, text in functions.items() if text}
    cells |= _told(
        website=fact.website,
        email=fact.email,
        address=fact.address,
        code=fact.code,
        legal_basis=fact.legal_basis,
    )
    return cells | _span(fact.valid_from, fact.valid_to)


def former_name(name: FormerName) -> Cells:
    """A name and its days."""
    cells: Cells = {"en": name.en, "lt": name.lt}
    cells |= _told(abbreviation=name.abbreviation)
    return cells | _span(name.valid_from, name.valid_to)


def aspect(fact: AspectFact) -> Cells:
    """What one statement stands on."""
    return {"aspect": fact.aspect.value, **_backing(fact.backing)}


def theme(fact: ThemeFact) -> Cells:
    """A theme, without its words."""
    return {
        "slug": fact.slug,
        "en": fact.en,
        "lt": fact.lt,
        "position": str(fact.position),
    }


def tie(fact: TieFact) -> Cells:
    """`from` is <kind> `to`."""
    cells: Cells = {"kind": fact.kind.value, "from": fact.from_id, "to": fact.to_id}
    cells |= _span(fact.valid_from, fact.valid_to)
    return cells | _backing(fact.backing) | _told(note=fact.note)


def membership(fact: MembershipFact) -> Cells:
    """A place in the network."""
    cells: Cells = {"institution": fact.institution_id, "kind": fact.kind.value}
    cells |= _span(fact.valid_from, fact.valid_to)
    return cells | _backing(fact.backing) | _told(note=fact.note)


def competence(fact: CompetenceFact) -> Cells:
    """A part in a theme."""
    cells: Cells = {
        "institution": fact.institution_id,
        "theme": fact.theme,
        "level": fact.level.value,
    }
    cells |= _span(fact.valid_from, fact.valid_to)
    return cells | _backing(fact.backing) | _told(scope=fact.scope)


def contact(fact: ContactFact) -> Cells:
    """Whom the office writes to."""
    cells: Cells = {
        "institution": fact.institution_id,
        "title": fact.title,
        "email": fact.email,
        "language": fact.language,
        "purpose": fact.purpose.value,
    }
    if fact.also:
        cells["also"] = tuple(purpose.value for purpose in fact.also)
    cells |= _told(phone=fact.phone)
    if fact.position != 1:
        cells["position"] = str(fact.position)
    return cells | _span(fact.valid_from, fact.valid_to)


def _backing(backing: Backing) -> Cells:
    return {"standing": backing.standing.value, "sources": backing.sources}


def _span(begin: date | None, end: date | None) -> Cells:
    begins, ends = begin.isoformat() if begin else "", end.isoformat() if end else ""
    return _told(valid_from=begins, valid_to=ends)


def _told(**texts: str) -> Cells:
    return {key: text for key, text in texts.items() if text}


_ROWS: dict[str, Callable[[NetworkDescription], Iterator[Cells]]] = {
    "sources": lambda d: map(source, d.sources),
    "institutions": lambda d: map(institution, d.institutions),
    "former_names": _former_names,
    "facts": _facts,
    "themes": lambda d: map(theme, d.themes),
    "mappings": _mappings,
    "keywords": _keywords,
    "ties": lambda d: map(tie, d.ties),
    "memberships": lambda d: map(membership, d.memberships),
    "competences": lambda d: map(competence, d.competences),
    "contacts": lambda d: map(contact, d.contacts),
}
