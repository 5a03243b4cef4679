"""Short names for addresses, made of what a body is called."""

import re
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.slugs import RESERVED
from emnnet.models.institution import Institution
from emnnet.words import fold

LONGEST = 48


def free_slug(session: Session, words: str) -> str:
    """A short name that no body has yet: "MIGRIS LT" becomes "migris-lt"."""
    plain = "-".join(re.findall(r"[a-z0-9]+", fold(words)))[:LONGEST].strip("-")
    first = plain or "body"
    tries = (first if n == 1 else f"{first}-{n}" for n in count(1))
    taken = set(session.scalars(select(Institution.slug)))
    return next(one for one in tries if one not in taken | RESERVED)
