"""The network as one HTML file that opens offline: data, scripts and rules inside.

Its policy names each script and the rules by their hash and allows no host, so that
nothing else can run in it or be fetched by it. pyvis builds the data; its own template,
which loads scripts from foreign hosts, is not used.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from html import escape

from emnnet.graphs.light import light
from emnnet.graphs.network import Json
from emnnet.graphs.values import Drawing
from emnnet.graphs.words import drawing_words
from emnnet.paths import PACKAGE

_STATIC = PACKAGE / "static"
_SCRIPTS = (
    "vendor/vis-data-8.0.6/vis-data.min.js",
    "vendor/vis-network-10.1.5/vis-network.min.js",
)
_VIEWER = "js/network.mjs"
_TOKENS = (
    *("ink", "muted", "paper", "panel", "line", "rule", "focus", "due"),
    *("government", "ngo", "academia", "international", "judiciary"),
)


def network_html(
    data: Mapping[str, Json],
    drawing: Drawing,
    language: str = "en",
    *,
    title: str,
    source: str,
) -> str:
    """The page: drawing, search, and the same as a table. `data`: `network_data`."""
    style, scripts, viewer = (
        _style(),
        [_text(name) for name in _SCRIPTS],
        _text(_VIEWER),
    )
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"style-src {_hash(style)}; "
        f"script-src {' '.join(_hash(each) for each in (*scripts, viewer))}"
    )
    given = json.dumps(_offline(data), ensure_ascii=False).replace("<", "\\u003c")
    loaded = "".join(f"<script>{each}</script>" for each in scripts)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>"
        f"<h1>{escape(title)}</h1>"
        '<div class="network-frame" data-network role="group" '
        f'aria-label="{escape(title)}"></div>'
        '<p data-network-panel aria-live="polite"></p>'
        f"<table>{''.join(_rows(drawing, language))}</table>"
        f"<p>{escape(source)}</p>"
        f'<script type="application/json" id="network-data">{given}</script>'
        f'{loaded}<script type="module">{viewer}</script></body></html>\n'
    )


def _offline(data: Mapping[str, Json]) -> dict[str, Json]:
    """Without addresses: whoever opens the file may have no way to our host."""
    told = json.loads(json.dumps(data))
    for part in (*told["nodes"], *told["edges"]):
        part.pop("url", None)
    return dict(told)


def _rows(drawing: Drawing, language: str) -> Iterator[str]:
    words = drawing_words(language)
    names = {node.slug: node.full_name or node.label for node in drawing.nodes}
    for node in drawing.nodes:
        said = [names[node.slug], node.label, words.sector(node.sector)]
        yield _row(said)
    for edge in drawing.known_edges():
        count = words.queries.format(count=edge.count) if edge.count else edge.label
        tie = f"{words.tie(edge.kind)} {names[edge.target]}"
        said = [names[edge.source], tie, count]
        yield _row(said)


def _row(said: list[str]) -> str:
    head, *cells = (escape(each) for each in said)
    rest = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{head}</th>{rest}</tr>'


@cache
def _text(name: str) -> str:
    return (_STATIC / name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _style() -> str:
    tokens = "".join(f"--{name}:{light(name)};" for name in _TOKENS)
    return (
        f":root{{{tokens}}}body{{margin:1.5rem;"
        "font:15px/1.5 Inter,system-ui,sans-serif;color:var(--ink);"
        "background:var(--paper)}h1{font-size:1.5rem}"
        ".network-frame{position:relative;height:75vh;border:1px solid var(--rule);"
        "background:var(--panel);overflow:hidden}"
        ".network-frame:focus-within{outline:3px solid var(--focus)}"
        ".vis-tooltip{position:absolute;visibility:hidden;padding:.5rem .75rem;"
        "border:1px solid var(--rule);background:var(--panel);max-width:20rem;"
        "pointer-events:none;z-index:5}"
        "table{border-collapse:collapse;margin:1.5rem 0}"
        "th,td{text-align:left;font-weight:400;"
        "border-top:1px solid var(--rule);padding:.25rem 1rem .25rem 0;"
        "vertical-align:top}"
    )
