"""Who may read a response: the circles of readers, and what its owner allows."""

from collections.abc import Iterable
from enum import StrEnum

CLOSED_SENTENCE = (
    "This EMN NCP has provided a response to the requesting EMN NCP. "
    "However, they have requested that it is not disseminated further."
)
"""What stands in the row of a response without wider dissemination.

Source: the printed compilations of 2016-2019, for instance the query on biometric
information of 30 May 2017, row Austria.
"""


class Audience(StrEnum):
    """A circle of readers; a wider word comes first: PUBLIC < ... < OFFICE."""

    PUBLIC = "public"
    NETWORK = "network"
    INSTITUTION = "institution"
    OFFICE = "office"

    @property
    def rank(self) -> int:
        """How close the circle is to the office; the public is 0."""
        return _CLOSENESS[self]

    def includes(self, needed: "Audience") -> bool:
        """May this circle read what at least `needed` may read?"""
        return self.rank >= needed.rank

    def __lt__(self, other: str) -> bool:
        return self.rank < Audience(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Audience(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Audience(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Audience(other).rank


_CLOSENESS = {audience: rank for rank, audience in enumerate(Audience)}


class Dissemination(StrEnum):
    """May the response travel further than to who asked? ASK is no till answered."""

    YES = "yes"
    ASK = "ask"
    NO = "no"

    @property
    def is_open(self) -> bool:
        """Is wider dissemination allowed?"""
        return self is Dissemination.YES

    @property
    def audience(self) -> Audience:
        """The widest circle that may read such a response."""
        return Audience.PUBLIC if self.is_open else Audience.INSTITUTION

    @property
    def strictness(self) -> int:
        """0 for yes, 1 for ask, 2 for no."""
        return _STRICTNESS[self]


_STRICTNESS = {word: rank for rank, word in enumerate(Dissemination)}


def strictest(disseminations: Iterable[Dissemination]) -> Dissemination:
    """The one that holds for a text made of all of them; NO where there is none."""
    ranked = sorted(disseminations, key=lambda word: word.strictness)
    return ranked[-1] if ranked else Dissemination.NO


def is_looser(proposed: Dissemination, than: Dissemination) -> bool:
    """Would `proposed` let the text travel further than `than` does?"""
    return proposed.strictness < than.strictness


def may_read(dissemination: Dissemination, audience: Audience) -> bool:
    """May that circle read a response with this dissemination?"""
    return audience.includes(dissemination.audience)


def visible_text(text: str, dissemination: Dissemination, audience: Audience) -> str:
    """The response as that circle reads it: its text, or the fixed sentence."""
    return text if may_read(dissemination, audience) else CLOSED_SENTENCE
