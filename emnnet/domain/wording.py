"""Words with the forms they can be met by, and phrases found among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Word:
    """A word as it stands in a text, with its stems."""

    text: str
    forms: frozenset[str]


@dataclass(frozen=True)
class Wording:
    """The words of a text in their order, stop words left out."""

    words: tuple[Word, ...] = ()

    @cached_property
    def forms(self) -> frozenset[str]:
        """Every form of every word."""
        return frozenset(form for word in self.words for form in word.forms)

    @cached_property
    def positions(self) -> Mapping[str, tuple[int, ...]]:
        """Where each form stands."""
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            for form in word.forms:
                found.setdefault(form, []).append(place)
        return {form: tuple(places) for form, places in found.items()}

    def find(self, phrase: "Wording") -> frozenset[int]:
        """Where the words of the phrase stand near each other, in any order.

        The places of the first such group; none if there is no such group.
        """
        if not phrase.words or phrase.words[0].forms.isdisjoint(self.forms):
            return frozenset()
        first, *others = [self._places(word) for word in phrase.words]
        for place in first:
            group = {place}
            for places in others:
                near = [at for at in places if at not in group]
                near = [at for at in near if abs(at - place) <= len(phrase.words)]
                group.update(near[:1])
            if len(group) == len(phrase.words):
                return frozenset(group)
        return frozenset()

    def said(self, places: Iterable[int]) -> str:
        """The words at these places, as they stand in the text."""
        return " ".join(self.words[place].text for place in sorted(places))

    def shared_with(self, other: "Wording") -> tuple[Word, ...]:
        """The words of this text that the other one has too, each once."""
        shared = (word for word in self.words if word.forms & other.forms)
        return tuple({min(word.forms): word for word in shared}.values())

    def _places(self, word: Word) -> Sequence[int]:
        found = {at for form in word.forms for at in self.positions.get(form, ())}
        return sorted(found)


NO_WORDS = Wording()
