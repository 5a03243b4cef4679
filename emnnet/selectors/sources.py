"""Sources, and which facts of the network each of them backs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.models.competence import Competence
from emnnet.models.institution import InstitutionFact
from emnnet.models.membership import Membership
from emnnet.models.source import Source
from emnnet.models.tie import Tie
from emnnet.selectors.reading import Reading, Selection


@dataclass(frozen=True)
class Proof:
    """A row that names a source: of which body, and what it says.

    `word` is the aspect, the kind of tie or part, or the number of the theme; `other`
    the body that a tie leads to.
    """

    table: str
    row_id: int
    body: int
    word: str
    other: int | None = None


@dataclass(frozen=True)
class SourceLine:
    """A source with all that it backs."""

    source: Source
    proofs: tuple[Proof, ...]


def source_lines(session: Session) -> list[SourceLine]:
    """All sources by title, in two statements."""
    backed = proofs(session)
    found = session.scalars(select(Source).order_by(Source.title, Source.code))
    return [SourceLine(one, tuple(backed[one.code])) for one in found]


def find_source(session: Session, code: str) -> Source | None:
    """The source of that code."""
    return session.scalar(select(Source).where(Source.code == code))


def proofs(session: Session) -> defaultdict[str, list[Proof]]:
    """What each source backs, by its code."""
    found: defaultdict[str, list[Proof]] = defaultdict(list)
    for codes, proof in _rows(session):
        for code in dict.fromkeys(codes):
            found[code].append(proof)
    return found


def _rows(session: Session) -> Iterator[tuple[Sequence[str], Proof]]:
    ends = (Tie.from_institution_id, Tie.source_codes, Tie.kind, Tie.to_institution_id)
    wanted = {
        "fact": _of(InstitutionFact, InstitutionFact.aspect),
        "membership": _of(Membership, Membership.kind),
        "competence": _of(Competence, Competence.theme_id),
        "tie": select(Tie.id, *ends),
    }
    found = Reading(tuple(wanted.values()), lambda *rows: rows).take(session)
    for table, rows in zip(wanted, found, strict=True):
        for row in sorted(rows, key=lambda row: row.id):
            id_, body, codes, word, *other = row
            yield codes, Proof(table, id_, body, str(word), *other)


def _of(kind: Any, word: Any) -> Selection:
    return select(kind.id, kind.institution_id, kind.source_codes, word)
