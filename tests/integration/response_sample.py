"""A response with everything in it that people write, for the tests of documents."""

from datetime import UTC, date, datetime

from emnnet.documents.response import (
    CountryRow,
    FormQuestion,
    QuestionAnswer,
    ResponseDocument,
)
from emnnet.domain.audience import Dissemination
from emnnet.domain.disclaimer import DISCLAIMER

LETTERS = "ąčęėįšųūž ĄČĘĖĮŠŲŪŽ „“ ß Ω Кириллица"
RICH = f"""Data are **stored**, see *Article 5* of [the law](https://www.e-tar.lt/x?a=1&b=2).

3. third
4. fourth {LETTERS}
   - nested

| Year | Permits |
|------|---------|
| 2025 | 1 377   |

first line
second line

### Practice

<script>alert(1)</script> [press](javascript:alert(2))"""
SECRET = "kanarėlė-7431"


def a_response(
    text: str = RICH,
    *,
    language: str = "en",
    sources: tuple[str, ...] = (),
    show_sources: bool = False,
    questions: int = 1,
) -> ResponseDocument:
    """Austria closed, Lithuania open with `text` as the answer to every question."""
    answers = tuple(
        QuestionAnswer(f"{number}.", "What is stored?", (text,), sources)
        for number in range(1, questions + 1)
    )
    secret = (QuestionAnswer("1.", "What is stored?", (SECRET,), (SECRET,)),)
    return ResponseDocument(
        title="EMN Ad-Hoc Query on biometric information",
        reference="2026.12",
        foreign_reference="2019.5",
        requested_by="SE EMN NCP",
        requested_on=date(2017, 5, 30),
        reply_by=date(2017, 6, 20),
        background="The agency **considers** this.\n\nPractice elsewhere matters.",
        questions=(
            FormQuestion("1.", "What is stored?"),
            FormQuestion("a)", "For how long?", depth=1),
            FormQuestion("2.", "By whom?"),
        ),
        rows=(
            CountryRow("Austria", Dissemination.NO, secret, closed=True),
            CountryRow("Lithuania", Dissemination.YES, answers),
        ),
        disclaimer=DISCLAIMER.text,
        generated_at=datetime(2026, 4, 13, 9, 0, tzinfo=UTC),
        language=language,
        show_sources=show_sources,
    )
