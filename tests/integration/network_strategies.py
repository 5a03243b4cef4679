"""Random networks with assignments in every state, for properties of the mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st
from sqlalchemy.orm import Session

from emnnet.domain.chases import Choice
from emnnet.domain.ladder import BASES, ReminderKind
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.mails import MailKind
from emnnet.domain.network import Duty, Sector
from emnnet.models.assignment import Assignment
from emnnet.models.contact import Contact
from emnnet.models.contribution import Contribution
from emnnet.models.institution import Institution
from emnnet.models.mail_decision import MailDecision, MailPause
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query, RequesterKind
from emnnet.models.question import Question
from emnnet.models.reminder import Reminder

LADDER = list(BASES)
NEAR = st.integers(-14, 12)


@dataclass(frozen=True)
class Asked:
    """One assignment, its days counted from the day the board is looked at."""

    institution: int
    query: int
    due: int
    invited: int | None
    promised: int | None
    own_due: int | None
    answered: bool
    earlier: int  # so many steps of the ladder went out before
    last_one: str  # sent, waits, failed
    acted: bool
    choice: Choice | None
    held_for: int | None


@dataclass(frozen=True)
class Network:
    """All of one example."""

    today: date
    hour: int
    duties: tuple[Duty | None, ...]
    has_contact: tuple[bool, ...]
    reply_by: tuple[int, ...]
    asked: tuple[Asked, ...]
    pause: tuple[int, int | None] | None

    @property
    def now(self) -> datetime:
        """The moment the board is looked at."""
        return moment(self.today, self.hour)


def moment(day: date, hour: int = 5) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 5, tzinfo=UTC)


ASKED = st.builds(
    Asked,
    institution=st.integers(0, 2),
    query=st.integers(0, 2),
    due=NEAR,
    invited=st.none() | st.integers(-40, -15),
    promised=st.none() | st.none() | NEAR,
    own_due=st.none() | st.none() | NEAR,
    answered=st.sampled_from([False, False, False, True]),
    earlier=st.sampled_from([0, 0, 1, 2, 4, 4, 5, 6, 7, 8, 9]),
    last_one=st.sampled_from(["sent", "sent", "waits", "failed"]),
    acted=st.sampled_from([False, False, True]),
    choice=st.none() | st.sampled_from(Choice),
    held_for=st.none() | st.integers(1, 9),
)
NETWORKS = st.builds(
    Network,
    today=st.dates(date(2026, 3, 2), date(2026, 7, 10)),
    hour=st.integers(3, 18),
    duties=st.tuples(*[st.sampled_from([None, *Duty, Duty.MANDATED])] * 3),
    has_contact=st.tuples(*[st.sampled_from([True, True, True, False])] * 3),
    reply_by=st.tuples(*[st.integers(-10, 20)] * 3),
    asked=st.lists(
        ASKED,
        min_size=1,
        max_size=7,
        unique_by=lambda one: (one.institution, one.query),
    ).map(tuple),
    pause=st.none() | st.tuples(st.integers(-3, 6), st.none() | st.integers(0, 5)),
)


@contextmanager
def standing(session: Session, network: Network) -> Iterator[None]:
    """The network is in the database; nothing is committed."""
    try:
        _build(session, network)
        yield
    finally:
        session.rollback()


def _build(session: Session, network: Network) -> None:
    bodies = [_institution(session, network, n) for n in range(3)]
    queries = [_query(session, network, n) for n in range(3)]
    for one in network.asked:
        _asked(session, network, one, bodies[one.institution], queries[one.query])
    if network.pause is not None:
        begins = network.today + timedelta(network.pause[0])
        length = network.pause[1]
        session.add(
            MailPause(
                begins=begins,
                until=None if length is None else begins + timedelta(length),
                reason="Everybody is at a conference.",
                made_at=moment(network.today, 3),
                made_by="Coordinator",
            )
        )
    session.flush()


def _institution(session: Session, network: Network, n: int) -> Institution:
    body = Institution(
        slug=f"body{n}",
        name_en=f"Institution {n}",
        name_lt=f"Įstaiga {n}",
        sector=Sector.GOVERNMENT,
        duty=network.duties[n],
    )
    session.add(body)
    session.flush()
    for which in ("routing", "escalation") if network.has_contact[n] else ():
        session.add(
            Contact(
                institution_id=body.id,
                role_title=which,
                email=f"{which}.{n}@example.org",
                for_routing=which == "routing",
                for_escalation=which == "escalation",
            )
        )
    return body


def _query(session: Session, network: Network, n: int) -> Query:
    query = Query(
        year=2026,
        number=n + 1,
        title="Family reunification",
        printed_title="Family reunification",
        requester_kind=RequesterKind.NCP,
        requester_printed="NL EMN NCP",
        reply_by=network.today + timedelta(network.reply_by[n]),
        received_at=moment(network.today - timedelta(50)),
    )
    query.questions = [
        Question(position=place, label=str(place), text="How?") for place in (1, 2)
    ]
    session.add(query)
    session.flush()
    return query


def _asked(
    session: Session, network: Network, one: Asked, body: Institution, query: Query
) -> None:
    asked_at = moment(network.today - timedelta(45))
    invited = None if one.invited is None else network.today + timedelta(one.invited)
    assignment = Assignment(
        query_id=query.id,
        institution_id=body.id,
        due_on=network.today + timedelta(one.due),
        asked_at=asked_at,
        invited_at=moment(invited) if invited else None,
        acknowledged_at=moment(network.today, 3) if one.acted else None,
    )
    session.add(assignment)
    session.flush()
    for question in query.questions:
        first = question.position == 1
        session.add(
            Contribution(
                assignment_id=assignment.id,
                question_id=question.id,
                role=CellRole.CONTRIBUTES,
                asked_at=asked_at,
                promised_on=_day(network, one.promised) if first else None,
                due_on=_day(network, one.own_due) if not first else None,
                latest_number=int(one.answered),
            )
        )
    session.flush()
    _history(session, network, one, assignment)
    _decision(session, network, one, assignment)


def _day(network: Network, offset: int | None) -> date | None:
    return None if offset is None else network.today + timedelta(offset)


def _history(
    session: Session, network: Network, one: Asked, assignment: Assignment
) -> None:
    """Steps that went out before, a day after the other; the last one may wait."""
    for place, kind in enumerate(LADDER[: one.earlier]):
        sent_on = network.today - timedelta(2 + 2 * (one.earlier - place))
        last = place == one.earlier - 1
        state = one.last_one if last else "sent"
        at = moment(sent_on)
        message = None
        if kind is not ReminderKind.CALL:
            message = OutboxMessage(
                key=f"before:{assignment.id}:{kind}",
                kind=MailKind.REMINDER,
                recipient="routing@example.org",
                language="en",
                institution_id=assignment.institution_id,
                facts={},
                queued_at=at,
                next_try_at=at,
                sent_at=at if state == "sent" else None,
                failed_at=at if state == "failed" else None,
            )
            session.add(message)
            session.flush()
        session.add(
            Reminder(
                assignment_id=assignment.id,
                clock_start=1,
                kind=kind,
                due_on=assignment.due_on,
                queued_at=at,
                message_id=message.id if message else None,
                why={},
            )
        )


def _decision(
    session: Session, network: Network, one: Asked, assignment: Assignment
) -> None:
    """About the step that comes next."""
    if one.choice is None or one.earlier >= len(LADDER):
        return
    held = one.choice is Choice.HOLD
    session.add(
        MailDecision(
            assignment_id=assignment.id,
            clock_start=1,
            kind=LADDER[one.earlier],
            choice=one.choice,
            made_for=network.today + timedelta(1),
            until=_day(network, one.held_for) if held else None,
            made_at=moment(network.today, 3),
            made_by="Coordinator",
        )
    )
