"""The tokens can be read in both themes (WCAG 1.4.3 text 4.5, 1.4.11 controls 3)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "emnnet" / "static" / "css"
TEXT, GRAPHIC = 4.5, 3.0
SURFACES = ("paper", "panel", "sunk")
STATES = ("due", "late", "done", "wait")
SECTORS = ("government", "ngo", "academia", "international", "judiciary")


def _blocks(text: str) -> list[dict[str, str]]:
    """The tokens of the blocks with colours: light, dark by system, by choice."""
    bodies = re.findall(r":root[^{]*\{([^{}]*--ink:[^{}]*)\}", text)
    return [dict(re.findall(r"--([\w-]+):\s*([^;]+);", body)) for body in bodies]


LIGHT, DARK_BY_SYSTEM, DARK_BY_CHOICE = _blocks((CSS / "tokens.css").read_text("utf-8"))
THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK_BY_CHOICE, id="dark")]

PAIRS = [
    *((text, on, TEXT) for text in ("ink", "muted", "blue") for on in SURFACES),
    *((state, on, TEXT) for state in STATES for on in (*SURFACES, f"{state}-wash")),
    *(("ink", f"{state}-wash", TEXT) for state in STATES),
    *(("muted", f"{state}-wash", TEXT) for state in STATES),
    *(("blue", f"{state}-wash", TEXT) for state in STATES),
    *(("late", on, TEXT) for on in ("late-wash",)),
    ("ink", "blue-wash", TEXT),
    ("muted", "blue-wash", TEXT),
    ("blue", "blue-wash", TEXT),
    ("ink", "mark", TEXT),
    ("on-blue", "blue", TEXT),
    ("on-blue", "blue-strong", TEXT),
    *((sector, on, GRAPHIC) for sector in SECTORS for on in SURFACES),
    *(("line", on, GRAPHIC) for on in SURFACES),
    *(("focus", on, GRAPHIC) for on in SURFACES),
]


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_that_meets_on_a_page_has_contrast(theme):
    poor = {
        f"{text} on {on}": round(_contrast(theme[text], theme[on]), 2)
        for text, on, least in PAIRS
        if _contrast(theme[text], theme[on]) < least
    }
    assert poor == {}


def test_dark_is_the_same_by_system_and_by_choice():
    assert DARK_BY_SYSTEM == DARK_BY_CHOICE


def test_dark_changes_every_colour_of_light():
    colours = {name for name, value in LIGHT.items() if value.startswith("#")}
    assert {
        name for name in DARK_BY_CHOICE if name not in {"shade", "float"}
    } == colours


def test_only_the_tokens_name_colours():
    """Paper is black on white, so print.css may."""
    named = {
        sheet.name: re.findall(
            r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)", sheet.read_text("utf-8")
        )
        for sheet in CSS.glob("*.css")
        if sheet.name not in {"tokens.css", "print.css"}
    }
    assert {name: colours for name, colours in named.items() if colours} == {}


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, as WCAG 2 defines it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
