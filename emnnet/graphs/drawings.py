"""From what was read to what is drawn: bodies and ties in one language."""

import json
from dataclasses import asdict
from hashlib import sha256

from emnnet.domain.network import MembershipKind
from emnnet.graphs.values import NCP, PARTNER, Drawing, Edge, Node
from emnnet.selectors.organogram import Body, Organogram

PARTNER_OF = "partner_of"
"""The kind of edge between a partner and the coordinator of the NCP."""


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


def network_drawing(picture: Organogram, language: str, *, everybody: bool) -> Drawing:
    """The network: its partners, the NCP, the ties between them; or all bodies.

    Each partner is tied to the coordinator of the NCP, unless another tie says so.
    """
    members = {body.slug for body in picture.bodies if body.roles}
    part = picture if everybody else picture.only(members)
    plain = drawing(part, language)
    tied = {frozenset((edge.source, edge.target)) for edge in plain.edges}
    joined = tuple(
        Edge(body.slug, head.slug, PARTNER_OF)
        for head in part.bodies
        for body in part.bodies
        if MembershipKind.NCP_COORDINATOR in head.roles
        and body.is_partner
        and body is not head
        and frozenset((body.slug, head.slug)) not in tied
    )
    return Drawing(plain.nodes, plain.edges + joined, plain.as_of)


def digest(drawn: Drawing) -> str:
    """What decides where things stand: bodies, labels and ties, not the day."""
    content = asdict(drawn) | {"as_of": None}
    told = json.dumps(content, sort_keys=True, default=sorted)
    return sha256(told.encode()).hexdigest()


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
