"""Read a form in a process of its own, with limits on time and memory."""

from emnnet.documents.opening.limited import answer_of
from emnnet.domain.word_form import FilledForm, from_plain


def read_word_form(data: bytes, filename: str = "") -> FilledForm:
    """What stands in the fields of a form from outside.

    Raises `UnreadableDocument` with a message for the user: not a Word document, not
    one of our forms, locked, damaged, too large, or made to harm.
    """
    return from_plain(answer_of("emnnet.documents.word_form", data, filename))
