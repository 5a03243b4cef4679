"""The original text in pieces: which were read, and into which fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from emnnet.domain.reading.values import Found, Passage, ReadQuery

FIELDS = (
    "title",
    "printed_title",
    "requester",
    "originator",
    "launched_on",
    "reply_by",
    "compiled_on",
    "theme",
    "background",
    "respondents",
    "stated_total",
    "disclaimer",
)
LARGE = {"background", "disclaimer", "respondents"}


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; `names` are the fields read from it."""

    text: str
    names: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()  # of the fields that begin here

    @property
    def is_large(self) -> bool:
        """Was it read as a long field only? Such pieces are marked more quietly."""
        return all(name in LARGE for name in self.names)


def passages(read: ReadQuery) -> dict[str, Passage]:
    """Where each field stands, by its name; questions as question-0, question-1 …"""
    places: dict[str, Passage] = {}
    for name in FIELDS:
        found: Found[object] | None = getattr(read, name)
        if found is not None and found.passage is not None:
            places[name] = found.passage
    for place, question in enumerate(read.questions):
        places[f"question-{place}"] = question.passage
    return places


def pieces(text: str, places: dict[str, Passage]) -> list[Piece]:
    """The whole text, cut where a passage begins or ends; none is lost or doubled."""
    within = {name: place for name, place in places.items() if _fits(place, text)}
    ends = {0, len(text)}
    for place in within.values():
        ends |= {place.start, place.end}
    cuts = sorted(ends)
    return list(_between(text, within, cuts))


def anchor(name: str) -> str:
    """The id of the place where a field begins."""
    return f"passage-{name}"


def _between(text: str, places: dict[str, Passage], cuts: list[int]) -> Iterator[Piece]:
    for start, end in pairwise(cuts):
        names = tuple(
            name
            for name, place in places.items()
            if place.start <= start and end <= place.end
        )
        begin = tuple(anchor(name) for name in names if places[name].start == start)
        yield Piece(text[start:end], names, begin)


def _fits(place: Passage, text: str) -> bool:
    return 0 <= place.start < place.end <= len(text)
