"""The network that comes with emnnet, in the tables."""

from sqlalchemy.orm import Session

from emnnet.documents.network_files import read_network
from emnnet.domain.roles import COMMAND
from emnnet.paths import DATA
from emnnet.services.network import load_network
from tests.conftest import NOON


def load_lithuania(session: Session) -> None:
    """36 institutions, 17 of them partners."""
    load_network(session, read_network(DATA / "lt"), by=COMMAND, now=NOON)
    session.commit()
