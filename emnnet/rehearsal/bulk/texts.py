"""Titles, questions and answers in any number; the same seed says the same."""

from functools import cache
from random import Random

from emnnet.words import terms

ASKERS = ("AT", "BE", "CZ", "DE", "EE", "FI", "FR", "IE", "LU", "LV", "NL", "PL", "SE")
GROUPS = (
    "asylum applicants",
    "seasonal workers",
    "unaccompanied minors",
    "beneficiaries of temporary protection",
    "stateless persons",
    "international students",
    "family members of refugees",
    "highly qualified workers",
    "victims of trafficking in human beings",
    "persons without a right to stay",
    "applicants with special needs",
    "posted workers",
    "long-term residents",
    "researchers",
    "frontier workers",
    "returning citizens",
)
MATTERS = (
    "accommodation",
    "access to the labour market",
    "biometric data",
    "detention and its alternatives",
    "health care",
    "language courses",
    "legal aid",
    "proof of identity",
    "recognition of qualifications",
    "residence permits",
    "return and reintegration",
    "schooling",
    "social assistance",
    "travel documents",
    "visas",
    "age assessment",
    "appeals",
    "fees",
    "guardianship",
    "data exchange between authorities",
)
PLACES = (
    "at external borders",
    "in reception centres",
    "during the procedure",
    "after a negative decision",
    "in the first year",
    "in rural areas",
    "in practice",
    "under national law",
    "since the reform",
    "in cooperation with municipalities",
)
FRAMES = (
    "Which authority decides on {matter} of {group} {place}, and within which time?",
    "Does national legislation of your Member State provide for {matter} of {group}?",
    "How many decisions on {matter} of {group} were taken in the last three years?",
    "Which good practices with {matter} of {group} {place} can you share?",
    "Is {matter} of {group} {place} financed from the state budget?",
    "Which obstacles does your Member State meet with {matter} of {group}?",
)
SENTENCES = (
    "In {year} the rules on {matter} of {group} were changed.",
    "The decision on {matter} is made within {count} working days.",
    "There were {count} cases of {group} {place} in {year}.",
    "Data on {group} are collected once a quarter and are not published.",
    "Sprendimą dėl užsieniečių teisinės padėties priima įstaiga per {count} dienų.",
    "An appeal can be lodged with the regional administrative court.",
    "Municipalities take part in {matter} {place}.",
    "A working group has proposed new guidelines on {matter} for {year}.",
    "Prieglobsčio prašytojams paslaugos teikiamos nemokamai {year} metais.",
    "No separate statistics are kept on {group}.",
)


class Writer:
    """Writes for one query."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._group, self._matter = random.choice(GROUPS), random.choice(MATTERS)
        self._place = random.choice(PLACES)

    def title(self) -> str:
        """What the query is called."""
        return f"{self._matter} of {self._group} {self._place}"

    def question(self) -> str:
        """One question about it."""
        return self._filled(self._random.choice(FRAMES))

    def background(self) -> str:
        """Why the asking country asks."""
        return self._paragraph(4)

    def answer(self, paragraphs: int = 2) -> tuple[str, ...]:
        """Paragraphs of an answer."""
        return tuple(self._paragraph(3) for _ in range(paragraphs))

    def _paragraph(self, sentences: int) -> str:
        frames = self._random.sample(SENTENCES, sentences)
        return " ".join(self._filled(frame) for frame in frames)

    def _filled(self, frame: str) -> str:
        return frame.format(
            group=self._group,
            matter=self._matter,
            place=self._place,
            year=self._random.randint(2012, 2025),
            count=self._random.randint(2, 60),
        )


def terms_of(texts: list[str]) -> list[str]:
    """As `words.terms` of all texts; sentences that come again are looked up once."""
    found: dict[str, None] = {}
    for text in texts:
        for sentence in text.split(". "):
            found |= _cached(sentence)
    return list(found)


@cache
def _cached(sentence: str) -> dict[str, None]:
    return dict.fromkeys(terms(sentence))
