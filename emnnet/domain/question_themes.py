"""What a question is about: the themes its words speak for.

The words of the question count first, then the other questions, the title, the
background and the printed theme, which may be another: visa queries stand under Border.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from emnnet.domain.network import Strength
from emnnet.domain.wording import NO_WORDS, Wording

STRENGTHS = {Strength.DECISIVE: 4.0, Strength.PLAIN: 2.0, Strength.HINT: 0.7}
FADE = 0.6  # each further word for the same theme says less
LONGER = 0.25  # a phrase of more words says more

TITLE, SIBLINGS, BACKGROUND, PRINTED = 0.5, 0.15, 0.1, 0.4
LEAST_SHARE = 0.08


@dataclass(frozen=True)
class KeywordWords:
    """A keyword of a theme, ready to be compared."""

    wording: Wording
    text: str
    strength: Strength


@dataclass(frozen=True)
class ThemeWords:
    """A theme with its keywords, the strongest first.

    `name` is in the language of the reader.
    """

    slug: str
    name: str
    keywords: tuple[KeywordWords, ...]

    def __post_init__(self) -> None:
        ranked = tuple(sorted(self.keywords, key=_weight, reverse=True))
        object.__setattr__(self, "keywords", ranked)


@dataclass(frozen=True)
class QueryWords:
    """What stands around the questions; `printed` are slugs of the printed theme."""

    title: Wording = NO_WORDS
    background: Wording = NO_WORDS
    printed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class QuestionTheme:
    """A theme of a question, its share (0 to 1) and the words that spoke for it.

    `is_own` tells whether the question itself spoke, not only what stands around it.
    """

    slug: str
    name: str
    share: float
    words: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True)
class _Voice:
    weight: float
    words: tuple[str, ...]


def question_themes(
    question: Wording,
    siblings: Sequence[Wording],
    query: QueryWords,
    themes: Iterable[ThemeWords],
) -> tuple[QuestionTheme, ...]:
    """The themes of one question, the strongest first; none if no word speaks."""
    weighed = []
    for theme in themes:
        own = _voice(theme, question)
        title = _voice(theme, query.title)
        around = [
            TITLE * title.weight,
            BACKGROUND * _voice(theme, query.background).weight,
            SIBLINGS * max((_voice(theme, s).weight for s in siblings), default=0.0),
            PRINTED * (theme.slug in query.printed),
        ]
        weight = own.weight + sum(around)
        if weight:
            weighed.append((weight, theme, own, title))
    return _shares(weighed)


def _shares(
    weighed: Sequence[tuple[float, ThemeWords, _Voice, _Voice]],
) -> tuple[QuestionTheme, ...]:
    total = sum(weight for weight, *_ in weighed)
    found = [
        QuestionTheme(
            slug=theme.slug,
            name=theme.name,
            share=weight / total,
            words=own.words or title.words,
            is_own=bool(own.words),
        )
        for weight, theme, own, title in weighed
    ]
    ranked = sorted(found, key=lambda theme: -theme.share)
    return tuple(
        theme
        for place, theme in enumerate(ranked)
        if place == 0 or theme.share >= LEAST_SHARE
    )


def _voice(theme: ThemeWords, text: Wording) -> _Voice:
    """How loudly the text speaks for the theme; a word is heard once."""
    heard: set[int] = set()
    said: list[str] = []
    weight = 0.0
    for keyword in theme.keywords if text.words else ():
        places = text.find(keyword.wording)
        if places - heard:
            weight += _weight(keyword) * FADE ** len(said)
            said.append(text.said(places))
            heard |= places
    return _Voice(weight, tuple(said))


def _weight(word: KeywordWords) -> float:
    return STRENGTHS[word.strength] * (1 + LONGER * (len(word.wording.words) - 1))
