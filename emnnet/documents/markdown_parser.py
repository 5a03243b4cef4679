"""The one reading of Markdown: what partners write means the same everywhere."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from emnnet.documents.printable import printable

LONGEST_LINE = 20_000
"""Characters a line may have and be searched for marks; longer ones stay plain."""

_SCHEMES = frozenset({"http", "https", "mailto"})
_ADDRESS = re.compile(r"https?://[^\s<>\"“”„]+")
_AFTER_ADDRESS = ".,;:!?'’)]}*_"
# "[1]: word" must not vanish, indented text is no code, "Text\n---" no heading.
_LEFT_OUT = ["reference", "code", "lheading", "image", "html_block", "html_inline"]


def parse(text: str) -> list[Token]:
    """The tokens of `text`. HTML stays text; a line without end is not searched."""
    clean = printable(text)
    if any(len(line) > LONGEST_LINE for line in clean.split("\n")):
        return _plain(clean)
    return _parser().parse(clean)


def render(text: str) -> str:
    """The HTML of `text`, all that is not Markdown escaped; not yet sanitised."""
    parser = _parser()
    return str(parser.renderer.render(parse(text), parser.options, {}))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.enable("table").disable(_LEFT_OUT)
    parser.validateLink = may_link  # type: ignore[method-assign, assignment]
    parser.core.ruler.push("bare_addresses", _link_bare_addresses)
    return parser


def may_link(address: str) -> bool:
    """May `address` become a link? Only the web and mail may."""
    try:
        parts = urlsplit(address)
        named = parts.path if parts.scheme == "mailto" else parts.hostname
        return bool(named) and parts.scheme in _SCHEMES and parts.port != 0
    except ValueError:
        return False


def _plain(text: str) -> list[Token]:
    """`text` as one paragraph in which nothing is a mark."""
    inline = Token("inline", "", 0, children=list(_lines(text)), content=text)
    return [Token("paragraph_open", "p", 1), inline, Token("paragraph_close", "p", -1)]


def _lines(text: str) -> Iterator[Token]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Token("hardbreak", "br", 0)
        yield Token("text", "", 0, content=line)


def _link_bare_addresses(state: StateCore) -> None:
    """Turn "https://…" that stands in a text into a link, as people expect it."""
    for token in state.tokens:
        if token.type == "inline" and "://" in token.content:
            token.children = list(_with_links(token.children or []))


def _with_links(children: list[Token]) -> Iterator[Token]:
    inside = 0
    for child in children:
        inside += child.nesting if child.type.startswith("link_") else 0
        if child.type == "text" and not inside:
            yield from _cut(child.content)
        else:
            yield child


def _cut(text: str) -> Iterator[Token]:
    """`text` in pieces: plain, link, plain, …"""
    at = 0
    for found in _ADDRESS.finditer(text):
        address = found.group().rstrip(_AFTER_ADDRESS)
        target = normalizeLink(address)
        if not may_link(target):
            continue
        yield Token("text", "", 0, content=text[at : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": target})
        yield Token("text", "", 0, content=address)
        yield Token("link_close", "a", -1)
        at = found.start() + len(address)
    yield Token("text", "", 0, content=text[at:])
