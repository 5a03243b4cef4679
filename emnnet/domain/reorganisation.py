"""Reorganisations: what can happen to bodies on one day, as rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n

NAME_MISSING = _n("Give the new name in English and in the language of the country.")
ONE_PARENT = _n("Choose the one body it moves to.")
ONE_BODY = _n("Choose the one body that this happens to.")
SOME_BODY = _n("Choose at least one body that is merged.")
ONE_HEIR = _n("Choose the one body that the others are merged into.")
TWO_HEIRS = _n("A split needs at least two bodies that go on.")
ONE_AT_MOST = _n("Choose one body at most that takes over what is open.")
NO_SUCH_HEIR = _n("Choose one of the bodies that follow for each row.")
ITSELF = _n("A body cannot be its own successor.")
NOT_THERE = _n("%(body)s does not exist on the day before: choose another day or body.")
HEIR_GONE = _n("%(body)s no longer exists on that day: choose another body or day.")


class Reform(StrEnum):
    """What happens to a body."""

    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    END = "end"


ENDING = frozenset({Reform.MERGE, Reform.SPLIT, Reform.END})
"""After these the body is no longer there."""


@dataclass(frozen=True)
class NewNames:
    """What a body is called from the day on, or a new one from its beginning."""

    en: str
    lt: str
    abbreviation: str = ""

    @property
    def is_whole(self) -> bool:
        """Does it stand in both languages?"""
        return bool(self.en.strip() and self.lt.strip())


Share = tuple[str, int]
"""A row that goes to an heir: its table and number."""


@dataclass(frozen=True)
class Plan:
    """One reorganisation; bodies by number, `cutover_on` is the first day of the new.

    `heirs` are successors, or the new parent of a body that moves; `founded` are
    successors that begin on the day. The first of all heirs takes over, but for what
    `shares` gives to another one: its place among heirs and founded, from 0.
    """

    reform: Reform
    cutover_on: date
    bodies: tuple[int, ...]
    heirs: tuple[int, ...] = ()
    founded: tuple[NewNames, ...] = ()
    names: NewNames | None = None
    takes_contacts: bool = True
    sources: tuple[str, ...] = ()
    shares: Mapping[Share, int] = field(default_factory=dict, hash=False)

    @property
    def last_day(self) -> date:
        """The last day of the old."""
        return self.cutover_on - timedelta(days=1)


@dataclass(frozen=True)
class Life:
    """A body's name and days, as the rules need them."""

    name: str
    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, day: date) -> bool:
        """Was it there on that day?"""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


def check_plan(plan: Plan, lives: Mapping[int, Life]) -> None:
    """Raise `DomainError` with what is missing or cannot be."""
    _check_count(plan)
    if not set(plan.shares.values()) <= set(range(len(plan.heirs) + len(plan.founded))):
        raise DomainError(NO_SUCH_HEIR)
    if set(plan.bodies) & set(plan.heirs):
        raise DomainError(ITSELF)
    if any(not names.is_whole for names in plan.founded):
        raise DomainError(NAME_MISSING)
    for body in plan.bodies:
        if not lives[body].covers(plan.last_day):
            raise DomainError(NOT_THERE, body=lives[body].name)
    for heir in plan.heirs:
        life = lives[heir]
        if life.valid_to is not None and life.valid_to < plan.cutover_on:
            raise DomainError(HEIR_GONE, body=life.name)


def _check_count(plan: Plan) -> None:
    """Are there as many bodies as the reform needs?"""
    bodies, heirs = len(plan.bodies), len(plan.heirs) + len(plan.founded)
    wrong = {
        Reform.RENAME: [
            (bodies != 1, ONE_BODY),
            (plan.names is None or not plan.names.is_whole, NAME_MISSING),
        ],
        Reform.MOVE: [(bodies != 1, ONE_BODY), (heirs != 1, ONE_PARENT)],
        Reform.MERGE: [(bodies == 0, SOME_BODY), (heirs != 1, ONE_HEIR)],
        Reform.SPLIT: [(bodies != 1, ONE_BODY), (heirs < 2, TWO_HEIRS)],
        Reform.END: [(bodies != 1, ONE_BODY), (heirs > 1, ONE_AT_MOST)],
    }
    for is_wrong, said in wrong[plan.reform]:
        if is_wrong:
            raise DomainError(said)
