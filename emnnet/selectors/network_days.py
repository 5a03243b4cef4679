"""The organogram of a day as facts that can be compared with those of another."""

from emnnet.domain.network_changes import BodyFacts, DayFacts, TieKey
from emnnet.selectors.organogram import Organogram


def day_facts(picture: Organogram) -> DayFacts:
    """The bodies and ties of a picture; what it leaves out is not there."""
    bodies = {
        body.slug: BodyFacts(body.slug, (body.names.en, body.names.lt), body.roles)
        for body in picture.bodies
    }
    ties = frozenset(
        TieKey(bond.kind, bond.source, bond.target) for bond in picture.bonds
    )
    return DayFacts(bodies, ties)
