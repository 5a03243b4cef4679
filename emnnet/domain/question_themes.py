"""What a question is about: the themes its words speak for.

The words of the question count first, then the other questions, the title, the
background and the printed theme, which may be another: visa queries stand under Border.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from emnnet.domain.network import Strength
from emnnet.domain.wording import NO_WORDS, Wording

STRENGTHS = {Strength.DECISIVE: 4.0, Strength.PLAIN: 2.0, Strength.HINT: 0.7}
FADE = 0.6  # each further word for the same theme says less
LONGER = 0.25  # a phrase of more words says more

TITLE, SIBLINGS, BACKGROUND, PRINTED = 0.5, 0.15, 0.1, 0.4
LEAST_SHARE = 0.08
COUNTING = "statistics"  # kept however small: "how many" asks for numbers


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
class Voice:
    """How loudly a text speaks for a theme, and with which words."""

    weight: float = 0.0
    words: tuple[str, ...] = ()


Voices = Mapping[str, Voice]
SILENCE = Voice()


def voices(text: Wording, themes: Iterable[ThemeWords]) -> Voices:
    """What a text says for each theme, by its slug; silent themes are left out."""
    heard = ((theme.slug, _voice(theme, text)) for theme in themes)
    return {slug: voice for slug, voice in heard if voice.weight}


def question_themes(
    questions: Sequence[Wording], query: QueryWords, themes: Sequence[ThemeWords]
) -> list[tuple[QuestionTheme, ...]]:
    """The themes of each question, the strongest first; none where no word speaks."""
    said = [voices(question, themes) for question in questions]
    title = voices(query.title, themes)
    background = voices(query.background, themes)
    found = []
    for place, own in enumerate(said):
        siblings = said[:place] + said[place + 1 :]
        weighed = []
        for theme in themes:
            slug = theme.slug
            weight = sum(
                (
                    own.get(slug, SILENCE).weight,
                    TITLE * title.get(slug, SILENCE).weight,
                    BACKGROUND * background.get(slug, SILENCE).weight,
                    SIBLINGS * _loudest(slug, siblings),
                    PRINTED * (slug in query.printed),
                )
            )
            words = own.get(slug, title.get(slug, SILENCE)).words
            if weight:
                weighed.append((weight, theme, words, slug in own))
        found.append(_shares(weighed))
    return found


def _loudest(slug: str, texts: Iterable[Voices]) -> float:
    return max((text.get(slug, SILENCE).weight for text in texts), default=0.0)


def _shares(
    weighed: Sequence[tuple[float, ThemeWords, tuple[str, ...], bool]],
) -> tuple[QuestionTheme, ...]:
    total = sum(weight for weight, *_ in weighed)
    found = [
        QuestionTheme(theme.slug, theme.name, weight / total, words, is_own)
        for weight, theme, words, is_own in weighed
    ]
    ranked = sorted(found, key=lambda theme: -theme.share)
    return tuple(
        theme
        for place, theme in enumerate(ranked)
        if place == 0
        or theme.share >= LEAST_SHARE
        or (theme.slug == COUNTING and theme.is_own)
    )


def _voice(theme: ThemeWords, text: Wording) -> Voice:
    """A word of the text is heard once, for the strongest keyword."""
    heard: set[int] = set()
    said: list[str] = []
    weight = 0.0
    for keyword in theme.keywords:
        places = text.find(keyword.wording)
        if places - heard:
            weight += _weight(keyword) * FADE ** len(said)
            said.append(text.said(places))
            heard |= places
    return Voice(weight, tuple(said))


def _weight(word: KeywordWords) -> float:
    return STRENGTHS[word.strength] * (1 + LONGER * (len(word.wording.words) - 1))
