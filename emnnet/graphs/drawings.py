"""From what was read to what is drawn: bodies and ties in one language."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from emnnet.domain.network import MembershipKind
from emnnet.graphs.values import NCP, PARTNER, Drawing, Edge, Node
from emnnet.selectors.organogram import Body, Organogram

NOTHING: Mapping[str, Any] = {}
PARTNER_OF = "partner_of"
"""The kind of edge between a partner and the coordinator of the NCP."""


def drawing(
    picture: Organogram,
    language: str,
    *,
    marks: Mapping[str, Collection[str]] = NOTHING,
    words: Mapping[str, str] = NOTHING,
) -> Drawing:
    """The organogram's bodies and ties, named in that language.

    `marks` are further marks with the slugs that bear them, `words` what a search
    meets each slug by.
    """
    return Drawing(
        nodes=tuple(_node(body, language, marks, words) for body in picture.bodies),
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
        if MembershipKind.NCP_COORDINATOR in head.roles
        for body in part.bodies
        if body.is_partner
        and body is not head
        and frozenset((body.slug, head.slug)) not in tied
    )
    return Drawing(plain.nodes, plain.edges + joined, plain.as_of)


def digest(drawn: Drawing) -> str:
    """What decides where things stand: bodies, labels and ties, not the day."""
    content = asdict(drawn) | {"as_of": None}
    told = json.dumps(content, sort_keys=True, default=sorted)
    return sha256(told.encode()).hexdigest()


def _node(
    body: Body,
    language: str,
    marks: Mapping[str, Collection[str]],
    words: Mapping[str, str],
) -> Node:
    has = {PARTNER: body.is_partner, NCP: body.is_ncp}
    has |= {mark: body.slug in slugs for mark, slugs in marks.items()}
    return Node(
        slug=body.slug,
        label=body.names.short(language),
        full_name=body.names.full(language),
        sector=body.sector.value,
        marks=frozenset(mark for mark, given in has.items() if given),
        title=body.function(language),
        words=words.get(body.slug, ""),
    )
