"""What forms say about a row of the network, as the services want it."""

from dataclasses import dataclass
from datetime import date

from emnnet.domain.network import (
    Aspect,
    Duty,
    Level,
    MembershipKind,
    Sector,
    Standing,
    TieKind,
)


@dataclass(frozen=True, kw_only=True)
class Backed:
    """How sure it is, and the codes of the sources that say so."""

    standing: Standing = Standing.PLAUSIBLE
    source_codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Dated:
    """From which day to which last day; none: open."""

    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class GivenInstitution(Dated):
    """A body with all that is told about it but its ties."""

    slug: str
    name_en: str
    name_lt: str
    abbreviation: str = ""
    sector: Sector = Sector.GOVERNMENT
    duty: Duty | None = None
    function_en: str = ""
    function_lt: str = ""
    legal_basis: str | None = None
    mailbox: str | None = None
    website: str | None = None
    address: str | None = None
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class GivenName(Dated):
    """What a body was called on other days."""

    institution_id: int
    name_en: str
    name_lt: str
    abbreviation: str = ""


@dataclass(frozen=True, kw_only=True)
class GivenFact(Backed):
    """What one statement about a body stands on."""

    institution_id: int
    aspect: Aspect


@dataclass(frozen=True, kw_only=True)
class GivenTie(Dated, Backed):
    """`from` is <kind> `to`."""

    kind: TieKind
    from_institution_id: int
    to_institution_id: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class GivenMembership(Dated, Backed):
    """A place in the network."""

    institution_id: int
    kind: MembershipKind
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class GivenCompetence(Dated, Backed):
    """A part in a theme."""

    institution_id: int
    theme_id: int
    level: Level
    scope: str = ""


@dataclass(frozen=True, kw_only=True)
class GivenSource:
    """A public document that facts are taken from."""

    code: str
    address: str
    title: str | None = None
    read_on: date | None = None
    as_of: str = ""  # "2026-11" where no day is known


Given = (
    GivenInstitution
    | GivenName
    | GivenFact
    | GivenTie
    | GivenMembership
    | GivenCompetence
    | GivenSource
)
