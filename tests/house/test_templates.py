"""Templates hold no code of their own and say what they are given."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [file for file in TEMPLATES if "email" not in file.parts]
SCRIPTS = sorted((ROOT / "emnnet" / "static" / "js").glob("*"))

INLINE = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style\b",
    "a handler": r"\son[a-z]+\s*=\s*[\"']",
    "a script without a source": r"<script(?![^>]*\b(src=|application/json))[^>]*>",
    "an address of code": r"(href|src|action)\s*=\s*[\"']\s*javascript:",
    "a foreign file": r"<(script|link|img|use)\b[^>]*(src|href)\s*=\s*[\"']https?:",
}


def test_no_template_holds_inline_code():
    found = [
        f"{_name(file)}: {what}"
        for file in PAGES
        for what, pattern in INLINE.items()
        if re.search(pattern, file.read_text("utf-8"))
    ]
    assert found == []


def test_the_first_line_of_every_template_names_its_context():
    silent = [_name(file) for file in TEMPLATES if not _names_context(file)]
    assert silent == []


def test_every_page_and_macro_file_is_short():
    long = {_name(file): _lines(file) for file in TEMPLATES if _lines(file) > 300}
    assert long == {}


def test_every_script_is_one_small_module():
    strange = [file.name for file in SCRIPTS if file.suffix != ".mjs"]
    long = [file.name for file in SCRIPTS if _lines(file) > 300]
    assert (strange, long) == ([], [])


def test_scripts_never_make_code_or_markup_out_of_text():
    bad = re.compile(
        r"\beval\(|new Function\(|\.innerHTML\s*=|\.style\.cssText|insertAdjacentHTML"
    )
    assert [file.name for file in SCRIPTS if bad.search(file.read_text("utf-8"))] == []


def test_texts_of_the_page_pass_through_gettext():
    """Labels for the ear are the ones that get forgotten."""
    plain = re.compile(r"""\b(aria-label|title|placeholder|alt)="([A-Za-z][^"{]*)\"""")
    found = [
        f"{_name(file)}: {text}"
        for file in PAGES
        for _, text in plain.findall(file.read_text("utf-8"))
        if text != "emnnet"
    ]
    assert found == []


def _names_context(file: Path) -> bool:
    opening = re.match(r"\{#-?(.*?)-?#\}", file.read_text("utf-8"), re.DOTALL)
    return opening is not None and "Context:" in opening.group(1)


def _name(file: Path) -> str:
    return file.relative_to(ROOT / "templates").as_posix()


def _lines(file: Path) -> int:
    return file.read_text("utf-8").count("\n")
