"""How much a text looks like a query: to choose among the parts of a mail."""

from emnnet.domain.reading import landmarks as marks
from emnnet.domain.reading.title import RUN

FAR = 20_000  # characters in which the form must show
MOST_QUESTIONS = 3
WORTH = (
    (marks.FORM_REQUESTED, 4),
    (marks.BACKGROUND, 3),
    (marks.QUESTIONS, 3),
    (marks.DISCLAIMER, 2),
    (marks.RESPONSES_FROM, 1),
)


def likeness(text: str) -> int:
    """Points for each mark of the form; 0 for a mere covering letter."""
    head = text[:FAR]
    points = sum(worth for pattern, worth in WORTH if pattern.search(head))
    points += 2 if is_titled(head) else 0
    return points + min(MOST_QUESTIONS, head.count("?")) if points else 0


def names_query(subject: str) -> bool:
    """Does a mail's subject name an ad-hoc query?"""
    return bool(RUN.search(subject))


def is_titled(text: str) -> bool:
    """Does a line of the text begin as a query's title does?"""
    head = text[:FAR]
    return any(_on_its_own(head, run.start()) for run in RUN.finditer(head))


def _on_its_own(text: str, start: int) -> bool:
    return not text[:start].rpartition("\n")[2].strip("0123456789. \t")
