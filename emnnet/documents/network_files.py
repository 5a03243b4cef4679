"""A folder of YAML files, read into the description of a national network."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from emnnet.documents.yaml_rows import Notes, Row, read_rows
from emnnet.domain.network import (
    Aspect,
    AspectFact,
    Backing,
    CompetenceFact,
    ContactFact,
    ContactPurpose,
    Duty,
    FormerName,
    InstitutionFact,
    Keyword,
    Level,
    Mapping,
    MembershipFact,
    MembershipKind,
    NetworkDescription,
    Sector,
    SourceFact,
    Standing,
    Strength,
    ThemeFact,
    TieFact,
    TieKind,
    Vocabulary,
)
from emnnet.domain.network_check import NetworkProblems, Problem, problems

Fact = TypeVar("Fact")


RowsOf = Callable[[str, Notes], Iterable[Row]]
"""The rows of a table; what is wrong with its file goes into the notes."""


def read_network(folder: Path) -> NetworkDescription:
    """What the files of the folder say.

    Raises `NetworkProblems` with every problem of every file and its line.
    """
    description, found = described(
        lambda table, notes: read_rows(folder / notes.file, table, notes)
    )
    found += problems(description)
    if found:
        raise NetworkProblems(found)
    return description


def described(rows_of: RowsOf) -> tuple[NetworkDescription, list[Problem]]:
    """What rows say, wherever they were read, and the problems of reading them."""
    found: list[Problem] = []

    def rows(name: str, made: Callable[[Row], Fact]) -> tuple[Fact, ...]:
        notes = Notes(f"{name}.yaml")
        facts = tuple(made(row) for row in rows_of(name, notes))
        found.extend(notes.problems)
        return facts

    description = NetworkDescription(
        sources=rows("sources", _source),
        institutions=rows("institutions", _institution),
        ties=rows("ties", _tie),
        memberships=rows("memberships", _membership),
        themes=rows("themes", _theme),
        competences=rows("competences", _competence),
        contacts=rows("contacts", _contact),
    )
    return description, found


def _source(row: Row) -> SourceFact:
    return SourceFact(
        id=row.text("id"),
        title=row.text("title"),
        url=row.text("url"),
        as_of=row.text("as_of", ""),
        place=row.place,
    )


def _institution(row: Row) -> InstitutionFact:
    function = row.row("function")
    fact = InstitutionFact(
        id=row.text("id"),
        en=row.text("en"),
        lt=row.text("lt"),
        abbreviation=row.text("abbreviation", ""),
        sector=row.word("sector", Sector),
        duty=row.optional_word("duty", Duty),
        function_en=function.text("en", ""),
        function_lt=function.text("lt", ""),
        website=row.text("website", ""),
        email=row.text("email", ""),
        address=row.text("address", ""),
        code=row.text("code", ""),
        legal_basis=row.text("legal_basis", ""),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        former_names=tuple(map(_former_name, row.rows("former_names"))),
        facts=_aspects(row.row("facts")),
        place=row.place,
    )
    function.close()
    return fact


def _former_name(row: Row) -> FormerName:
    return FormerName(
        en=row.text("en"),
        lt=row.text("lt"),
        abbreviation=row.text("abbreviation", ""),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
    )


def _aspects(row: Row) -> tuple[AspectFact, ...]:
    return tuple(
        AspectFact(row.word_at(key, key, Aspect), _listed_backing(row, key))
        for key in row.keys
    )


def _listed_backing(row: Row, key: str) -> Backing:
    """`[standing, source, …]`, as an institution says it for each aspect."""
    standing, *sources = row.texts(key) or ("",)
    return Backing(row.word_at(key, standing, Standing), tuple(sources))


def _backing(row: Row) -> Backing:
    return Backing(row.word("standing", Standing), row.texts("sources"))


def _tie(row: Row) -> TieFact:
    return TieFact(
        kind=row.word("kind", TieKind),
        from_id=row.text("from"),
        to_id=row.text("to"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        backing=_backing(row),
        note=row.text("note", ""),
        place=row.place,
    )


def _membership(row: Row) -> MembershipFact:
    return MembershipFact(
        institution_id=row.text("institution"),
        kind=row.word("kind", MembershipKind),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        backing=_backing(row),
        note=row.text("note", ""),
        place=row.place,
    )


def _theme(row: Row) -> ThemeFact:
    words = row.row("keywords")
    return ThemeFact(
        slug=row.text("slug"),
        en=row.text("en"),
        lt=row.text("lt"),
        position=row.number("position"),
        mappings=tuple(_mappings(row.row("mappings"))),
        keywords=tuple(
            keyword
            for language in words.keys
            for keyword in _keywords(words.row(language), language)
        ),
        place=row.place,
    )


def _mappings(row: Row) -> Iterable[Mapping]:
    for key in row.keys:
        vocabulary = row.word_at(key, key, Vocabulary)
        yield from (Mapping(vocabulary, word) for word in row.texts(key))


def _keywords(row: Row, language: str) -> Iterable[Keyword]:
    for key in row.keys:
        strength = row.word_at(key, key, Strength)
        yield from (Keyword(text, language, strength) for text in row.texts(key))


def _competence(row: Row) -> CompetenceFact:
    return CompetenceFact(
        institution_id=row.text("institution"),
        theme=row.text("theme"),
        level=row.word("level", Level),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        backing=_backing(row),
        scope=row.text("scope", ""),
        place=row.place,
    )


def _contact(row: Row) -> ContactFact:
    return ContactFact(
        institution_id=row.text("institution"),
        title=row.text("title"),
        email=row.text("email"),
        language=row.text("language"),
        purpose=row.word("purpose", ContactPurpose),
        also=tuple(
            row.word_at("also", word, ContactPurpose) for word in row.texts("also")
        ),
        phone=row.text("phone", ""),
        position=row.number("position", 1),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        place=row.place,
    )
