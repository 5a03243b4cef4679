"""An office with some of everything: what its pages show, once or many times."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from emnnet.domain.addressing import Stand
from emnnet.domain.arriving.kinds import ArrivedKind, CameBy
from emnnet.domain.audience import Audience, Dissemination
from emnnet.domain.calls import CallOutcome
from emnnet.domain.chases import Choice
from emnnet.domain.ladder import ReminderKind
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import message
from emnnet.domain.network import Duty, Level, Standing, TieKind
from emnnet.domain.roles import Role
from emnnet.models.absence import Absence, Closure
from emnnet.models.arrived_mail import ArrivedMail
from emnnet.models.call_note import CallNote
from emnnet.models.competence import Competence
from emnnet.models.contribution import Contribution
from emnnet.models.country_response import CountryResponse
from emnnet.models.incident import Incident
from emnnet.models.institution import Institution
from emnnet.models.job import JobRun, JobState
from emnnet.models.mail_decision import MailDecision
from emnnet.models.network_change import ActKind
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query, QueryRelation, RelationKind
from emnnet.models.question import Question
from emnnet.models.reminder import Reminder
from emnnet.models.stored_file import StoredFile
from emnnet.models.task import Task, TaskKind
from emnnet.models.theme import Theme
from emnnet.models.tie import Tie
from emnnet.services.network_edits import note_change, open_act, seal_act
from tests.builders import COORDINATOR, a_contact, a_query, a_user, an_assignment
from tests.conftest import NOON
from tests.integration.bench_setup import an_answer, taken
from tests.integration.routing_setup import a_partner
from tests.integration.test_public import a_public_query, an_attachment

EARLIER = datetime(2026, 2, 16, 8, 0, tzinfo=UTC)
LATE, NEAR = date(2026, 3, 11), date(2026, 3, 18)
DAY = timedelta(days=1)


class CrowdedOffice:
    """Everything hangs on one query that runs; each call of `more` adds one of each."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app, self.session, self.count = app, session, 0
        self.query = a_query(session, questions=1, reply_by=date(2026, 4, 24))
        self.head = a_partner(session, "HEAD")
        self.tie_id = self.act_id = 0

    def more(self, count: int) -> None:
        """So many more of everything."""
        for _ in range(count):
            self.count += 1
            body = self._body()
            self._asked(body)
            self._published()
            self._arrived(body)
            self._jobs()
            a_user(self.session, Role.READER)
            self.session.commit()

    def _add(self, *rows: Any) -> None:
        self.session.add_all(rows)
        self.session.flush()

    def _body(self) -> Institution:
        n, session = self.count, self.session
        body = a_partner(session, f"B{n}", duty=list(Duty)[n % len(Duty)])
        away = a_contact(session, body, position=2)
        theme = Theme(slug=f"t{n}", name_en=f"T{n}", name_lt=f"T{n}", position=n)
        self._add(theme)
        self._add(
            Competence(institution_id=body.id, theme_id=theme.id, level=Level.LEAD,
                       standing=Standing.SOURCED),
            Absence(contact_id=away.id, begins=NOON.date(), stand=Stand.NEXT,
                    said_at=NOON, said_by="Coordinator"),
            Closure(institution_id=body.id, begins=NOON.date() + 60 * DAY,
                    until=NOON.date() + 70 * DAY, reason="Summer", made_at=NOON,
                    made_by="Coordinator"),
        )  # fmt: skip
        ends = {"from_institution_id": body.id, "to_institution_id": self.head.id}
        tie = Tie(kind=TieKind.SUBORDINATE_TO, standing=Standing.SOURCED, **ends)
        about = {"by": COORDINATOR, "now": NOON}
        act = open_act(session, ActKind.EDITED, message("Changed."), **about)
        session.add(tie)
        session.flush()
        note_change(session, act, tie, None)
        seal_act(session, act)
        self.tie_id, self.act_id = self.tie_id or tie.id, self.act_id or act.id
        return body

    def _asked(self, body: Institution) -> None:
        """A new question; the institution has answered that, and owes the first."""
        n, session = self.count, self.session
        asked = {"asked_at": EARLIER, "invited_at": EARLIER}
        assignment = an_assignment(
            session, query=self.query, institution=body, role=CellRole.CONTRIBUTES,
            due_on=LATE if n % 2 else NEAR, **asked,
        )  # fmt: skip
        question = Question(
            query_id=self.query.id, position=n + 1, label=f"n{n}", text="And then?"
        )
        self._add(question)
        self._add(
            Contribution(assignment_id=assignment.id, question_id=question.id,
                         role=CellRole.LEAD, asked_at=EARLIER)
        )  # fmt: skip
        session.commit()
        taken(session, an_answer(session, assignment, label=f"n{n}"))
        mail = OutboxMessage(
            key=f"m{n}", kind=MailKind.REMINDER, recipient="a@example.org",
            language="en", institution_id=body.id, assignment_id=assignment.id,
            query_id=self.query.id, facts={}, queued_at=EARLIER, next_try_at=EARLIER,
            sent_at=EARLIER, subject="Reminder", body="Please answer.",
        )  # fmt: skip
        self._add(mail)
        told = {"assignment_id": assignment.id, "clock_start": 1}
        self._add(
            Reminder(kind=ReminderKind.ONE_DAY_BEFORE, due_on=LATE, queued_at=EARLIER,
                     message_id=mail.id, why={}, **told),
            MailDecision(kind=ReminderKind.DAY_AFTER, choice=Choice.HOLD,
                         made_for=NEAR, made_at=NOON, made_by="C", **told),
            CallNote(assignment_id=assignment.id, outcome=CallOutcome.NOT_REACHED,
                     at=EARLIER, by="C"),
            Task(key=f"call{n}", kind=TaskKind.CALL, query_id=self.query.id,
                 institution_id=body.id, made_at=NOON,
                 facts={"assignment": assignment.id}),
        )  # fmt: skip

    def _published(self) -> None:
        n, session = self.count, self.session
        other: Query = a_public_query(session)
        an_attachment(self.app, session, other, Audience.PUBLIC)
        self._add(
            QueryRelation(query_id=self.query.id, earlier_id=other.id,
                          kind=RelationKind.FOLLOW_UP),
            CountryResponse(query_id=self.query.id, country=f"L{n}",
                            dissemination=Dissemination.YES, received_at=NOON),
        )  # fmt: skip

    def _arrived(self, body: Institution) -> None:
        n = self.count
        file = StoredFile(
            sha256=f"{n:064}", size=1, media_type="message/rfc822", stored_at=NOON
        )
        self._add(file)
        self._add(
            ArrivedMail(key=f"a{n}", stored_file_id=file.id, came_by=CameBy.PIPE,
                        arrived_at=NOON, judged_at=NOON, kind=ArrivedKind.OTHER,
                        institution_id=body.id, query_id=self.query.id)
        )  # fmt: skip

    def _jobs(self) -> None:
        n = self.count
        self._add(
            JobState(job=f"job{n}", times={}, silence=60, rests=False, planned_at=NOON,
                     next_run_at=NOON, counts={}),
            JobRun(job=f"job{n}", started_at=NOON, host="a", pid=1, counts={}),
            Incident(name=f"job:job{n}", detail="", began_at=NOON),
        )  # fmt: skip
