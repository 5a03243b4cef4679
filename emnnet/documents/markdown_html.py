"""Markdown as HTML that may stand in a page."""

import nh3

from emnnet.documents.markdown_parser import render

_RUNS = {"a", "br", "code", "em", "strong"}
_BLOCKS = {"p", "h3", "h4", "h5", "h6", "blockquote", "hr", "li", "ol", "pre", "ul"}
_TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_HEADINGS = {1: 3, 2: 4, 3: 5, 4: 6, 5: 6, 6: 6}
"""A page has its own first and second level; a text begins at the third."""


def safe_html(text: str) -> str:
    """`text` (Markdown) as HTML: no foreign tag, no script, no style, only web links.

    Written HTML is shown as text; links carry rel="nofollow noopener".
    """
    return nh3.clean(
        _lowered(render(text)),
        tags=_RUNS | _BLOCKS | _TABLES,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener",
    )


def _lowered(html: str) -> str:
    """Headings two levels down, deepest first so that none is moved twice."""
    for level in sorted(_HEADINGS, reverse=True):
        target = _HEADINGS[level]
        html = html.replace(f"<h{level}>", f"<h{target}>")
        html = html.replace(f"</h{level}>", f"</h{target}>")
    return html
