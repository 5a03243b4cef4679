"""Loading a described network into the tables, as often as you like."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from emnnet.domain.history import EventKind
from emnnet.domain.network import (
    CompetenceFact,
    ContactFact,
    ContactPurpose,
    InstitutionFact,
    MembershipFact,
    NetworkDescription,
    SourceFact,
    ThemeFact,
    TieFact,
)
from emnnet.domain.network_check import NetworkProblems, problems
from emnnet.domain.roles import Actor
from emnnet.models.competence import Competence
from emnnet.models.contact import Contact
from emnnet.models.institution import FormerName, Institution
from emnnet.models.institution import InstitutionFact as FactRow
from emnnet.models.membership import Membership
from emnnet.models.source import Source
from emnnet.models.theme import Theme, ThemeTerm
from emnnet.models.tie import Tie
from emnnet.services.events import record_office
from emnnet.services.network_rows import LoadReport, Outcome, put


def load_network(
    session: Session, description: NetworkDescription, *, by: Actor, now: datetime
) -> LoadReport:
    """Bring the tables to what the description says; rows it does not name stay.

    Raises `NetworkProblems`, with files and lines, before anything is changed.
    """
    found = problems(description)
    if found:
        raise NetworkProblems(found)
    report = LoadReport()
    for source in description.sources:
        _source(session, source, report)
    ids = {fact.id: _institution(session, fact, report).id
           for fact in description.institutions}  # fmt: skip
    themes = {fact.slug: _theme(session, fact, report).id
              for fact in description.themes}  # fmt: skip
    for tie in description.ties:
        _tie(session, tie, ids, report)
    for membership in description.memberships:
        _membership(session, membership, ids, report)
    for competence in description.competences:
        _competence(session, competence, ids, themes, report)
    for contact in description.contacts:
        _contact(session, contact, ids, report)
    _remember(session, report, by=by, now=now)
    return report


def _remember(
    session: Session, report: LoadReport, *, by: Actor, now: datetime
) -> None:
    made, changed = report.total(Outcome.CREATED), report.total(Outcome.CHANGED)
    if made or changed:
        kind, facts = EventKind.NETWORK_LOADED, {"created": made, "changed": changed}
        record_office(session, "network", kind, by=by, now=now, **facts)


def _source(session: Session, fact: SourceFact, report: LoadReport) -> None:
    facts = {"address": fact.url, "title": fact.title}
    put(session, Source, {"code": fact.id}, facts, report, name=fact.id)


def _institution(
    session: Session, fact: InstitutionFact, report: LoadReport
) -> Institution:
    facts = {
        "name_en": fact.en,
        "name_lt": fact.lt,
        "abbreviation": fact.abbreviation,
        "sector": fact.sector,
        "duty": fact.duty,
        "function_en": fact.function_en,
        "function_lt": fact.function_lt,
        "legal_basis": fact.legal_basis or None,
        "website": fact.website or None,
        "mailbox": fact.email or None,
        "address": fact.address or None,
        "code": fact.code or None,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
    }
    row = put(session, Institution, {"slug": fact.id}, facts, report, name=fact.id)
    for aspect in fact.facts:
        key = {"institution_id": row.id, "aspect": aspect.aspect}
        stands = {
            "standing": aspect.backing.standing,
            "source_codes": list(aspect.backing.sources),
        }
        name = f"{fact.id} {aspect.aspect}"
        put(session, FactRow, key, stands, report, name=name)
    for former in fact.former_names:
        key = {"institution_id": row.id, "name_en": former.en}
        names = {
            "name_lt": former.lt,
            "abbreviation": former.abbreviation,
            "valid_from": former.valid_from,
            "valid_to": former.valid_to,
        }
        put(session, FormerName, key, names, report, name=f"{fact.id} {former.en}")
    return row


def _theme(session: Session, fact: ThemeFact, report: LoadReport) -> Theme:
    words = [
        {"text": word.text, "language": word.language, "strength": word.strength}
        for word in fact.keywords
    ]
    facts = {
        "name_en": fact.en,
        "name_lt": fact.lt,
        "position": fact.position,
        "keywords": {"words": words},
    }
    row = put(session, Theme, {"slug": fact.slug}, facts, report, name=fact.slug)
    for other in fact.mappings:
        key = {"theme_id": row.id, "vocabulary": other.vocabulary, "term": other.word}
        put(session, ThemeTerm, key, {}, report, name=f"{fact.slug} {other.word}")
    return row


def _tie(
    session: Session, fact: TieFact, ids: dict[str, int], report: LoadReport
) -> None:
    key = {
        "kind": fact.kind,
        "from_institution_id": ids[fact.from_id],
        "to_institution_id": ids[fact.to_id],
        "valid_from": fact.valid_from,
    }
    facts = {
        "valid_to": fact.valid_to,
        "standing": fact.backing.standing,
        "source_codes": list(fact.backing.sources),
        "note": fact.note,
    }
    name = f"{fact.from_id} {fact.kind} {fact.to_id}"
    put(session, Tie, key, facts, report, name=name)


def _membership(
    session: Session, fact: MembershipFact, ids: dict[str, int], report: LoadReport
) -> None:
    key = {
        "institution_id": ids[fact.institution_id],
        "kind": fact.kind,
        "valid_from": fact.valid_from,
    }
    facts = {
        "valid_to": fact.valid_to,
        "standing": fact.backing.standing,
        "source_codes": list(fact.backing.sources),
        "note": fact.note,
    }
    name = f"{fact.institution_id} {fact.kind}"
    put(session, Membership, key, facts, report, name=name)


def _competence(
    session: Session,
    fact: CompetenceFact,
    ids: dict[str, int],
    themes: dict[str, int],
    report: LoadReport,
) -> None:
    key = {
        "institution_id": ids[fact.institution_id],
        "theme_id": themes[fact.theme],
        "valid_from": fact.valid_from,
    }
    facts = {
        "level": fact.level,
        "scope": fact.scope,
        "valid_to": fact.valid_to,
        "standing": fact.backing.standing,
        "source_codes": list(fact.backing.sources),
    }
    name = f"{fact.institution_id} {fact.theme}"
    put(session, Competence, key, facts, report, name=name)


def _contact(
    session: Session, fact: ContactFact, ids: dict[str, int], report: LoadReport
) -> None:
    """A contact is only made: what the office changed about it is the office's."""
    institution_id = ids[fact.institution_id]
    known = select(Contact.id).where(
        Contact.institution_id == institution_id, Contact.email == fact.email
    )
    if session.scalar(known):
        report.note("contact", fact.email, Outcome.UNCHANGED)
        return
    routing = fact.purpose is ContactPurpose.ROUTING
    session.add(
        Contact(
            institution_id=institution_id,
            role_title=fact.title,
            email=fact.email,
            language=fact.language,
            for_routing=routing,
            for_escalation=not routing,
        )
    )
    report.note("contact", fact.email, Outcome.CREATED)
