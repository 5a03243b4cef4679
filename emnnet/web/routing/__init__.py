"""Who is asked what, by when: the grid, the letters before they leave, one cell."""

# ruff: noqa: F401 -- the views stand in several files; importing them registers them
import emnnet.web.routing.cells
import emnnet.web.routing.letters
import emnnet.web.routing.routes
from emnnet.web.routing.blueprint import bp

__all__ = ["bp"]
