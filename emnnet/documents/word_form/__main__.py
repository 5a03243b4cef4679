"""The process that reads one form: its bytes on standard input, JSON out."""

from typing import Any

from emnnet.documents.opening.serving import serve
from emnnet.documents.word_form.reading import read_form
from emnnet.domain.word_form import as_plain


def _read(data: bytes, _filename: str) -> dict[str, Any]:
    return as_plain(read_form(data))


if __name__ == "__main__":
    serve(_read)
