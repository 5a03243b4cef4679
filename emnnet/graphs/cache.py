"""What was once laid out is kept as files, under a hash of what was asked for."""

import os
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class DrawingCache:
    """A folder of at most `most` files; the ones longest unused go first.

    Any number of processes may share it: a file is written whole or not at all.
    """

    folder: Path
    most: int = 200

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
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as part:
            part.write(drawn)
        Path(part.name).replace(self._path(asked))
        self._make_room()

    def _path(self, asked: bytes) -> Path:
        return self.folder / f"{sha256(asked).hexdigest()}.json"

    def _make_room(self) -> None:
        files = sorted(self.folder.glob("*.json"), key=_last_used, reverse=True)
        for old in files[self.most :]:
            old.unlink(missing_ok=True)


def _last_used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
