"""Static files: an address that names their content may be kept for a year.

`url_for("static", …)` gets `?v=` with a digest of the file. Vendored files carry their
version in the name of their folder. A module that other modules import keeps its plain
address, for that is how they ask for it, and under two addresses it would run twice.
"""

import os
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request

FOR_EVER = "public, max-age=31536000, immutable"
VENDORED = re.compile(r"vendor/[\w.-]+-\d[\w.]*/.")
_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']\./([\w-]+\.mjs)["']""")
_DIGITS = 12


def init_app(app: Flask) -> None:
    """Name the content in addresses, and let browsers keep what is named."""
    app.url_defaults(add_version)
    app.after_request(let_keep)


def add_version(endpoint: str, values: dict[str, Any]) -> None:
    """Put the digest of a static file into its address."""
    if endpoint != "static" or "v" in values:
        return
    version = version_of(values["filename"])
    if version is not None:
        values["v"] = version


def version_of(name: str) -> str | None:
    """The digest of a file of ours; None for vendored, imported and missing ones."""
    folder = current_app.static_folder or ""
    if VENDORED.match(name) or name in imported(folder):
        return None
    file = f"{folder}/{name}"
    try:
        found = os.stat(file)
    except OSError:
        return None
    return _digest(file, found.st_mtime_ns, found.st_size)


@lru_cache
def imported(folder: str) -> frozenset[str]:
    """The modules that others import, as the scripts stood at the start."""
    texts = (file.read_text("utf-8") for file in Path(folder).glob("js/*.mjs"))
    return frozenset(f"js/{name}" for text in texts for name in _IMPORT.findall(text))


@lru_cache(maxsize=512)
def _digest(file: str, _changed: int, _size: int) -> str:
    return sha256(Path(file).read_bytes()).hexdigest()[:_DIGITS]


def is_file(response: Response) -> bool:
    """Is it a static file, and no page that says there is none?"""
    return request.endpoint == "static" and response.status_code in {200, 206, 304}


def let_keep(response: Response) -> Response:
    """For a year what its address names; anything else is asked for again."""
    if is_file(response):
        name = (request.view_args or {})["filename"]
        named = request.args.get("v")
        if VENDORED.match(name) or (named and named == version_of(name)):
            response.headers["Cache-Control"] = FOR_EVER
    return response
