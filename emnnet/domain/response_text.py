"""The national response as one text: what a clearance covers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

MARK_LENGTH = 16


@dataclass(frozen=True)
class AnsweredQuestion:
    """The national text of one question, and how far it may travel."""

    question_id: int
    dissemination: str | None
    paragraphs: tuple[str, ...]


def written_out(answers: Sequence[AnsweredQuestion]) -> str:
    """All answers as one JSON text, by question: the same for the same answers."""
    content = [
        [answer.question_id, answer.dissemination, list(answer.paragraphs)]
        for answer in sorted(answers, key=lambda answer: answer.question_id)
    ]
    return json.dumps(content, ensure_ascii=False)


def read_back(written: str) -> tuple[AnsweredQuestion, ...]:
    """The answers out of what `written_out` made of them."""
    return tuple(
        AnsweredQuestion(question_id, dissemination, tuple(paragraphs))
        for question_id, dissemination, paragraphs in json.loads(written)
    )


def text_digest(answers: Sequence[AnsweredQuestion]) -> str:
    """The digest of all answers; any change of a word or of a "no" changes it."""
    return sha256(written_out(answers).encode()).hexdigest()


def text_mark(text: str) -> str:
    """A short digest that tells whether a paragraph still says what somebody read."""
    return sha256(text.encode()).hexdigest()[:MARK_LENGTH]
