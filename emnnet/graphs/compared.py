"""A drawing of the organogram in which bodies say what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from emnnet.graphs.boxes import text_width

_SVG = "http://www.w3.org/2000/svg"
_SIZE, _HEIGHT, _PAD = 11, 16, 6


@dataclass(frozen=True)
class Badge:
    """What a body's box shows: a kind for the colour, words for the reader.

    `short` stands in the drawing where the words are wider than the box.
    """

    kind: str
    words: str
    short: str


def with_badges(svg: str, badges: Mapping[str, Badge]) -> str:
    """`svg` of `organogram_svg`, a badge at the foot of each box that has one."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314 -- drawn by ourselves
    for element in root.iter():
        slug = element.get("id", "").removeprefix("organogram-")
        if slug in badges:
            _mark(element, badges[slug])
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _mark(element: ElementTree.Element, badge: Badge) -> None:
    """Colour the box by class, write the words over its lower edge."""
    element.set("class", f"{element.get('class', '')} has-change change-{badge.kind}")
    title = element.find(f"{{{_SVG}}}title")
    if title is not None:
        title.text = f"{badge.words}. {title.text or ''}".strip()
    box = element.find(f"{{{_SVG}}}rect[@class='box']")
    if box is None:
        return
    room = float(box.get("width", 0)) - 2 * _PAD
    said = badge.words if _wide(badge.words) <= room else badge.short
    width = round(_wide(said))
    left = room + _PAD - width
    top = float(box.get("height", 0)) - _HEIGHT / 2
    group = ElementTree.SubElement(element, f"{{{_SVG}}}g", {"class": "badge"})
    ElementTree.SubElement(
        group,
        f"{{{_SVG}}}rect",
        {
            "class": "badge-ground",
            "x": f"{left:g}",
            "y": f"{top:g}",
            "width": f"{width}",
            "height": f"{_HEIGHT}",
            "rx": "8",
        },
    )
    words = ElementTree.SubElement(
        group,
        f"{{{_SVG}}}text",
        {"class": "badge-word", "x": f"{left + width / 2:g}", "y": f"{top + 12:g}"},
    )
    words.text = said


def _wide(words: str) -> float:
    return text_width(words, _SIZE) + 2 * _PAD
