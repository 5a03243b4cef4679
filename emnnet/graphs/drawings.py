"""From what was read to what is drawn: bodies and ties in one language."""

from emnnet.graphs.values import NCP, PARTNER, Drawing, Edge, Node
from emnnet.selectors.organogram import Body, Organogram


def drawing(picture: Organogram, language: str) -> Drawing:
    """The organogram's bodies and ties, named in that language."""
    return Drawing(
        nodes=tuple(_node(body, language) for body in picture.bodies),
        edges=tuple(
            Edge(bond.source, bond.target, bond.kind.value, bond.note)
            for bond in picture.bonds
        ),
        as_of=picture.as_of,
    )


def _node(body: Body, language: str) -> Node:
    marks = {PARTNER: body.is_partner, NCP: body.is_ncp}
    return Node(
        slug=body.slug,
        label=body.names.short(language),
        full_name=body.names.full(language),
        sector=body.sector.value,
        marks=frozenset(mark for mark, has in marks.items() if has),
        title=body.function(language),
    )
