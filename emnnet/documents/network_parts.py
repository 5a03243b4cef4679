"""Tables that hold a part of a row: names and standings of bodies, words of themes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from emnnet.documents.yaml_rows import Row
from emnnet.domain.messages import _n
from emnnet.domain.network import (
    Aspect,
    AspectFact,
    Backing,
    FormerName,
    InstitutionFact,
    Keyword,
    NetworkDescription,
    Place,
    Standing,
    Strength,
    ThemeFact,
    Vocabulary,
)
from emnnet.domain.network import Mapping as Term
from emnnet.domain.network_problems import Problem, problem_at

Item = FormerName | AspectFact | Term | Keyword
Whole = TypeVar("Whole", InstitutionFact, ThemeFact)


@dataclass(frozen=True)
class Part:
    """One row: of whom, what, and where it stands."""

    of: str
    item: Item
    place: Place


def parts_of(table: str, rows: Iterable[Row]) -> Iterator[Part]:
    """The rows of such a table."""
    read = _READERS[table]
    owner = "theme" if table in {"mappings", "keywords"} else "institution"
    for row in rows:
        yield Part(row.text(owner), read(row), row.place)


def with_parts(
    description: NetworkDescription,
    standing: NetworkDescription,
    given: Mapping[str, list[Part]],
    *,
    fill: bool,
) -> tuple[NetworkDescription, list[Problem]]:
    """The description with the parts at their bodies and themes.

    A body or theme that only its parts name is taken as it stands. `fill`: themes
    come from a table that cannot hold words, so that theirs stay.
    """
    found: list[Problem] = []
    bodies, twice = _apart(description.institutions, lambda body: body.id)
    there = {body.id: body for body in standing.institutions}
    for part in (*given["former_names"], *given["facts"]):
        if part.of not in bodies and part.of not in there:
            text = _n("unknown institution: %(id)s")
            found.append(problem_at(part.place, text, id=part.of))
        else:
            body = bodies.get(part.of) or _bare_body(there[part.of], part.place)
            bodies[part.of] = _with_item(body, part.item)
    themes, more = _themes(description, standing, given, fill=fill)
    return (
        replace(description, institutions=(*bodies.values(), *twice), themes=themes),
        found + more,
    )


def _apart(
    rows: Iterable[Whole], name: Callable[[Whole], str]
) -> tuple[dict[str, Whole], list[Whole]]:
    """The rows by name, and those whose name stood before: they are told later on."""
    first: dict[str, Whole] = {}
    twice = [row for row in rows if first.setdefault(name(row), row) is not row]
    return first, twice


def _bare_body(body: InstitutionFact, place: Place) -> InstitutionFact:
    return replace(body, former_names=(), facts=(), place=place)


def _with_item(body: InstitutionFact, item: Item) -> InstitutionFact:
    if isinstance(item, FormerName):
        return replace(body, former_names=(*body.former_names, item))
    if isinstance(item, AspectFact):
        return replace(body, facts=(*body.facts, item))
    return body


def _themes(
    description: NetworkDescription,
    standing: NetworkDescription,
    given: Mapping[str, list[Part]],
    *,
    fill: bool,
) -> tuple[tuple[ThemeFact, ...], list[Problem]]:
    found: list[Problem] = []
    there = {theme.slug: theme for theme in standing.themes}
    themes, twice = _apart(description.themes, lambda theme: theme.slug)
    if fill:
        for slug in themes.keys() & there.keys():
            themes[slug] = replace(themes[slug], keywords=there[slug].keywords)
    for part in (*given["mappings"], *given["keywords"]):
        if part.of not in themes and part.of not in there:
            text = _n("unknown theme: %(id)s")
            found.append(problem_at(part.place, text, id=part.of))
        elif part.of not in themes:
            themes[part.of] = replace(there[part.of], mappings=(), place=part.place)
    for slug, theme in themes.items():
        themes[slug] = _with_words(theme, given)
    return (*themes.values(), *twice), found


def _with_words(theme: ThemeFact, given: Mapping[str, list[Part]]) -> ThemeFact:
    terms = [part.item for part in given["mappings"] if part.of == theme.slug]
    words = [part.item for part in given["keywords"] if part.of == theme.slug]
    more = tuple(item for item in terms if isinstance(item, Term))
    told = tuple(item for item in words if isinstance(item, Keyword))
    return replace(
        theme, mappings=(*theme.mappings, *more), keywords=told or theme.keywords
    )


def _former_name(row: Row) -> FormerName:
    return FormerName(
        en=row.text("en"),
        lt=row.text("lt"),
        abbreviation=row.text("abbreviation", ""),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
    )


def _fact(row: Row) -> AspectFact:
    backing = Backing(row.word("standing", Standing), row.texts("sources"))
    return AspectFact(row.word("aspect", Aspect), backing)


def _term(row: Row) -> Term:
    return Term(row.word("vocabulary", Vocabulary), row.text("word"))


def _keyword(row: Row) -> Keyword:
    strength = row.word("strength", Strength)
    return Keyword(row.text("text"), row.text("language"), strength)


_READERS: dict[str, Callable[[Row], Item]] = {
    "former_names": _former_name,
    "facts": _fact,
    "mappings": _term,
    "keywords": _keyword,
}
