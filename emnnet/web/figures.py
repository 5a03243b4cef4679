"""Figures as the reader's language writes them: 8.6 %, or 8,6 %."""

import re

from flask_babel import format_decimal, get_locale

_POINT = re.compile(r"(?<=\d)\.(?=\d)")
NO_BREAK = "\u00a0"


def figure(value: float, digits: int = 1, *, signed: bool = False) -> str:
    """With so many digits after the point; `signed`: with its plus."""
    zeros = "0" * digits
    number = f"#,##0.{zeros}"
    written = str(format_decimal(value, f"+{number};-{number}" if signed else number))
    nothing = signed and round(value, digits) == 0
    return written.lstrip("+-") if nothing else written


def with_figures(sentence: str) -> str:
    """A sentence whose only points within numbers are decimal ones."""
    kept = sentence.replace(" %", f"{NO_BREAK}%")
    return _POINT.sub(",", kept) if str(get_locale()) == "lt" else kept
