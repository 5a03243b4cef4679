"""A paragraph of a Word file as runs: bold, italic, code, links, line breaks."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from emnnet.documents.markdown_runs import tidy
from emnnet.documents.markdown_tree import Line, Run
from emnnet.documents.opening.word import FALLBACK
from emnnet.documents.opening.word_numbers import W, value
from emnnet.documents.word_form.parts import R, WordParts

_SKIPPED = frozenset(
    f"{W}{name}"
    for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText")
) | {FALLBACK}
_LETTERS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
}
_OFF = {"0", "false", "off", "none"}
_TYPEWRITERS = ("courier", "consolas", "liberation mono")
_STRONG = {"strong", "intense emphasis", "intense reference"}
_EMPHASIS = {"emphasis", "intense emphasis", "subtle emphasis"}


def line_of(paragraph: Element, parts: WordParts) -> Line:
    """What is written in a paragraph, in one form."""
    return tidy(_runs(paragraph, parts, Run("")))


def words_of(element: Element) -> str:
    """Only the words, as one line."""
    pieces = (
        child.text or "" if child.tag == f"{W}t" else " "
        for child in element.iter()
        if child.tag == f"{W}t" or child.tag in _LETTERS
    )
    return " ".join("".join(pieces).split())


def _runs(element: Element, parts: WordParts, manner: Run) -> Iterator[Run]:
    for child in element:
        if child.tag in _SKIPPED or _is_hidden(child):
            continue
        if child.tag == f"{W}r":
            yield from _runs(child, parts, _manner(child, parts, manner))
        elif child.tag == f"{W}hyperlink":
            href = parts.links.get(child.get(f"{R}id", ""), "")
            yield from _runs(child, parts, replace(manner, href=href))
        elif child.tag == f"{W}t":
            yield replace(manner, text=child.text or "")
        elif child.tag in _LETTERS:
            yield replace(manner, text=_LETTERS[child.tag])
        elif child.tag == f"{W}footnoteReference":
            yield from _note(child, parts)
        else:
            yield from _runs(child, parts, manner)


def _note(reference: Element, parts: WordParts) -> Iterator[Run]:
    """A footnote stands in brackets where it is called: Markdown has no notes."""
    note = parts.footnotes.get(reference.get(f"{W}id", ""))
    text = words_of(note) if note is not None else ""
    if text:
        yield Run(f" ({text})")


def _manner(run: Element, parts: WordParts, manner: Run) -> Run:
    properties, style = run.find(f"{W}rPr"), parts.run_style(run)
    if properties is None:
        return manner
    fonts = properties.find(f"{W}rFonts")
    font = (fonts.get(f"{W}ascii", "") if fonts is not None else "").lower()
    return replace(
        manner,
        bold=_on(properties, "b") or style in _STRONG,
        italic=_on(properties, "i") or style in _EMPHASIS,
        code=font.startswith(_TYPEWRITERS),
    )


def _is_hidden(element: Element) -> bool:
    properties = element.find(f"{W}rPr")
    return properties is not None and _on(properties, "vanish")


def _on(properties: Element, name: str) -> bool:
    found = properties.find(f"{W}{name}")
    return found is not None and (value(found) or "1") not in _OFF
