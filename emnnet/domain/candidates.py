"""What the routing knows: the question, the bodies that may be asked, what they did."""

from dataclasses import dataclass
from datetime import date

from emnnet.domain.network import Level
from emnnet.domain.wording import NO_WORDS, Wording


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; an unknown bound is open."""

    begin: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Is the day in it?"""
        return (self.begin is None or self.begin <= day) and (
            self.end is None or day <= self.end
        )


@dataclass(frozen=True)
class Competent:
    """A body's part in a theme; `scope` says which side of it, in words.

    `wording` is the scope ready to be compared with a question.
    """

    theme: str
    level: Level
    scope: str = ""
    wording: Wording = NO_WORDS
    period: Period = Period()


@dataclass(frozen=True)
class Candidate:
    """A body that may be asked; `name` in the reader's language.

    `function` holds the words of its names and functions in all languages, `partner`
    the periods in which it was a partner of the network, `open_cells` how many
    questions it has to answer now (None: not counted).
    """

    institution: str
    name: str
    competences: tuple[Competent, ...]
    function: Wording = NO_WORDS
    existed: Period = Period()
    partner: tuple[Period, ...] = ()
    is_coordinator: bool = False
    open_cells: int | None = None

    def may_be_asked(self, day: date) -> bool:
        """Does it exist on the day, and is it a partner then?"""
        in_network = any(period.holds(day) for period in self.partner)
        return self.existed.holds(day) and in_network


@dataclass(frozen=True)
class AskedQuestion:
    """A question with its label as printed."""

    label: str
    text: str
    wording: Wording


@dataclass(frozen=True)
class EarlierAnswer:
    """That a body answered a question before, and whether in time."""

    institution: str
    forms: frozenset[str]
    in_time: bool
