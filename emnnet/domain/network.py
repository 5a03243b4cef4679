"""The network as data: institutions, ties, partners, themes, and their sources.

A description is what a folder of data files says, before any table knows it.
Every row keeps the file and the line it stands on, so that a problem can name them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Sector(StrEnum):
    """Which part of society a body belongs to."""

    GOVERNMENT = "government"
    NGO = "ngo"
    ACADEMIA = "academia"
    INTERNATIONAL = "international"
    JUDICIARY = "judiciary"


class Duty(StrEnum):
    """Why a body takes part: Resolution 126 (2009), points 4, 5, or an agreement."""

    MANDATED = "mandated"
    RECOMMENDED = "recommended"
    AGREEMENT = "agreement"


class Standing(StrEnum):
    """How sure a fact is: a source says it, or it is our own filling to be checked."""

    SOURCED = "sourced"
    PLAUSIBLE = "plausible"


class TieKind(StrEnum):
    """What one body is to another; read as "`from` is … `to`"."""

    SUBORDINATE_TO = "subordinate_to"
    ACCOUNTABLE_TO = "accountable_to"
    APPEAL_TO = "appeal_to"
    COORDINATES = "coordinates"
    COOPERATES_WITH = "cooperates_with"
    SUCCESSOR_OF = "successor_of"


class Level(StrEnum):
    """How far a body is competent for a theme."""

    LEAD = "lead"
    CONTRIBUTING = "contributing"


class MembershipKind(StrEnum):
    """What a body is in the national network; only `partner` is counted."""

    PARTNER = "partner"
    NCP_COORDINATOR = "ncp_coordinator"
    NCP_EXPERT = "ncp_expert"
    STEERING_BOARD = "steering_board"


class Vocabulary(StrEnum):
    """Whose word for a theme it is."""

    IES = "ies"
    EMN_LT = "emn_lt"
    EMN_BELGIUM = "emn_belgium"
    COMMISSION = "commission"


class Strength(StrEnum):
    """How much a keyword says about the theme of a question."""

    DECISIVE = "decisive"
    PLAIN = "plain"
    HINT = "hint"


class ContactPurpose(StrEnum):
    """What a contact is written to for."""

    ROUTING = "routing"
    ESCALATION = "escalation"
    PUBLICATION = "publication"
    NOTHING = "nothing"  # kept, not written to


class Aspect(StrEnum):
    """The statement about an institution that a source backs."""

    NAME = "name"
    FUNCTION = "function"
    WEBSITE = "website"
    EMAIL = "email"
    ADDRESS = "address"
    MEMBERSHIP = "membership"
    DUTY = "duty"
    VALIDITY = "validity"
    PARENT = "parent"


@dataclass(frozen=True)
class Place:
    """Where a row stands in the data: file name and line, counted from 1."""

    file: str = ""
    line: int = 0


NOWHERE = Place()


@dataclass(frozen=True)
class Backing:
    """How sure something is, and the ids of the sources that say so."""

    standing: Standing = Standing.PLAUSIBLE
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceFact:
    """A public document that facts are taken from."""

    id: str
    title: str
    url: str
    as_of: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class FormerName:
    """What a body was called before; the last day is included."""

    en: str
    lt: str
    abbreviation: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class AspectFact:
    """How sure one statement about an institution is."""

    aspect: Aspect
    backing: Backing


@dataclass(frozen=True)
class InstitutionFact:
    """One body, as the data say; `valid_to` is its last day."""

    id: str
    en: str
    lt: str
    sector: Sector
    abbreviation: str = ""
    function_en: str = ""
    function_lt: str = ""
    duty: Duty | None = None
    website: str = ""
    email: str = ""
    address: str = ""
    code: str = ""
    legal_basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    former_names: tuple[FormerName, ...] = ()
    facts: tuple[AspectFact, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class TieFact:
    """A dated relation: `from_id` is `kind` `to_id`."""

    kind: TieKind
    from_id: str
    to_id: str
    backing: Backing = Backing()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class MembershipFact:
    """A body's dated place in the national network."""

    institution_id: str
    kind: MembershipKind
    backing: Backing = Backing()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Mapping:
    """What another vocabulary calls a theme; one word may stand for several."""

    vocabulary: Vocabulary
    word: str


@dataclass(frozen=True)
class Keyword:
    """Words of a question that speak for a theme, and how loudly."""

    text: str
    language: str
    strength: Strength


@dataclass(frozen=True)
class ThemeFact:
    """A controlled main theme, its words elsewhere, and the words questions use."""

    slug: str
    en: str
    lt: str
    position: int
    mappings: tuple[Mapping, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class CompetenceFact:
    """What a body is competent for, how far, and from when to when."""

    institution_id: str
    theme: str
    level: Level
    backing: Backing = Backing()
    valid_from: date | None = None
    valid_to: date | None = None
    scope: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class ContactFact:
    """A role that is written to; demonstration data name no person."""

    institution_id: str
    title: str
    email: str
    language: str
    purpose: ContactPurpose
    place: Place = field(default=NOWHERE, compare=False)
    also: tuple[ContactPurpose, ...] = ()  # the further ones
    phone: str = ""
    position: int = 1
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class NetworkDescription:
    """All that one folder of data files says, in the order of the files."""

    sources: Sequence[SourceFact] = ()
    institutions: Sequence[InstitutionFact] = ()
    ties: Sequence[TieFact] = ()
    memberships: Sequence[MembershipFact] = ()
    themes: Sequence[ThemeFact] = ()
    competences: Sequence[CompetenceFact] = ()
    contacts: Sequence[ContactFact] = ()
