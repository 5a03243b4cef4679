"""What the routing knows of the network: bodies, themes and who answered before.

Three statements, whatever stands in the tables. Words are cut into their forms once a
process and kept: the texts of a network are few and change seldom.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from emnnet.domain.calendar import Calendar
from emnnet.domain.candidates import Candidate, Competent, EarlierAnswer, Period
from emnnet.domain.moments import is_over
from emnnet.domain.network import MembershipKind, Sector, Strength
from emnnet.domain.question_themes import KeywordWords, ThemeWords
from emnnet.models.assignment import Assignment
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.contribution import Contribution, ContributionVersion
from emnnet.models.institution import Institution
from emnnet.models.membership import Membership
from emnnet.models.query import Query
from emnnet.models.question import Question
from emnnet.models.theme import Theme
from emnnet.selectors.calendar_columns import calendar_columns, calendar_from
from emnnet.selectors.names import Names
from emnnet.selectors.query_facts import OWED
from emnnet.selectors.routing_state import valid
from emnnet.words import wording

LOOKED_AT = 150  # earlier answers, the newest first
AROUND = timedelta(days=500)  # whose days off are read
kept_wording = lru_cache(maxsize=2048)(wording)
"""The words of a text; the same text is cut up once."""


@dataclass(frozen=True)
class Body:
    """An institution as the grid and the routing want it, on one day."""

    id: int
    slug: str
    names: Names
    sector: Sector
    words: str  # names and functions in all languages
    existed: Period
    is_partner: bool
    is_coordinator: bool
    is_reachable: bool
    load: int


@dataclass(frozen=True)
class Network:
    """The bodies by id, the themes, who is competent for what, and the days off."""

    bodies: dict[int, Body]
    themes: tuple[ThemeWords, ...]
    theme_slugs: dict[int, str]
    competences: dict[int, tuple[Competent, ...]]
    calendar: Calendar

    def candidates(self, language: str = "en") -> list[Candidate]:
        """The bodies as the routing weighs them."""
        return [
            Candidate(
                institution=body.slug,
                name=body.names.full(language),
                competences=self.competences.get(body.id, ()),
                function=kept_wording(body.words),
                existed=body.existed,
                partner=(Period(),) if body.is_partner else (),
                is_coordinator=body.is_coordinator,
                open_cells=body.load,
            )
            for body in self.bodies.values()
        ]


def network_on(
    session: Session, on: date, *, language: str = "en", calendar: str = "LT"
) -> Network:
    """The network on a day, in two statements."""
    bound = {"calendar": calendar, "first": on - AROUND, "last": on + AROUND}
    rows = session.execute(_bodies(on), bound).all()
    days = (rows[0].days_off, rows[0].known_years) if rows else (None, None)
    themes, competences = _themes(session, on, language)
    return Network(
        bodies={row.id: _body(row) for row in rows},
        themes=tuple(words for _, words in themes),
        theme_slugs={id_: words.slug for id_, words in themes},
        competences=competences,
        calendar=calendar_from(calendar, *days),
    )


def earlier_answers(
    session: Session, query_id: int | None, theme_id: int | None
) -> list[EarlierAnswer]:
    """The newest answers to other queries, of the same theme where one is known."""
    wanted = (
        select(
            Institution.slug,
            Question.text,
            ContributionVersion.submitted_at,
            ContributionVersion.due_on,
            ContributionVersion.due_time,
        )
        .select_from(ContributionVersion)
        .join(ContributionVersion.contribution)
        .join(Contribution.question)
        .join(Contribution.assignment)
        .join(Assignment.institution)
        .join(Query, Query.id == Question.query_id)
        .where(Question.query_id != query_id, ContributionVersion.number == 1)
        .order_by(ContributionVersion.id.desc())
        .limit(LOOKED_AT)
    )
    if theme_id is not None:
        wanted = wanted.where(Query.theme_id == theme_id)
    return [
        EarlierAnswer(
            institution=row.slug,
            forms=kept_wording(row.text).forms,
            in_time=not is_over(row.due_on, row.due_time, row.submitted_at),
        )
        for row in session.execute(wanted)
    ]


def _bodies(on: date) -> Any:
    days_off, known_years = calendar_columns()
    return select(
        Institution.id,
        Institution.slug,
        Institution.name_en,
        Institution.name_lt,
        Institution.abbreviation,
        Institution.sector,
        Institution.function_en,
        Institution.function_lt,
        Institution.valid_from,
        Institution.valid_to,
        _member(MembershipKind.PARTNER, on).label("is_partner"),
        _member(MembershipKind.NCP_COORDINATOR, on).label("is_coordinator"),
        _reachable(on).label("is_reachable"),
        _load().label("load"),
        days_off,
        known_years,
    ).order_by(Institution.id)


def _member(kind: MembershipKind, on: date) -> Any:
    return exists().where(
        Membership.institution_id == Institution.id,
        Membership.kind == kind,
        valid(Membership, on),
    )


def _reachable(on: date) -> Any:
    contact = exists().where(
        Contact.institution_id == Institution.id,
        Contact.for_routing,
        Contact.refused_at.is_(None),
        or_(Contact.valid_from.is_(None), Contact.valid_from <= on),
        or_(Contact.valid_to.is_(None), Contact.valid_to >= on),
    )
    return or_(contact, Institution.mailbox.is_not(None))


def _load() -> Any:
    """How many questions of open queries the body has to answer now."""
    return (
        select(func.count())
        .select_from(Contribution)
        .join(Contribution.assignment)
        .join(Assignment.query)
        .where(
            Assignment.institution_id == Institution.id,
            OWED,
            Query.closed_at.is_(None),
            Query.withdrawn_at.is_(None),
            Query.deleted_at.is_(None),
        )
        .correlate(Institution)
        .scalar_subquery()
    )


def _body(row: Any) -> Body:
    return Body(
        id=row.id,
        slug=row.slug,
        names=Names(row.name_en, row.name_lt, row.abbreviation),
        sector=row.sector,
        words=" ".join((row.name_en, row.name_lt, row.function_en, row.function_lt)),
        existed=Period(row.valid_from, row.valid_to),
        is_partner=row.is_partner,
        is_coordinator=row.is_coordinator,
        is_reachable=row.is_reachable,
        load=row.load,
    )


def _themes(
    session: Session, on: date, language: str
) -> tuple[list[tuple[int, ThemeWords]], dict[int, tuple[Competent, ...]]]:
    """All themes with their words, and what each body is competent for."""
    themes: list[tuple[int, ThemeWords]] = []
    competences: dict[int, tuple[Competent, ...]] = {}
    for row in session.execute(_theme_rows(), {"on": on}):
        if row.keywords is not None:
            name = row.name_lt if language == "lt" else row.name_en
            themes.append((row.id, _theme_words(row.slug, name, row.keywords)))
        if row.institution_id is not None:
            part = Competent(row.slug, row.level, row.scope, kept_wording(row.scope))
            known = competences.get(row.institution_id, ())
            competences[row.institution_id] = (*known, part)
    return themes, competences


def _theme_rows() -> Select[Any]:
    """A row for each competence; the words of a theme stand in its first row only."""
    on = bindparam("on", type_=Competence.valid_from.type)
    place = func.row_number().over(partition_by=Theme.id, order_by=Competence.id)
    return (
        select(
            Theme.id,
            Theme.slug,
            Theme.name_en,
            Theme.name_lt,
            case((place == 1, cast(Theme.keywords, String))).label("keywords"),
            Competence.institution_id,
            Competence.level,
            Competence.scope,
        )
        .join(
            Competence,
            and_(
                Competence.theme_id == Theme.id,
                or_(Competence.valid_from.is_(None), Competence.valid_from <= on),
                or_(Competence.valid_to.is_(None), Competence.valid_to >= on),
            ),
            isouter=True,
        )
        .order_by(Theme.position, Theme.id, Competence.id)
    )


@lru_cache(maxsize=128)
def _theme_words(slug: str, name: str, keywords: str) -> ThemeWords:
    """A theme out of its row; the same row is read once."""
    words = json.loads(keywords).get("words", ())
    return ThemeWords(
        slug,
        name,
        tuple(
            KeywordWords(
                kept_wording(word["text"]), word["text"], Strength(word["strength"])
            )
            for word in words
        ),
    )
