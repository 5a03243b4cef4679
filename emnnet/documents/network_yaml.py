"""A description of the network, written as the folder of YAML files it is read from."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from emnnet.documents.network_cells import (
    LITHUANIAN,
    Cell,
    Cells,
    cells_in,
    former_name,
    institution,
    rows_of,
    theme,
)
from emnnet.domain.network import (
    AspectFact,
    InstitutionFact,
    NetworkDescription,
    ThemeFact,
)

Item = TypeVar("Item")

WORDS = {"sector", "duty", "kind", "level", "standing", "purpose", "position", "also"}
"""Words of the program stand without quotes; everything of people stands in them."""

HEADS = {
    "sources": "Public documents that facts are taken from. as_of: when it was read.",
    "institutions": (
        "The bodies. facts: aspect: [standing, source, …]; "
        "function, legal_basis and days where they are known."
    ),
    "ties": 'What the bodies are to each other; read a row as "from is kind to".',
    "memberships": "Who is in the national network, as what, since when.",
    "themes": "The controlled main themes, their words elsewhere and in questions.",
    "competences": "Who leads or contributes on which theme.",
    "contacts": "Whom the office writes to: not for publication.",
}
FLAT = ("sources", "ties", "memberships", "competences", "contacts")


def network_yaml(
    description: NetworkDescription, local: str = LITHUANIAN
) -> dict[str, str]:
    """The files by name; reading them gives the description again.

    `local` is the key of what is in the language of the country: see `local_key`.
    """
    bodies = (_institution(one, local) for one in description.institutions)
    files = {
        "sources": _flat(description, "sources"),
        "institutions": _blocks(bodies),
        **{name: _flat(description, name) for name in FLAT[1:]},
        "themes": _blocks(_theme(one, local) for one in description.themes),
    }
    return {
        f"{name}.yaml": f"# {HEADS[name]}\n{name}:{body or ' []'}\n"
        for name, body in files.items()
    }


def quoted(text: str) -> str:
    """A text in double quotes, so that YAML makes nothing else of it."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if letter == " " or letter.isprintable():
        return letter
    number = ord(letter)
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _flat(description: NetworkDescription, table: str) -> str:
    return "".join(
        f"\n  - {{{_pairs(cells)}}}" for cells in rows_of(description, table)
    )


def _pairs(cells: Cells) -> str:
    return ", ".join(f"{key}: {_value(key, cell)}" for key, cell in cells.items())


def _value(key: str, cell: Cell) -> str:
    if isinstance(cell, tuple):
        return "[" + ", ".join(_value(key, each) for each in cell) + "]"
    return cell if key in WORDS else quoted(cell)


def _blocks(rows: Iterable[Iterator[str]]) -> str:
    return "".join(
        "\n  - " + next(lines) + "".join(f"\n    {line}" for line in lines)
        for lines in rows
    )


def _institution(fact: InstitutionFact, local: str) -> Iterator[str]:
    cells = cells_in(local, institution(fact))
    functions = {key: cells.pop(key) for key in list(cells) if "." in key}
    for key, cell in cells.items():
        yield f"{key}: {_value(key, cell)}"
    if functions:
        yield "function:"
        for key, cell in functions.items():
            yield f"  {key.partition('.')[2]}: {_value(key, cell)}"
    if fact.former_names:
        yield "former_names:"
        for name in fact.former_names:
            yield f"  - {{{_pairs(cells_in(local, former_name(name)))}}}"
    if fact.facts:
        yield f"facts: {{{', '.join(map(_aspect, fact.facts))}}}"


def _aspect(fact: AspectFact) -> str:
    words = [fact.backing.standing.value, *map(quoted, fact.backing.sources)]
    return f"{fact.aspect}: [{', '.join(words)}]"


def _theme(fact: ThemeFact, local: str) -> Iterator[str]:
    for key, cell in cells_in(local, theme(fact)).items():
        yield f"{key}: {_value(key, cell)}"
    if fact.mappings:
        known = _grouped((one.vocabulary.value, one.word) for one in fact.mappings)
        yield f"mappings: {{{_lists(known)}}}"
    if fact.keywords:
        yield "keywords:"
        for language, words in _grouped((w.language, w) for w in fact.keywords).items():
            strengths = _grouped((word.strength.value, word.text) for word in words)
            yield f"  {quoted(language)}: {{{_lists(strengths)}}}"


def _lists(groups: Mapping[str, list[str]]) -> str:
    return ", ".join(
        f"{key}: [{', '.join(map(quoted, texts))}]" for key, texts in groups.items()
    )


def _grouped(pairs: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    groups: dict[str, list[Item]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return groups
