"""The style of a drawing that is a file of its own.

The colours are those of the light theme, written out: many programs that open SVG know
no variables.
"""

import re
from functools import cache

from emnnet.paths import PACKAGE

_STYLES = PACKAGE / "static" / "css"
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}")
_TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


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
