"""Lines of command of files that would come back to where they begin."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from emnnet.domain.hierarchy import Reign, circle
from emnnet.domain.messages import _n
from emnnet.domain.network import TieFact, TieKind
from emnnet.domain.network_problems import Problem, problem_at

CIRCLE = _n("subordination goes in a circle: %(chain)s")


@dataclass(frozen=True)
class StandingTie:
    """A line of command that is there."""

    reign: Reign

    @property
    def key(self) -> tuple[str, str, date | None]:
        """What it is known by."""
        return self.reign.below, self.reign.above, self.reign.begins


def circles(
    ties: Iterable[TieFact], standing: Iterable[StandingTie]
) -> Iterator[Problem]:
    """Chains of subordination that come back to themselves on some day, each once.

    `standing` are those that are there; one that the files give anew counts as given.
    """
    given = {
        (tie.from_id, tie.to_id, tie.valid_from): tie
        for tie in ties
        if tie.kind is TieKind.SUBORDINATE_TO and tie.from_id != tie.to_id
    }
    lines = [one.reign for one in standing if one.key not in given]
    lines += [_reign(tie) for tie in given.values()]
    told: set[frozenset[str]] = set()
    for tie in given.values():
        chain = circle(_reign(tie), lines)
        if chain and frozenset(chain) not in told:
            told.add(frozenset(chain))
            yield problem_at(tie.place, CIRCLE, chain=" → ".join(chain))


def _reign(tie: TieFact) -> Reign:
    return Reign(tie.from_id, tie.to_id, tie.valid_from, tie.valid_to)
