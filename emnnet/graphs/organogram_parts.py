"""Boxes and lines of the organogram as SVG elements; every text is escaped here."""

from html import escape
from urllib.parse import quote

from emnnet.graphs.boxes import (
    PADDING,
    SMALL_LEADING,
    STRONG_LEADING,
    WIDTH,
    Box,
    drawable,
)
from emnnet.graphs.layout import Layout, Point
from emnnet.graphs.shapes import MARK, mark_path
from emnnet.graphs.values import FOUND, NCP, PARTNER, Look, Node
from emnnet.graphs.words import DrawingWords

MARGIN = 8
"""Pixels around everything."""

_INDENT = MARK + 6
_BAR = 5
_NCP_WIDTH, _NCP_HEIGHT = 30, 15


def opening(layout: Layout, look: Look) -> str:
    """The opening tag; a group, because a picture would hide its links."""
    width = round(layout.width + 2 * MARGIN)
    height = round(layout.height + 2 * MARGIN)
    wide, high = (round(side * look.zoom / 100) for side in (width, height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="organogram" '
        f'role="group" width="{wide}" height="{high}" '
        f'viewBox="{-MARGIN} {-MARGIN} {width} {height}">'
    )


def body_svg(
    node: Node,
    box: Box,
    middle: Point,
    words: DrawingWords,
    address: str,
    *,
    facts: str = "",
) -> str:
    """One body: a link with a box, the mark of its sector, its names.

    `facts` are further attributes, already escaped.
    """
    left, top = middle[0] - WIDTH / 2, middle[1] - box.height / 2
    classes = ["body", f"sector-{node.sector}", *sorted(f"is-{m}" for m in node.marks)]
    href = address.format(slug=quote(node.slug, safe=""))
    return (
        f'<a class="{escape(" ".join(classes))}" href="{escape(href)}" '
        f'id="organogram-{escape(node.slug)}" transform="translate({left:g} {top:g})"'
        f"{facts}>"
        f"<title>{escape(_said(node, words))}</title>"
        f'<rect class="box" width="{WIDTH}" height="{box.height}" rx="5"></rect>'
        f"{_bar(node, box)}"
        f'<path class="mark" transform="translate({PADDING} {PADDING})" '
        f'd="{mark_path(node.sector)}"></path>{_lines(box)}{_ncp(node, words)}</a>'
    )


def _said(node: Node, words: DrawingWords) -> str:
    name = drawable(node.full_name) or drawable(node.label)
    label = drawable(node.label)
    short = f" ({label})" if label and label != name else ""
    facts = [f"{name}{short}", words.sector(node.sector)]
    facts += [words.partner] if PARTNER in node.marks else []
    facts += [words.ncp] if NCP in node.marks else []
    said = ", ".join(facts)
    said = f"{said}, {words.found}" if FOUND in node.marks else said
    return f"{said}. {drawable(node.title)}" if node.title else said


def _bar(node: Node, box: Box) -> str:
    """A partner's box has a full edge: seen without colour too."""
    if PARTNER not in node.marks:
        return ""
    return (
        f'<path class="bar" d="M5 0H{_BAR}V{box.height}H5A5 5 0 0 1 0 {box.height - 5}'
        'V5A5 5 0 0 1 5 0Z"></path>'
    )


def _ncp(node: Node, words: DrawingWords) -> str:
    if NCP not in node.marks:
        return ""
    left, middle = WIDTH - _NCP_WIDTH - 7, 7 + _NCP_HEIGHT / 2
    return (
        f'<rect class="tag" x="{left}" y="7" width="{_NCP_WIDTH}" '
        f'height="{_NCP_HEIGHT}" rx="3"></rect><text class="tag-word" '
        f'x="{left + _NCP_WIDTH / 2:g}" y="{middle + 3.5:g}">{words.ncp_tag}</text>'
    )


def _lines(box: Box) -> str:
    y, texts = PADDING - 4, []
    for line in box.strong:
        y += STRONG_LEADING
        x = PADDING + _INDENT
        texts.append(f'<text class="name" x="{x}" y="{y - 2}">{escape(line)}</text>')
    for line in box.small:
        y += SMALL_LEADING
        texts.append(f'<text class="full" x="{PADDING}" y="{y}">{escape(line)}</text>')
    return "".join(texts)
