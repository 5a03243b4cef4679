"""What simulated partners write: plainly made up, and easy to find again."""

from emnnet.models.question import Question
from emnnet.rehearsal.cast import Body

MADE_UP = "This answer was made up for practice; it says nothing about the law."
STEPS = """An act of the Seimas and an order of the minister govern the matter.

- the application is filed electronically
- it is examined within one month
- a refusal can be appealed to the regional administrative court"""
TABLE = """The practice has changed twice in the last three years:

| Year | Applications | Decisions |
|------|-------------:|----------:|
| 2023 | 120 | 97 |
| 2024 | 240 | 193 |
| 2025 | 180 | 171 |"""
PLAIN = """Data are collected by the institution itself and passed on once a quarter.
They are not broken down by citizenship."""
BOTH = """Sprendimą priima įstaigos padalinys, atsakingas už užsieniečių teisinę padėtį;
ginčus nagrinėja teismas.

The decision is made by the unit that is in charge; disputes go to court."""
SAMPLES = (STEPS, TABLE, PLAIN, BOTH)
"""Shapes an answer may have; the content is invented."""


def answer_text(body: Body, question: Question) -> str:
    """Paragraphs of Markdown, the first with a sentence found nowhere else."""
    return (
        f"{body.short} answers question {question.label} as follows."
        f" {sentence_of(body, question)}\n\n"
        f"- legal basis: to be named by the institution\n"
        f"- practice: to be described by the institution\n\n"
        f"*{MADE_UP}*"
    )


def sentence_of(body: Body, question: Question) -> str:
    """The sentence by which a text is known wherever it turns up."""
    return f"Practice sentence {body.slug}-{question.id} of the rehearsal."


def sample_text(body: Body, question: Question) -> str:
    """An answer of the samples; which of the shapes it has depends on who and what."""
    shape = SAMPLES[(body.id + question.position) % len(SAMPLES)]
    return f"{shape}\n\n*{MADE_UP}*"
