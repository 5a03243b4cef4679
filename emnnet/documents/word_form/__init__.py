"""The Word form of an assignment: written to be filled in, and read when it is back."""

from emnnet.documents.word_form.limited import read_word_form
from emnnet.documents.word_form.values import FormDocument, FormQuestion
from emnnet.documents.word_form.writing import word_form

__all__ = ["FormDocument", "FormQuestion", "read_word_form", "word_form"]
