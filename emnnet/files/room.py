"""How much room there is on a disk."""

import shutil
from pathlib import Path

MEGABYTE = 1024 * 1024


def free_megabytes(folder: Path) -> int | None:
    """The free megabytes where a folder lies, or would lie; None if nobody can tell."""
    there = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    try:
        return shutil.disk_usage(there).free // MEGABYTE
    except OSError:
        return None
