"""Reorganisations: what can happen to bodies on one day, as rules."""

from enum import StrEnum


class Reform(StrEnum):
    """What happens to a body."""

    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    END = "end"
