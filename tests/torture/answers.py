"""Answers that come in while all of this goes on."""

import random
import time
from dataclasses import dataclass, field
from threading import Event, Thread

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError

from emnnet import clock
from emnnet.domain.audience import Dissemination
from emnnet.domain.roles import Actor, ActorKind, Role
from emnnet.models.assignment import Assignment
from emnnet.models.contribution import Contribution
from emnnet.services.contributions import submit
from emnnet.services.drafts import save_draft
from emnnet.transaction import committing
from tests.torture.counting import Answer

SOMEBODY = Actor(ActorKind.LINK, "focal.point@example.org", Role.CONTACT)


@dataclass
class Answering(Thread):
    """Submits answers one after the other; remembers when each was safe."""

    app: Flask
    ids: list[int]
    seed: int
    pause: float
    answered: dict[int, Answer] = field(default_factory=dict)
    tried: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__(name="answering", daemon=True)
        self._over = Event()
        random.Random(self.seed).shuffle(self.ids)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        """Answer, wait a little, and so on."""
        while self.ids and not self._over.wait(self.pause):
            self._answer(self.ids.pop())

    def stop(self) -> None:
        """No more answers."""
        self._over.set()
        self.join()

    def _answer(self, assignment_id: int) -> None:
        """With the data base away the partner sees an error; that was no answer yet."""
        self.tried.add(assignment_id)
        with self.app.app_context():
            try:
                with committing() as session:
                    assignment = session.get_one(Assignment, assignment_id)
                    cells = session.scalars(
                        select(Contribution).where(
                            Contribution.assignment_id == assignment_id
                        )
                    ).all()
                    how = {"by": SOMEBODY, "now": clock.now()}
                    for cell in cells:
                        seen, yes = cell.draft_number, Dissemination.YES
                        save_draft(session, cell, "No.", yes, seen=seen, **how)
                    submit(session, assignment, cells, **how)
            except (OperationalError, InterfaceError):
                return
            self.answered[assignment_id] = Answer(time.time(), clock.now())
