"""The network that comes with emnnet, in the tables."""

from functools import cache

from sqlalchemy.orm import Session

from emnnet.documents.network_files import read_network
from emnnet.domain.network import NetworkDescription
from emnnet.domain.roles import COMMAND
from emnnet.paths import DATA
from emnnet.services.network import load_network
from tests.conftest import NOON


@cache
def _lithuania() -> NetworkDescription:
    return read_network(DATA / "lt")


def load_lithuania(session: Session) -> None:
    """36 institutions, 17 of them partners."""
    load_network(session, _lithuania(), by=COMMAND, now=NOON)
    session.commit()
