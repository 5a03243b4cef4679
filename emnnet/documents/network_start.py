"""An empty network for another country: files with comments that say what to write."""

from dataclasses import replace

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
    files = network_yaml(NetworkDescription(themes=english))
    head = _words("country").format(country=country)
    return {name: _file(name, text, head) for name, text in files.items()}


def _file(name: str, text: str, head: str) -> str:
    """The first line of a saved file gives way to what a beginner wants to know."""
    return head + _words(name.removesuffix(".yaml")) + text.partition("\n")[2]


def _words(name: str) -> str:
    return (DATA / "empty" / f"{name}.txt").read_text(encoding="utf-8")
