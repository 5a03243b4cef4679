"""A layout that somebody arranged in the drawing, as it comes from the browser."""

import json
from math import isfinite

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n
from emnnet.selectors.layouts import Places

MOST_BODIES = 1_000
LONGEST = 100_000  # letters
FARTHEST = 100_000  # pixels from the middle

BROKEN = _n("The layout could not be read. Open the page again and arrange it anew.")


def read_places(text: str, known: set[str]) -> Places:
    """The places of bodies that are drawn, from {"slug": [x, y]}; others are left out.

    Raises `DomainError` for anything else.
    """
    if len(text) > LONGEST:
        raise DomainError(BROKEN)
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DomainError(BROKEN) from error
    if not isinstance(given, dict) or not 0 < len(given) <= MOST_BODIES:
        raise DomainError(BROKEN)
    places = {slug: _place(pair) for slug, pair in given.items()}
    return {slug: place for slug, place in places.items() if slug in known}


def _place(pair: object) -> tuple[float, float]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise DomainError(BROKEN)
    for value in pair:
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        if not plain or not isfinite(value) or abs(value) > FARTHEST:
            raise DomainError(BROKEN)
    return float(pair[0]), float(pair[1])
