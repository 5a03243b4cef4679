"""The Lithuanian network as the routing wants it, without a data base."""

from datetime import date
from pathlib import Path

from emnnet.documents.network_files import read_network
from emnnet.domain.candidates import AskedQuestion, Candidate, Competent, Period
from emnnet.domain.network import (
    InstitutionFact,
    MembershipKind,
    NetworkDescription,
    ThemeFact,
    Vocabulary,
)
from emnnet.domain.question_themes import KeywordWords, QueryWords, ThemeWords
from emnnet.domain.routing import RoutingProposal, suggest
from emnnet.words import wording
from tests.unit.routing_cases import Case

LITHUANIA = read_network(Path(__file__).parents[2] / "emnnet/data/lt")
DAY = date(2026, 3, 2)


def theme_words(theme: ThemeFact) -> ThemeWords:
    keywords = (
        KeywordWords(wording(word.text), word.text, word.strength)
        for word in theme.keywords
    )
    return ThemeWords(theme.slug, theme.en, tuple(keywords))


def candidate(body: InstitutionFact, network: NetworkDescription) -> Candidate:
    return Candidate(
        institution=body.id,
        name=body.en,
        competences=tuple(
            Competent(
                theme=row.theme,
                level=row.level,
                scope=row.scope,
                wording=wording(row.scope),
                period=Period(row.valid_from, row.valid_to),
            )
            for row in network.competences
            if row.institution_id == body.id
        ),
        function=wording(f"{body.en} {body.lt} {body.function_en} {body.function_lt}"),
        existed=Period(body.valid_from, body.valid_to),
        partner=tuple(
            Period(row.valid_from, row.valid_to)
            for row in network.memberships
            if (row.institution_id, row.kind) == (body.id, MembershipKind.PARTNER)
        ),
        is_coordinator=any(
            (row.institution_id, row.kind) == (body.id, MembershipKind.NCP_COORDINATOR)
            for row in network.memberships
        ),
    )


THEMES = tuple(map(theme_words, LITHUANIA.themes))
CANDIDATES = tuple(candidate(body, LITHUANIA) for body in LITHUANIA.institutions)


def printed_themes(word: str) -> frozenset[str]:
    return frozenset(
        theme.slug
        for theme in LITHUANIA.themes
        for mapping in theme.mappings
        if (mapping.vocabulary, mapping.word) == (Vocabulary.IES, word)
    )


def asked(*texts: str) -> list[AskedQuestion]:
    return [
        AskedQuestion(str(number), text, wording(text))
        for number, text in enumerate(texts, start=1)
    ]


def around(title: str = "", background: str = "", theme: str = "") -> QueryWords:
    return QueryWords(wording(title), wording(background), printed_themes(theme))


def proposals_for(case: Case) -> tuple[RoutingProposal, ...]:
    """What is proposed for the questions of a labelled query."""
    return suggest(
        asked(*(text for text, _ in case.questions)),
        CANDIDATES,
        THEMES,
        query=around(case.title, case.background, case.theme),
        on=DAY,
    )
