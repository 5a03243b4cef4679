"""One query that is played step by step, while others are played beside it."""

from dataclasses import dataclass, field
from datetime import date

from emnnet.rehearsal import merging, office, partner
from emnnet.rehearsal.answers import sample_text
from emnnet.rehearsal.cast import Body, Cast, Plan, cast_of, substitute
from emnnet.rehearsal.document import Document
from emnnet.rehearsal.partner import Visit
from emnnet.rehearsal.setting import Setting, deliver, get_query

NOT_OURS = "We do not deal with this; please ask the institution named below."


@dataclass
class Case:
    """A query with its cast; each method is something that somebody does."""

    setting: Setting
    document: Document
    query_id: int = 0
    reference: str = ""
    plan: Plan = field(default_factory=Plan)
    bodies: dict[int, Body] = field(default_factory=dict)
    closed: tuple[int, ...] = ()
    declined: int = 0
    clearance_id: int = 0

    @property
    def cast(self) -> Cast:
        """Who plays which part."""
        return cast_of(self.plan, self.bodies)

    def register(self) -> None:
        """The document arrives."""
        self.query_id = office.register(self.setting, self.document)
        with self.setting.looking() as session:
            self.reference = get_query(session, self.query_id).reference

    def ask(self, due_on: date) -> None:
        """Everybody is asked."""
        self.plan, self.bodies = office.route(self.setting, self.query_id)
        office.send(self.setting, self.query_id, due_on)
        deliver(self.setting)

    def keep_last_answer_closed(self) -> None:
        """From now on the last question is answered for the asking country only."""
        with self.setting.looking() as session:
            self.closed = (get_query(session, self.query_id).questions[-1].id,)

    def answer(self, *bodies: Body) -> None:
        """These institutions answer all that they were asked."""
        for body in bodies:
            partner.send(self._written(body))
            self.setting.clock.later(20)
            deliver(self.setting)

    def answer_first(self, body: Body) -> None:
        """It accepts the query, and answers one question; the others stay open."""
        there = partner.accept(self._visit(body))
        partner.send(partner.write(there, self.closed, only=there.cards[:1]))
        self.setting.clock.later(20)
        deliver(self.setting)

    def draft(self, body: Body) -> None:
        """It writes, and does not send."""
        self._written(body)

    def promise(self, body: Body, day: date) -> None:
        """It asks for time until that day, for its first question."""
        there = self._visit(body)
        partner.promise(there, there.cards[0], day.isoformat())

    def decline(self, body: Body) -> None:
        """It says that its first question is not for it, and who should be asked."""
        there = self._visit(body)
        self.declined, question = next(iter(partner.questions_of(there).items()))
        instead = substitute(self.plan, self.cast, question.id, self.bodies)
        partner.decline(there, self.declined, NOT_OURS, instead.name)
        deliver(self.setting)

    def ask_instead(self) -> None:
        """The coordinator follows the suggestion."""
        office.ask_instead(self.setting, self.declined)
        deliver(self.setting)

    def consolidate(self) -> None:
        """The coordinator accepts what came, and writes the national text."""
        merging.accept_all(self.setting, self.query_id)
        merging.consolidate(self.setting, self.query_id, self.closed)

    def ask_clearance(self) -> None:
        """The text is put before the approver."""
        self.clearance_id = merging.ask_for_clearance(self.setting, self.query_id)
        deliver(self.setting)

    def clear_and_send(self) -> None:
        """The approver approves; the response leaves."""
        merging.clear(self.setting, self.clearance_id)
        merging.note_sent(self.setting, self.query_id)
        deliver(self.setting)

    def close_and_publish(self) -> None:
        """The query is over, and visitors may read it."""
        merging.close(self.setting, self.query_id)
        merging.publish_query(self.setting, self.query_id)
        deliver(self.setting)

    def _visit(self, body: Body) -> Visit:
        there = partner.visit(self.setting, body, self.reference)
        self.setting.clock.later(5)
        return there

    def _written(self, body: Body) -> Visit:
        there = self._visit(body)
        texts = {
            question.id: sample_text(body, question)
            for question in partner.questions_of(there).values()
        }
        return partner.write(there, self.closed, texts=texts)
