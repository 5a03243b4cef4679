"""The shape that stands for a sector, the same as in tables: colour is never alone."""

MARK = 12
"""Width and height of a mark, in pixels."""

_MARKS = {
    "government": "M1 1h10v10H1z",
    "ngo": "M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z",
    "academia": "M6 .5 11.8 11H.2z",
    "international": "M6 0l6 6-6 6-6-6z",
    "judiciary": "M6 .3l6 4.36L9.7 11.7H2.3L0 4.66z",
}
_NETWORK_SHAPES = {
    "government": "square",
    "ngo": "dot",
    "academia": "triangle",
    "international": "diamond",
    "judiciary": "hexagon",
}


def mark_path(sector: str) -> str:
    """The outline of a sector's mark in a square of 12 pixels; a dot for others."""
    return _MARKS.get(sector, _MARKS["ngo"])


def network_shape(sector: str) -> str:
    """What vis-network calls the shape."""
    return _NETWORK_SHAPES.get(sector, "dot")
