"""Registering: what arrived is read, looked at, corrected and registered."""

# ruff: noqa: F401 -- the views stand in several files; importing them registers them
import emnnet.web.intakes.arriving
import emnnet.web.intakes.registering
from emnnet.web.intakes.blueprint import bp

__all__ = ["bp"]
