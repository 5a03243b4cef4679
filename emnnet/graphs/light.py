"""The colours of the light theme by their names, for files that know no variables."""

import re
from functools import cache

from emnnet.paths import PACKAGE

_TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,8});")


def light(name: str) -> str:
    """The colour, such as "#1b2733". Raises `KeyError` where there is none."""
    return _colours()[name]


@cache
def _colours() -> dict[str, str]:
    text = (PACKAGE / "static" / "css" / "tokens.css").read_text("utf-8")
    return dict(_TOKEN.findall(text.partition(":root {")[2].partition("}")[0]))
