"""Word forms: an assignment downloaded as DOCX, filled in elsewhere, uploaded again."""

# ruff: noqa: F401 -- the views stand in several files; importing them registers them
import emnnet.web.word_forms.arriving
import emnnet.web.word_forms.taking
from emnnet.web.word_forms.blueprint import bp

__all__ = ["bp"]
