"""The process that opens one document: its bytes on standard input, JSON out."""

from typing import Any

from emnnet.documents.opening.opener import open_document
from emnnet.documents.opening.serving import plain, serve


def _shown(data: bytes, filename: str) -> dict[str, Any]:
    opened = open_document(data, filename)
    return {
        "text": opened.text,
        "kind": opened.kind,
        "attachment_names": opened.attachment_names,
        "warnings": [plain(warning) for warning in opened.warnings],
    }


if __name__ == "__main__":
    serve(_shown)
