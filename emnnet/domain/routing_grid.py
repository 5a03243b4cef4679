"""The routing grid as values: who is to be asked what, and what is wrong with it.

A cell is named by its question and its institution.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import sha256

from emnnet.domain.errors import DomainError
from emnnet.domain.lifecycle import CellRole
from emnnet.domain.messages import Message, _n

Key = tuple[int, int]
"""A question and an institution, by their ids."""


class TwoLeads(DomainError):
    """A question would have two leads: which one stays has to be said."""


class LeadTaken(DomainError):
    """Somebody else has given the question a lead a moment before."""


class IncompleteGrid(DomainError):
    """Questions that nobody is asked to answer; `questions` are their labels."""

    def __init__(self, labels: Iterable[str]) -> None:
        self.questions = tuple(labels)
        super().__init__(NOBODY_ASKED, questions=", ".join(self.questions))


class Unreachable(DomainError):
    """Institutions without any address; `institutions` are their names."""

    def __init__(self, names: Iterable[str]) -> None:
        self.institutions = tuple(names)
        super().__init__(NO_ADDRESS, institutions=", ".join(self.institutions))


class NeedsConfirmation(DomainError):
    """It can be done, but only by somebody who has read the warnings."""

    def __init__(self, warnings: Iterable[Message]) -> None:
        self.warnings = tuple(warnings)
        said = "; ".join(str(warning) for warning in self.warnings)
        super().__init__(CONFIRM, warnings=said)


NOBODY_ASKED = _n(
    "Nobody is asked to answer: %(questions)s. Choose an institution for each,"
    " or send only the complete questions. Nothing was sent."
)
NO_ADDRESS = _n(
    "There is no address to write to: %(institutions)s. Add a contact, choose another"
    " institution, or send only what is complete. Nothing was sent."
)
CONFIRM = _n("Confirm that you have read the warnings: %(warnings)s.")
TWO_LEADS = _n(
    "Question %(question)s has two leads, %(former)s and %(new)s."
    " Replace %(former)s, or let one of them contribute."
)
LEAD_TAKEN = _n(
    "Somebody else has just given a question another lead."
    " Open the page again and look; nothing of yours was saved."
)


def grid_digest(
    planned: Mapping[Key, tuple[CellRole, date | None]], sent: Mapping[Key, CellRole]
) -> str:
    """What a page has shown, in short: another digest is another grid."""
    rows = [
        [*key, role, due_on.isoformat() if due_on else ""]
        for key, (role, due_on) in sorted(planned.items())
    ]
    asked = [[*key, role] for key, role in sorted(sent.items())]
    return sha256(json.dumps([rows, asked]).encode()).hexdigest()[:16]


def leads(cells: Mapping[Key, CellRole]) -> dict[int, list[int]]:
    """The institutions that lead, by question, in the order of their ids."""
    found: dict[int, list[int]] = {}
    for (question, institution), role in sorted(cells.items()):
        if role is CellRole.LEAD:
            found.setdefault(question, []).append(institution)
    return found


def doubled_leads(cells: Mapping[Key, CellRole]) -> dict[int, list[int]]:
    """The questions with more than one lead."""
    return {question: who for question, who in leads(cells).items() if len(who) > 1}


def with_former_replaced(
    cells: Mapping[Key, CellRole],
    former: Mapping[Key, CellRole],
    replace: Collection[int],
) -> dict[Key, CellRole]:
    """The cells, the former leads of the questions in `replace` only contributing."""
    result = dict(cells)
    for question, who in leads(former).items():
        if question not in replace or len(leads(cells).get(question, ())) < 2:
            continue
        for institution in who:
            result[question, institution] = CellRole.CONTRIBUTES
    return result


def unanswered(
    questions: Iterable[int], cells: Mapping[Key, CellRole]
) -> tuple[int, ...]:
    """The questions that nobody is asked to answer, in the order given."""
    owed = {question for (question, _), role in cells.items() if role.owes}
    return tuple(question for question in questions if question not in owed)


def still_to_ask(
    questions: Iterable[int],
    planned: Mapping[Key, CellRole],
    sent: Collection[Key],
) -> dict[int, dict[int, CellRole]]:
    """By institution: the questions it has not been asked yet, with its part."""
    asks: dict[int, dict[int, CellRole]] = {}
    for question in questions:
        for (of, institution), role in sorted(planned.items()):
            if of == question and (of, institution) not in sent:
                asks.setdefault(institution, {})[question] = role
    return dict(sorted(asks.items()))
