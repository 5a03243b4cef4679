"""Taking messages apart that arrive: MIME of any sort becomes plain values."""

from emnnet.documents.letters.limited import read_limited

__all__ = ["read_limited"]
