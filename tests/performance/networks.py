"""Networks of any size, always the same for the same numbers, as rows and as values."""

from dataclasses import dataclass
from datetime import date
from random import Random

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from emnnet.domain.network import MembershipKind, Sector, Standing, TieKind
from emnnet.graphs.values import PARTNER, Drawing, Edge, Node
from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.models.tie import Tie

SEED = 126
_SHARES = (Sector.GOVERNMENT,) * 7 + (Sector.NGO,) * 2 + (Sector.ACADEMIA,)
_WORDS = (
    *(
        "Migracijos",
        "Užimtumo",
        "Pasienio",
        "Šiaulių",
        "Žmogaus teisių",
        "Prieglobsčio",
    ),
    *("Integracijos", "Statistikos", "Policijos", "Sveikatos", "Švietimo", "Jaunimo"),
)
_PARTNERS = 17


@dataclass(frozen=True)
class Generated:
    """Bodies with names and sectors; ties by the numbers of their ends."""

    names: tuple[tuple[str, Sector], ...]
    ties: tuple[tuple[int, int, TieKind], ...]


def generated(bodies: int, ties: int, *, seed: int = SEED) -> Generated:
    """A tree of at most 12 below each, and cooperation across it up to `ties`."""
    random = Random(seed)
    names = tuple(
        (f"{random.choice(_WORDS)} tarnyba Nr. {n}", random.choice(_SHARES))
        for n in range(bodies)
    )
    below = [
        (
            n,
            random.randrange(max(0, n // 12 - 2), max(1, n // 6)),
            TieKind.SUBORDINATE_TO,
        )
        for n in range(1, bodies)
    ]
    known = {(one, other) for one, other, _ in below}
    while len(known) < ties:
        one, other = sorted(random.sample(range(bodies), 2), reverse=True)
        known.add((one, other))
    across = sorted(known - {(one, other) for one, other, _ in below})
    kind = TieKind.COOPERATES_WITH
    return Generated(names, (*below, *((one, other, kind) for one, other in across)))


def as_drawing(network: Generated) -> Drawing:
    """The same as values, without a data base."""
    nodes = tuple(
        Node(
            f"b{n}",
            f"T{n}",
            name,
            sector.value,
            frozenset({PARTNER} if n < _PARTNERS else ()),
        )
        for n, (name, sector) in enumerate(network.names)
    )
    edges = tuple(Edge(f"b{a}", f"b{b}", kind.value) for a, b, kind in network.ties)
    return Drawing(nodes, edges, date(2026, 3, 16))


def kept(session: Session, network: Generated) -> None:
    """The same as rows; the first ones are partners."""
    session.execute(insert(Institution), [_body(n, *b) for n, b in _numbered(network)])
    found = session.execute(select(Institution.slug, Institution.id)).all()
    ids = {slug: number for slug, number in found}  # noqa: C416 -- rows are no pairs
    standing = Standing.PLAUSIBLE
    ties = [
        {
            "from_institution_id": ids[f"b{one}"],
            "to_institution_id": ids[f"b{other}"],
            "kind": kind,
            "standing": standing,
        }
        for one, other, kind in network.ties
    ]
    partner = {"kind": MembershipKind.PARTNER, "standing": standing}
    first = range(min(_PARTNERS, len(network.names)))
    members = [partner | {"institution_id": ids[f"b{n}"]} for n in first]
    session.execute(insert(Tie), ties)
    session.execute(insert(Membership), members)
    session.commit()


def _numbered(network: Generated) -> list[tuple[int, tuple[str, Sector]]]:
    return list(enumerate(network.names))


def _body(number: int, name: str, sector: Sector) -> dict[str, object]:
    short = f"T{number}"
    names = {"name_en": name, "name_lt": name, "abbreviation": short}
    return {"slug": f"b{number}", "sector": sector, **names}
