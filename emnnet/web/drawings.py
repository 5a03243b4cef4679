"""Drawings for pages: kept in a folder, and done without where Graphviz fails."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from flask import current_app, url_for

from emnnet.child import ChildFailed
from emnnet.graphs.cache import FOLDER, DrawingCache

Drawn = TypeVar("Drawn")

log = logging.getLogger(__name__)


def drawing_cache() -> DrawingCache:
    """What was drawn before, under the instance's folder."""
    return DrawingCache(Path(current_app.instance_path) / FOLDER)


def drawn(draw: Callable[[], Drawn]) -> Drawn | None:
    """What `draw` gives, or None when it failed or took too long; the log says why."""
    try:
        return draw()
    except ChildFailed:
        log.exception("not drawn")
        return None


def body_address(as_of: str | None, *, external: bool = False) -> str:
    """Where the page of a body lies, with {slug} in place of its slug."""
    page = url_for("institutions.index", _external=external)
    return f"{page}/{{slug}}" + (f"?as_of={as_of}" if as_of else "")
