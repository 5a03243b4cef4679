"""The drawing as a file of its own: colours inside, a title above, a source below.

The colours are those of the light theme, written out: many programs that open SVG know
no variables. Links must be whole addresses already.
"""

import re
from functools import cache
from html import escape

from emnnet.paths import PACKAGE

_STYLES = PACKAGE / "static" / "css"
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}")
_TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
_MARGIN, _HEAD, _FOOT = 24, 56, 40


def standalone(svg: str, *, title: str, source: str) -> str:
    """`svg` of `organogram_svg` with title, source line, ground and style."""
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("not one of our drawings")
    width, height = (int(size) for size in found.groups())
    whole_width = width + 2 * _MARGIN
    whole_height = height + _HEAD + _FOOT + _MARGIN
    placed = svg.replace("<svg ", f'<svg x="{_MARGIN}" y="{_MARGIN + _HEAD}" ', 1)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" class="organogram" '
        f'width="{whole_width}" height="{whole_height + _MARGIN}" '
        f'viewBox="0 0 {whole_width} {whole_height + _MARGIN}">'
        f"<title>{escape(title)}</title><style>{style()}</style>"
        f'<rect class="ground" width="100%" height="100%"></rect>'
        f'<text class="heading" x="{_MARGIN + 8}" y="{_MARGIN + 26}">{escape(title)}'
        f"</text>{placed}"
        f'<text class="source" x="{_MARGIN + 8}" y="{whole_height}">{escape(source)}'
        "</text></svg>\n"
    )


@cache
def style() -> str:
    """The rules of the drawing with every variable filled in."""
    tokens = _light_tokens()
    rules = [
        f"{selector}{{{body}}}"
        for selector, body in [*_rules("parts", ".sector-"), *_rules("diagrams", ".o")]
    ]
    own = (
        ".organogram .ground{fill:var(--panel)}"
        ".organogram .heading{font-size:21px;font-weight:600}"
        ".organogram .source,.organogram .legend-word"
        "{font-size:12px;fill:var(--muted)}"
    )
    return _filled("".join(rules) + own, tokens)


def _filled(text: str, tokens: dict[str, str]) -> str:
    """`text` with the values of the variables; a value may name another one."""
    while _VARIABLE.search(text):
        text = _VARIABLE.sub(lambda found: tokens[found[1]], text)
    return text


def _rules(sheet: str, start: str) -> list[tuple[str, str]]:
    """The rules of a sheet whose selector starts so; no hover, no focus, no print."""
    text = _COMMENT.sub("", (_STYLES / f"{sheet}.css").read_text("utf-8"))
    found = (
        (" ".join(selector.split()), " ".join(body.split()))
        for selector, body in _RULE.findall(_MEDIA.sub("", text))
    )
    return [(s, b) for s, b in found if s.startswith(start) and ":" not in s]


def _light_tokens() -> dict[str, str]:
    text = _COMMENT.sub("", (_STYLES / "tokens.css").read_text("utf-8"))
    root = text.partition(":root {")[2].partition("}")[0]
    return {name: " ".join(value.split()) for name, value in _TOKEN.findall(root)}
