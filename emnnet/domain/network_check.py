"""Whether a description of the network holds together, and what it adds up to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from emnnet.domain.messages import Message, _n, message
from emnnet.domain.network import (
    Backing,
    NetworkDescription,
    Place,
    Sector,
)
from emnnet.domain.network_circles import StandingTie, circles
from emnnet.domain.network_problems import NetworkProblems, Problem, problem_at
from emnnet.domain.network_texts import bad_texts

__all__ = [
    "Composition",
    "Known",
    "NetworkProblems",
    "Problem",
    "composition",
    "problems",
]


@dataclass(frozen=True)
class Composition:
    """How many partners there are, by government and others.

    International organisations are neither and stand beside the shares.
    """

    government: int
    others: int
    international: int = 0

    @property
    def counted(self) -> int:
        """The partners that the shares are taken of."""
        return self.government + self.others

    @property
    def sentence(self) -> Message:
        """ "17 partners: 12 government (70.6 %), 5 others (29.4 %)"."""
        text = _n(
            "%(counted)d partners: %(government)d government "
            "(%(government_share).1f %%), %(others)d others (%(others_share).1f %%)"
        )
        if self.international:
            text = _n(
                "%(counted)d partners: %(government)d government "
                "(%(government_share).1f %%), %(others)d others "
                "(%(others_share).1f %%); beside them international organisations: "
                "%(international)d"
            )
        return message(
            text,
            counted=self.counted,
            government=self.government,
            government_share=self._share(self.government),
            others=self.others,
            others_share=self._share(self.others),
            international=self.international,
        )

    def _share(self, part: int) -> float:
        return 100 * part / self.counted if self.counted else 0.0


def composition(sectors: Iterable[Sector]) -> Composition:
    """What the partners add up to, given the sector of each."""
    counts = Counter(sectors)
    international = counts.pop(Sector.INTERNATIONAL, 0)
    government = counts.pop(Sector.GOVERNMENT, 0)
    return Composition(government, counts.total(), international)


@dataclass(frozen=True)
class Known:
    """What stands already: files may name it without giving it."""

    institutions: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    ties: tuple[StandingTie, ...] = ()


def problems(description: NetworkDescription, known: Known = Known()) -> list[Problem]:
    """Everything that does not hold together, in the order of the checks."""
    checks: tuple[Iterator[Problem], ...] = (
        bad_texts(description),
        _doubled(description),
        _unknown_institutions(description, known),
        _unknown_themes(description, known),
        _unknown_sources(description, known),
        _backward_dates(description),
        _ties_to_oneself(description),
        circles(description.ties, known.ties),
    )
    return [problem for check in checks for problem in check]


class _Backed(Protocol):
    @property
    def backing(self) -> Backing: ...
    @property
    def place(self) -> Place: ...


class _Dated(Protocol):
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


def _doubled(description: NetworkDescription) -> Iterator[Problem]:
    d = description
    families: tuple[Iterable[tuple[tuple[object, ...], Place]], ...] = (
        [((row.id,), row.place) for row in d.sources],
        [((row.id,), row.place) for row in d.institutions],
        [((row.slug,), row.place) for row in d.themes],
        [((t.from_id, t.kind, t.to_id, t.valid_from), t.place) for t in d.ties],
        [((m.institution_id, m.kind, m.valid_from), m.place) for m in d.memberships],
        [((c.institution_id, c.theme, c.valid_from), c.place) for c in d.competences],
        [((c.institution_id, c.email), c.place) for c in d.contacts],
        [((i.id, f.aspect), i.place) for i in d.institutions for f in i.facts],
        [
            ((i.id, n.en, n.valid_from), i.place)
            for i in d.institutions
            for n in i.former_names
        ],
        [
            ((t.slug, m.vocabulary, m.word), t.place)
            for t in d.themes
            for m in t.mappings
        ],
    )
    for family in families:
        first: dict[tuple[object, ...], Place] = {}
        for key, place in family:
            if key in first:
                yield problem_at(
                    place,
                    _n("doubled: %(id)s stands on line %(line)d already"),
                    id=" ".join(str(part) for part in key if part),
                    line=first[key].line,
                )
            first.setdefault(key, place)


def _unknown_institutions(
    description: NetworkDescription, there: Known
) -> Iterator[Problem]:
    known = there.institutions | {row.id for row in description.institutions}
    named = [
        *((tie.from_id, tie.place) for tie in description.ties),
        *((tie.to_id, tie.place) for tie in description.ties),
        *((row.institution_id, row.place) for row in description.memberships),
        *((row.institution_id, row.place) for row in description.competences),
        *((row.institution_id, row.place) for row in description.contacts),
    ]
    for id_, place in named:
        if id_ not in known:
            yield problem_at(place, _n("unknown institution: %(id)s"), id=id_)


def _unknown_themes(description: NetworkDescription, there: Known) -> Iterator[Problem]:
    known = there.themes | {row.slug for row in description.themes}
    for row in description.competences:
        if row.theme not in known:
            yield problem_at(row.place, _n("unknown theme: %(id)s"), id=row.theme)


def _unknown_sources(
    description: NetworkDescription, there: Known
) -> Iterator[Problem]:
    known = there.sources | {row.id for row in description.sources}
    for backing, place in _backings(description):
        for id_ in backing.sources:
            if id_ not in known:
                yield problem_at(place, _n("unknown source: %(id)s"), id=id_)


def _backings(description: NetworkDescription) -> Iterator[tuple[Backing, Place]]:
    for institution in description.institutions:
        for fact in institution.facts:
            yield fact.backing, institution.place
    d = description
    rows: tuple[_Backed, ...] = (*d.ties, *d.memberships, *d.competences)
    for row in rows:
        yield row.backing, row.place


def _backward_dates(description: NetworkDescription) -> Iterator[Problem]:
    d = description
    rows: list[tuple[_Dated, Place]] = [
        *((row, row.place) for row in d.institutions),
        *((row, row.place) for row in d.ties),
        *((row, row.place) for row in d.memberships),
        *((row, row.place) for row in d.competences),
    ]
    for institution in d.institutions:
        rows += [(name, institution.place) for name in institution.former_names]
    for row, place in rows:
        if row.valid_from and row.valid_to and row.valid_from > row.valid_to:
            yield problem_at(
                place,
                _n("the first day %(begin)s is after the last day %(end)s"),
                begin=row.valid_from,
                end=row.valid_to,
            )


def _ties_to_oneself(description: NetworkDescription) -> Iterator[Problem]:
    for tie in description.ties:
        if tie.from_id == tie.to_id:
            yield problem_at(tie.place, _n("%(id)s is tied to itself"), id=tie.from_id)
