"""An empty network for another country: files with comments that say what to write."""

from dataclasses import replace
from string import Template

from emnnet.documents.network_cells import local_key
from emnnet.documents.network_yaml import network_yaml
from emnnet.domain.network import NetworkDescription, ThemeFact
from emnnet.paths import DATA


def first_files(country: str, themes: tuple[ThemeFact, ...]) -> dict[str, str]:
    """The files by name: nothing in them but comments and the themes in English.

    `country` is the ISO code of the country, two capital letters.
    """
    english = tuple(
        replace(
            theme,
            lt=theme.en,
            keywords=tuple(word for word in theme.keywords if word.language == "en"),
            mappings=tuple(m for m in theme.mappings if m.vocabulary != "emn_lt"),
        )
        for theme in themes
    )
    local = local_key(country)
    files = network_yaml(NetworkDescription(themes=english), local)
    head = _words("country")
    filled = {"country": country, "local": local}
    return {name: _file(name, text, head, filled) for name, text in files.items()}


def _file(name: str, text: str, head: str, filled: dict[str, str]) -> str:
    """The first line of a saved file gives way to what a beginner wants to know."""
    words = Template(head + _words(name.removesuffix(".yaml"))).substitute(filled)
    return words + text.partition("\n")[2]


def _words(name: str) -> str:
    return (DATA / "empty" / f"{name}.txt").read_text(encoding="utf-8")
