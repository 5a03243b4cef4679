"""The response in the form of the EMN, as a PDF that screen readers can read."""

import json
from pathlib import Path

from emnnet.child import Limits, run_child
from emnnet.documents.font_coverage import drawable
from emnnet.documents.pdf_tree import pdf_data
from emnnet.documents.response import ResponseDocument
from emnnet.paths import FONTS, folder

_CHILD = Path(__file__).with_name("typst_child.py")
_LIMITS = Limits(seconds=15, megabytes=1024)


def response_pdf(document: ResponseDocument) -> bytes:
    """`document` as PDF/UA-1, drawn with our own fonts in a process of its own.

    Raises `ChildFailed` after 15 s or 1024 MB.
    """
    template = folder("templates") / "documents" / "response.typ"
    order = {
        "template": str(template),
        "fonts": str(FONTS),
        "data": drawable(pdf_data(document), FONTS),
        "moment": int(document.generated_at.timestamp()),
    }
    return run_child(_CHILD, json.dumps(order).encode(), _LIMITS)
