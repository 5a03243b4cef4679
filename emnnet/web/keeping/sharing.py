"""Who gets what when a body is split: a choice for each row that goes on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from flask import request
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from emnnet.domain.errors import DomainError
from emnnet.domain.network import TieKind
from emnnet.domain.reorganisation import NO_SUCH_HEIR, Share
from emnnet.models.competence import Competence
from emnnet.models.membership import Membership
from emnnet.models.tie import Tie
from emnnet.selectors.keeping import BodyRows, contacts_from, get_body_rows
from emnnet.services.following import open_assignments
from emnnet.web.network_words import (
    LEVEL_WORDS,
    MEMBERSHIP_WORDS,
    TIES_FROM,
    TIES_TO,
)

WITH_CONTACT = ""  # the choice of an open query to stay with its contact


@dataclass(frozen=True)
class ShareLine:
    """One row that goes to one of the bodies that follow; `chosen` as it was posted."""

    row: Share
    label: str
    contact: str = ""

    @property
    def name(self) -> str:
        """What the control of the form is called."""
        return "share-{}-{}".format(*self.row)

    @property
    def chosen(self) -> str:
        """What was chosen; at first the first body, or the way of the contact."""
        default = WITH_CONTACT if self.contact else "0"
        return request.form.get(self.name, default)


@dataclass(frozen=True)
class ShareGroup:
    """Rows of one kind."""

    title: str
    lines: tuple[ShareLine, ...]


def share_groups(
    session: Session, body: int, last_day: date, *, contacts: bool
) -> list[ShareGroup]:
    """All that goes on after that day, by kind; without contacts they stay behind."""
    rows = get_body_rows(session, body)
    groups = (
        ShareGroup(_("Open queries"), tuple(_open(session, body, contacts=contacts))),
        ShareGroup(
            _("Contacts"),
            tuple(_contacts(session, body, last_day) if contacts else ()),
        ),
        ShareGroup(_("Competences"), tuple(_competences(rows, last_day))),
        ShareGroup(_("Part in the network"), tuple(_memberships(rows, last_day))),
        ShareGroup(_("Ties"), tuple(_ties(rows, last_day))),
    )
    return [group for group in groups if group.lines]


def chosen_shares(groups: list[ShareGroup], heirs: int) -> dict[Share, int]:
    """What was chosen, row by row. Raises `DomainError` for a body that is none."""
    chosen: dict[Share, int] = {}
    for line in (line for group in groups for line in group.lines):
        if line.chosen == WITH_CONTACT and line.contact:
            continue
        if not line.chosen.isdecimal() or int(line.chosen) >= heirs:
            raise DomainError(NO_SUCH_HEIR)
        chosen[line.row] = int(line.chosen)
    return chosen


def shares_mark(shares: Mapping[Share, int]) -> str:
    """A short digest of the choices: a preview is told by it from another choice."""
    return sha256(repr(sorted(shares.items())).encode()).hexdigest()[:8]


def _open(session: Session, body: int, *, contacts: bool) -> Iterator[ShareLine]:
    for one in open_assignments(session, body):
        contact = one.contact.role_title if one.contact and contacts else ""
        label = f"{one.query.reference} {one.query.title}"
        yield ShareLine(("assignment", one.id), label, contact)


def _contacts(session: Session, body: int, last_day: date) -> Iterator[ShareLine]:
    for one in contacts_from(session, body, last_day):
        yield ShareLine(("contact", one.id), f"{one.role_title}, {one.email}")


def _competences(rows: BodyRows, last_day: date) -> Iterator[ShareLine]:
    for one in rows.competences:
        if _goes_on(one, last_day):
            theme = one.theme.name_lt if _lithuanian() else one.theme.name_en
            label = f"{theme}: {LEVEL_WORDS[one.level]}"
            yield ShareLine(("competence", one.id), label)


def _memberships(rows: BodyRows, last_day: date) -> Iterator[ShareLine]:
    for one in rows.memberships:
        if _goes_on(one, last_day):
            yield ShareLine(("membership", one.id), str(MEMBERSHIP_WORDS[one.kind]))


def _ties(rows: BodyRows, last_day: date) -> Iterator[ShareLine]:
    """Its ties but its own place, which all who follow have, and what it followed."""
    for one in rows.ties:
        begins = one.from_institution_id == rows.body.id
        own_place = begins and one.kind is TieKind.SUBORDINATE_TO
        if own_place or one.kind is TieKind.SUCCESSOR_OF or not _goes_on(one, last_day):
            continue
        other = one.to_institution if begins else one.from_institution
        name = other.name_lt if _lithuanian() else other.name_en
        words = (TIES_FROM if begins else TIES_TO)[one.kind]
        yield ShareLine(("tie", one.id), f"{words} {name}")


def _goes_on(row: Tie | Membership | Competence, last_day: date) -> bool:
    return row.valid_to is None or row.valid_to > last_day


def _lithuanian() -> bool:
    return str(get_locale()) == "lt"
