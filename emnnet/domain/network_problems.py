"""What is wrong with the files of a network, each with its file and line."""

from collections.abc import Iterable
from dataclasses import dataclass

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import Message, _n, message
from emnnet.domain.network import Place


@dataclass(frozen=True)
class Problem:
    """What is wrong, and on which line of which file."""

    file: str
    line: int
    text: Message

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class NetworkProblems(DomainError):
    """The data files cannot be used; every reason is listed with its line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.file, p.line)))
        super().__init__(
            _n("The network files cannot be used. Problems to correct: %(count)d"),
            count=len(self.problems),
        )

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *map(str, self.problems)])


def problem_at(place: Place, text: str, /, **params: object) -> Problem:
    """A problem of the row that stands there."""
    return Problem(place.file, place.line, message(text, **params))
