"""A described network as the routing wants it, without a data base."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from emnnet.domain.candidates import Candidate, Competent, Period
from emnnet.domain.network import (
    InstitutionFact,
    MembershipKind,
    NetworkDescription,
    ThemeFact,
)
from emnnet.domain.question_themes import KeywordWords, ThemeWords
from emnnet.words import wording


@dataclass(frozen=True)
class DescribedNetwork:
    """Who may be asked, the themes with their words, and what others call them."""

    candidates: tuple[Candidate, ...]
    themes: tuple[ThemeWords, ...]
    slugs_by_word: tuple[tuple[str, str], ...]

    def printed(self, word: str) -> frozenset[str]:
        """The themes that a printed word stands for, in whatever vocabulary."""
        wanted = word.strip().casefold()
        return frozenset(
            slug for other, slug in self.slugs_by_word if other.casefold() == wanted
        )


def described(network: NetworkDescription) -> DescribedNetwork:
    """The files of a network, ready to be weighed."""
    return DescribedNetwork(
        candidates=tuple(_candidate(body, network) for body in network.institutions),
        themes=tuple(map(_theme, network.themes)),
        slugs_by_word=tuple(_words(network.themes)),
    )


def _words(themes: Iterable[ThemeFact]) -> Iterable[tuple[str, str]]:
    for theme in themes:
        yield theme.en, theme.slug
        yield from ((other.word, theme.slug) for other in theme.mappings)


def _theme(theme: ThemeFact) -> ThemeWords:
    keywords = (
        KeywordWords(wording(word.text), word.text, word.strength)
        for word in theme.keywords
    )
    return ThemeWords(theme.slug, theme.en, tuple(keywords))


def _candidate(body: InstitutionFact, network: NetworkDescription) -> Candidate:
    parts = (row for row in network.competences if row.institution_id == body.id)
    return Candidate(
        institution=body.id,
        name=body.en,
        competences=tuple(
            Competent(
                theme=row.theme,
                level=row.level,
                scope=row.scope,
                wording=wording(row.scope),
                period=_period(row.valid_from, row.valid_to),
            )
            for row in parts
        ),
        function=wording(f"{body.en} {body.lt} {body.function_en} {body.function_lt}"),
        existed=_period(body.valid_from, body.valid_to),
        partner=_member(body, network, MembershipKind.PARTNER),
        is_coordinator=bool(_member(body, network, MembershipKind.NCP_COORDINATOR)),
    )


def _member(
    body: InstitutionFact, network: NetworkDescription, kind: MembershipKind
) -> tuple[Period, ...]:
    return tuple(
        _period(row.valid_from, row.valid_to)
        for row in network.memberships
        if row.institution_id == body.id and row.kind is kind
    )


def _period(begin: date | None, end: date | None) -> Period:
    return Period(begin, end)
