"""Where the folders lie that are no Python code."""

from pathlib import Path

PACKAGE = Path(__file__).parent
DATA = PACKAGE / "data"
FONTS = PACKAGE / "static" / "fonts"


def folder(name: str) -> Path:
    """`templates` or `migrations`: inside an installed package, beside a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
