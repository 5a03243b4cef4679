"""What was once drawn is kept as files, under a hash of what was asked for.

Drawing takes a process of its own and seconds: the same is drawn once, one drawing at
a time in all processes, and what failed is not tried again at once. So no worker waits
long for drawings, whatever is asked.
"""

import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from emnnet.child import ChildFailed

FOLDER = "drawings"
"""Its name in the folder of the instance."""

_POLL = 0.05


@dataclass(frozen=True)
class DrawingCache:
    """A folder of at most `most` files; the ones longest unused go first.

    Any number of processes may share it: a file is written whole or not at all.
    `patience` and `pause` are seconds: how long one waits while others draw, and how
    long nobody tries what failed.
    """

    folder: Path
    most: int = 500
    patience: float = 3
    pause: float = 600

    def made(self, asked: bytes, make: Callable[[], bytes]) -> bytes:
        """What was kept for `asked`, else what `make` gives, kept from now on.

        Raises `ChildFailed` when `make` does, when it did a short while ago, or when
        others have been drawing for longer than it is waited.
        """
        kept = self.drawn(asked)
        if kept is not None:
            return kept
        self._refuse_what_failed(asked)
        with self._turn():
            kept = self.drawn(asked)  # by whoever was before us
            if kept is not None:
                return kept
            self._refuse_what_failed(asked)
            try:
                drawn = make()
            except ChildFailed:
                self._write(self._failed(asked), str(time.monotonic()).encode())
                raise
            self.keep(asked, drawn)
        return drawn

    def drawn(self, asked: bytes) -> bytes | None:
        """What was kept for `asked`, or None."""
        path = self._path(asked)
        try:
            kept = path.read_bytes()
            os.utime(path)
        except FileNotFoundError:
            return None
        return kept

    def keep(self, asked: bytes, drawn: bytes) -> None:
        """Keep `drawn` for whoever asks the same; make room where it is needed."""
        self._write(self._path(asked), drawn)
        self._make_room()

    def _refuse_what_failed(self, asked: bytes) -> None:
        """Seconds since the machine started are the same in all its processes."""
        try:
            ago = time.monotonic() - float(self._failed(asked).read_bytes())
        except (FileNotFoundError, ValueError):
            return
        if 0 <= ago < self.pause:
            raise ChildFailed("it failed a short while ago")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the only pen. Raises `ChildFailed` where others keep it too long."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.folder.with_suffix(".lock").open("w") as pen:
            last = time.monotonic() + self.patience
            while not _taken(pen):
                if time.monotonic() > last:
                    raise ChildFailed(f"others are drawing for over {self.patience} s")
                time.sleep(_POLL)
            yield

    def _path(self, asked: bytes) -> Path:
        return self.folder / f"{sha256(asked).hexdigest()}.json"

    def _failed(self, asked: bytes) -> Path:
        return self.folder / f"failed-{sha256(asked).hexdigest()}.json"

    def _write(self, path: Path, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as part:
            part.write(content)
        Path(part.name).replace(path)

    def _make_room(self) -> None:
        files = sorted(self.folder.glob("*.json"), key=_last_used, reverse=True)
        for old in files[self.most :]:
            old.unlink(missing_ok=True)


def _taken(pen: IO[str]) -> bool:
    """Take the lock of the file if nobody has it; closing the file gives it back."""
    with suppress(BlockingIOError):
        fcntl.flock(pen, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _last_used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
