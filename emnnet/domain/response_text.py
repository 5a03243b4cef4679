"""The national response as one text: what a clearance covers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class AnsweredQuestion:
    """The national text of one question, and how far it may travel."""

    question_id: int
    dissemination: str | None
    paragraphs: tuple[str, ...]


def text_digest(answers: Sequence[AnsweredQuestion]) -> str:
    """The digest of all answers; any change of a word or of a "no" changes it."""
    content = [
        [answer.question_id, answer.dissemination, list(answer.paragraphs)]
        for answer in sorted(answers, key=lambda answer: answer.question_id)
    ]
    return sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
