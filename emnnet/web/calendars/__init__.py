"""The calendars that days are counted in: shown, changed, taken in from elsewhere."""

from emnnet.web.calendars import changing, offering, routes
from emnnet.web.calendars.blueprint import bp

__all__ = ["bp", "changing", "offering", "routes"]
