"""What is said of an institution, with what it stands on: one statement for all of it.

Facts, competences, memberships, sources and contacts have like columns; they are read
as one union, so that the page of an institution costs as little as a list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    Date,
    Select,
    String,
    case,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from emnnet.domain.audience import Audience
from emnnet.domain.network import Aspect, Level, MembershipKind, Standing
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.institution import InstitutionFact
from emnnet.models.membership import Membership
from emnnet.models.source import Source
from emnnet.models.theme import Theme
from emnnet.selectors.network import valid_on
from emnnet.selectors.reading import Reading, Rows

FACT, COMPETENCE, MEMBERSHIP, SOURCE, CONTACT = "fcmsk"
ESCALATION = "escalation"


@dataclass(frozen=True)
class Backed:
    """How sure something is, and the codes of the sources that say so."""

    standing: Standing
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CompetenceLine:
    """A theme, how far the institution is competent for it, and on which side."""

    theme_en: str
    theme_lt: str
    level: Level
    scope: str
    backed: Backed

    def theme(self, language: str) -> str:
        """The theme's name in that language."""
        return self.theme_lt if language == "lt" else self.theme_en


@dataclass(frozen=True)
class MembershipLine:
    """What it is in the network, and since when."""

    kind: MembershipKind
    since: date | None
    until: date | None
    backed: Backed
    note: str


@dataclass(frozen=True)
class SourceLine:
    """A source by its code: what it is called and where it is read."""

    code: str
    title: str
    address: str


@dataclass(frozen=True)
class ContactLine:
    """Whom the office writes to. Only the office ever gets these."""

    title: str
    email: str
    phone: str
    escalation: bool


@dataclass(frozen=True)
class Claims:
    """All of it; `sources` by code."""

    facts: dict[Aspect, Backed]
    competences: tuple[CompetenceLine, ...]
    memberships: tuple[MembershipLine, ...]
    sources: dict[str, SourceLine]
    contacts: tuple[ContactLine, ...]


def claims_reading(
    institution_id: int, on: date, audience: Audience
) -> Reading[Claims]:
    """What is said of it on that day; contacts for the office only."""
    parts: Any = [
        _facts(institution_id),
        _competences(institution_id, on),
        _memberships(institution_id, on),
        _sources(),
    ]
    if audience is Audience.OFFICE:
        parts.append(_contacts(institution_id, on))
    whole: Any = union_all(*parts)
    return Reading((whole,), _made)


def _made(rows: Rows) -> Claims:
    of = {part: [r for r in rows if r.part == part] for part in "fcmsk"}
    return Claims(
        facts={Aspect(row.word): _backed(row) for row in of[FACT]},
        competences=tuple(_competence_lines(of[COMPETENCE])),
        memberships=tuple(_membership_lines(of[MEMBERSHIP])),
        sources={r.word: SourceLine(r.word, r.en or r.lt, r.lt) for r in of[SOURCE]},
        contacts=tuple(
            ContactLine(row.en, row.word, row.detail, row.lt == ESCALATION)
            for row in sorted(of[CONTACT], key=lambda row: int(row.place))
        ),
    )


def _row(part: str, place: Any, word: Any, **given: Any) -> Select[Any]:
    """One branch of the union: every branch has the same columns."""
    return select(
        literal(part).label("part"),
        place.label("place"),
        type_coerce(word, String).label("word"),
        given.get("en", literal("")).label("en"),
        given.get("lt", literal("")).label("lt"),
        given.get("detail", literal("")).label("detail"),
        given.get("since", cast(null(), Date)).label("since"),
        given.get("until", cast(null(), Date)).label("until"),
        type_coerce(given.get("standing", literal("")), String).label("standing"),
        given.get("codes", cast(null(), JSON)).label("codes"),
    )


def _facts(institution_id: int) -> Select[Any]:
    table = InstitutionFact
    return _row(
        FACT, table.id, table.aspect, standing=table.standing, codes=table.source_codes
    ).where(table.institution_id == institution_id)


def _competences(institution_id: int, on: date) -> Select[Any]:
    table = Competence
    return (
        _row(
            COMPETENCE,
            Theme.position,
            table.level,
            en=Theme.name_en,
            lt=Theme.name_lt,
            detail=table.scope,
            standing=table.standing,
            codes=table.source_codes,
        )
        .join(Theme, Theme.id == table.theme_id)
        .where(table.institution_id == institution_id, valid_on(table, on))
    )


def _memberships(institution_id: int, on: date) -> Select[Any]:
    table = Membership
    return _row(
        MEMBERSHIP,
        table.id,
        table.kind,
        detail=table.note,
        since=table.valid_from,
        until=table.valid_to,
        standing=table.standing,
        codes=table.source_codes,
    ).where(table.institution_id == institution_id, valid_on(table, on))


def _sources() -> Select[Any]:
    return _row(SOURCE, Source.id, Source.code, en=Source.title, lt=Source.address)


def _contacts(institution_id: int, on: date) -> Select[Any]:
    table = Contact
    purpose = case((table.for_escalation, literal(ESCALATION)), else_=literal(""))
    return _row(
        CONTACT,
        table.position,
        table.email,
        en=table.role_title,
        lt=purpose,
        detail=table.phone,
    ).where(table.institution_id == institution_id, valid_on(table, on))


def _backed(row: Any) -> Backed:
    return Backed(Standing(row.standing), tuple(row.codes or ()))


def _competence_lines(rows: Iterable[Any]) -> Iterable[CompetenceLine]:
    levels = list(Level)
    for row in sorted(rows, key=lambda r: (levels.index(Level(r.word)), int(r.place))):
        yield CompetenceLine(row.en, row.lt, Level(row.word), row.detail, _backed(row))


def _membership_lines(rows: Iterable[Any]) -> Iterable[MembershipLine]:
    for row in rows:
        yield MembershipLine(
            MembershipKind(row.word), row.since, row.until, _backed(row), row.detail
        )
