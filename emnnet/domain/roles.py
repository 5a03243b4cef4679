"""Who people are to the office, and who did what."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account is for; one an account."""

    ADMIN = "admin"
    COORDINATOR = "coordinator"
    APPROVER = "approver"
    CONTACT = "contact"
    READER = "reader"


OFFICE_ROLES = frozenset({Role.ADMIN, Role.COORDINATOR, Role.APPROVER})


class ActorKind(StrEnum):
    """By which door somebody came."""

    PERSON = "person"
    LINK = "link"
    SCHEDULER = "scheduler"
    COMMAND = "command"


@dataclass(frozen=True)
class Actor:
    """Who did something: kept with every event."""

    kind: ActorKind
    name: str
    role: str = ""
    user_id: int | None = None


SCHEDULER = Actor(ActorKind.SCHEDULER, "scheduler")
COMMAND = Actor(ActorKind.COMMAND, "command line")
