"""Short names in addresses: what they may hold, and which ones are pages already."""

import re

LONGEST = 64
RESERVED = frozenset({"history", "new", "quality", "reorganise", "sources"})
"""Pages of keeping the network that stand where a body's would stand."""

_SLUG = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")


def is_slug(text: str) -> bool:
    """May it stand in an address? One rule for files and forms."""
    return len(text) <= LONGEST and _SLUG.fullmatch(text) is not None
