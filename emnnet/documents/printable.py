"""Characters that a file format cannot hold are taken out before it is written."""

import re

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


def printable(text: str) -> str:
    """`text` without control characters and halves of characters; lines end in \\n.

    Source of the rule: XML 1.0, production 2 (Char), which DOCX and XLSX obey.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", unified)


def one_line(text: str) -> str:
    """`text` as one printable line, every run of blank space one blank."""
    return " ".join(printable(text).split())
