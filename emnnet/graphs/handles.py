"""What can be worked in the organogram: branches that fold, and facts for the keys."""

from html import escape

from emnnet.graphs.boxes import WIDTH, Box, drawable
from emnnet.graphs.layout import Point
from emnnet.graphs.reading import Standing
from emnnet.graphs.values import Look, Node
from emnnet.graphs.words import DrawingWords

_RADIUS = 9


def facts(node: Node, standing: Standing) -> str:
    """Attributes of a box: its place in the tree, and what a search meets it by."""
    told = {
        "head": standing.head or "",
        "level": str(standing.level),
        "number": str(standing.number),
        "of": str(standing.of),
        "words": drawable(node.words),
    }
    if node.under:
        told["expanded"] = "true" if node.expanded else "false"
    return "".join(f' data-{name}="{escape(said)}"' for name, said in told.items())


def handle_svg(
    node: Node, box: Box, middle: Point, words: DrawingWords, look: Look
) -> str:
    """The link on the far side of a head's box: "−" folds, a number unfolds."""
    if look.fold is None:
        return ""
    x, y = middle
    x, y = (x, y + box.height / 2) if look.top_down else (x + WIDTH / 2, y)
    pattern = words.fold if node.expanded else words.unfold
    name = drawable(node.full_name or node.label)
    title = pattern.format(count=node.under, name=name)
    sign = _MINUS if node.expanded else _number(node.under)
    state = "open" if node.expanded else "closed"
    return (
        f'<a class="handle is-{state}" href="{escape(look.fold(node.slug))}" '
        f'data-of="{escape(node.slug)}" transform="translate({x:g} {y:g})">'
        f'<title>{escape(title)}</title><circle class="reach" r="14"></circle>{sign}'
        "</a>"
    )


_MINUS = (
    f'<circle class="knob" r="{_RADIUS - 2}"></circle>'
    '<path class="sign" d="M-3 0H3"></path>'
)


def _number(count: int) -> str:
    said = f"+{count}"
    width = max(2 * _RADIUS, 8 * len(said) + 6)
    return (
        f'<rect class="knob" x="{-width / 2:g}" y="{-_RADIUS}" width="{width}" '
        f'height="{2 * _RADIUS}" rx="{_RADIUS}"></rect>'
        f'<text class="sign-word" y="4">{said}</text>'
    )
