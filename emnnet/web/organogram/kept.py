"""Pieces of pages that were made before, kept in memory for whoever asks the same.

A piece is made from the recorded network and the address alone. As the same facts are
the same object, a change of any fact leads to new pieces, and old ones are forgotten.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock

from flask import current_app

MOST = 8_000_000
"""Letters that a process keeps."""

_NAME = "emnnet.pieces"


@dataclass(frozen=True)
class Piece:
    """Part of a page; `keep` is false where the next one who asks may get a better."""

    html: str
    keep: bool = True


@dataclass
class Pieces:
    """Pieces by what they are made from; those longest unused go first."""

    most: int = MOST
    _kept: OrderedDict[Hashable, Piece] = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: Lock = field(default_factory=Lock)

    def made(self, key: Hashable, make: Callable[[], Piece]) -> Piece:
        """What was made from `key` before, else what `make` gives."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        piece = make()
        if piece.keep:
            self._keep(key, piece)
        return piece

    def _keep(self, key: Hashable, piece: Piece) -> None:
        """Keep it; forget others where there is no room."""
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += len(piece.html) - (len(before.html) if before else 0)
            self._kept[key] = piece
            while self._size > self.most:
                _, old = self._kept.popitem(last=False)
                self._size -= len(old.html)


def pieces() -> Pieces:
    """Those of this application."""
    kept: Pieces = current_app.extensions.setdefault(_NAME, Pieces())
    return kept
