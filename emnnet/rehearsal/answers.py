"""What simulated partners write: plainly made up, and easy to find again."""

from emnnet.models.question import Question
from emnnet.rehearsal.cast import Body

MADE_UP = "This answer was made up for practice; it says nothing about the law."


def answer_text(body: Body, question: Question) -> str:
    """Two paragraphs of Markdown, the first with a sentence found nowhere else."""
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
