"""What state a query, an assignment or a contribution is in: computed from its facts.

Nothing stores a status. `allowed_*` says which actions the facts permit; who may
do them is the edge's question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from emnnet.domain.errors import IllegalAction
from emnnet.domain.messages import _n


class CellRole(StrEnum):
    """What an institution is asked for in one question."""

    LEAD = "lead"
    CONTRIBUTES = "contributes"
    INFORMED = "informed"

    @property
    def owes(self) -> bool:
        """Is an answer awaited, or is it told for information only?"""
        return self is not CellRole.INFORMED


class DeclineReason(StrEnum):
    """Why an institution gives no text. Each is a complete answer."""

    NO_DATA = "no_data"
    NOT_COMPETENT = "not_competent"
    NOT_APPLICABLE = "not_applicable"  # the condition of the question does not hold


class ContributionStatus(StrEnum):
    """Where one institution stands with one question."""

    INFORMED = "informed"
    ASKED = "asked"
    DRAFT = "draft"
    PROMISED = "promised"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    DECLINED = "declined"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    NOT_ANSWERED = "not_answered"

    @property
    def is_owed(self) -> bool:
        """Does the office still wait for it?"""
        return self in _OWED

    @property
    def is_done(self) -> bool:
        """Has the institution said what it has to say?"""
        return self in _DONE


_OWED = {
    ContributionStatus.ASKED,
    ContributionStatus.DRAFT,
    ContributionStatus.PROMISED,
    ContributionStatus.RETURNED,
}
_DONE = {
    ContributionStatus.SUBMITTED,
    ContributionStatus.ACCEPTED,
    ContributionStatus.DECLINED,
}


@dataclass(frozen=True)
class ContributionFacts:
    """All that decides the status of a contribution."""

    role: CellRole = CellRole.CONTRIBUTES
    has_draft: bool = False
    submitted: int = 0  # number of the latest version, 0 for none
    returned: int = 0  # the version that was returned, 0 for none
    returned_at: datetime | None = None  # also where a refusal without text was
    accepted: int = 0  # the version that was accepted, 0 for none
    declined_at: datetime | None = None
    promised_on: date | None = None
    released_at: datetime | None = None
    query_withdrawn_at: datetime | None = None
    query_closed_at: datetime | None = None


def contribution_status(facts: ContributionFacts) -> ContributionStatus:
    """Where the institution stands with the question."""
    if facts.role is CellRole.INFORMED:
        return ContributionStatus.INFORMED
    if facts.released_at:
        return ContributionStatus.RELEASED
    said = _said(facts)
    if said is not None:
        return said
    if facts.query_withdrawn_at:
        return ContributionStatus.WITHDRAWN
    if facts.query_closed_at:
        return ContributionStatus.NOT_ANSWERED
    return _owed(facts)


def _said(facts: ContributionFacts) -> ContributionStatus | None:
    if facts.declined_at:
        return ContributionStatus.DECLINED
    if facts.submitted > facts.returned:
        accepted = facts.accepted == facts.submitted
        return ContributionStatus.ACCEPTED if accepted else ContributionStatus.SUBMITTED
    return None


def _owed(facts: ContributionFacts) -> ContributionStatus:
    if facts.promised_on:
        return ContributionStatus.PROMISED
    if facts.returned or facts.returned_at:
        return ContributionStatus.RETURNED
    return ContributionStatus.DRAFT if facts.has_draft else ContributionStatus.ASKED


class ContributionAction(StrEnum):
    """What can be done with a contribution."""

    SAVE_DRAFT = "save_draft"
    SUBMIT = "submit"
    DECLINE = "decline"
    PROMISE = "promise"
    ATTACH = "attach"
    ASK_FOR_CHANGE = "ask_for_change"
    ACCEPT = "accept"
    RETURN = "return"
    RELEASE = "release"
    REMIND = "remind"
    READ_DRAFT = "read_draft"


_WRITING = {
    ContributionAction.SAVE_DRAFT,
    ContributionAction.SUBMIT,
    ContributionAction.DECLINE,
    ContributionAction.PROMISE,
    ContributionAction.ATTACH,
}
_OPEN_TO_OFFICE = {ContributionAction.RELEASE, ContributionAction.REMIND}
_LATE = _WRITING  # a late answer is accepted after closing, and marked

CONTRIBUTION_ACTIONS: dict[ContributionStatus, set[ContributionAction]] = {
    ContributionStatus.INFORMED: {ContributionAction.RELEASE},
    ContributionStatus.ASKED: _WRITING | _OPEN_TO_OFFICE,
    ContributionStatus.DRAFT: _WRITING | _OPEN_TO_OFFICE,
    ContributionStatus.PROMISED: _WRITING | _OPEN_TO_OFFICE,
    ContributionStatus.RETURNED: _WRITING | _OPEN_TO_OFFICE,
    ContributionStatus.SUBMITTED: {
        ContributionAction.ACCEPT,
        ContributionAction.RETURN,
        ContributionAction.ASK_FOR_CHANGE,
    },
    ContributionStatus.ACCEPTED: {
        ContributionAction.RETURN,
        ContributionAction.ASK_FOR_CHANGE,
    },
    ContributionStatus.DECLINED: {
        ContributionAction.RETURN,
        ContributionAction.ASK_FOR_CHANGE,
    },
    ContributionStatus.RELEASED: {ContributionAction.READ_DRAFT},
    ContributionStatus.WITHDRAWN: set(),
    ContributionStatus.NOT_ANSWERED: set(_LATE),
}


def allow(action: ContributionAction, facts: ContributionFacts) -> None:
    """Raise `IllegalAction` with the reason unless the facts permit the action."""
    status = contribution_status(facts)
    if action not in CONTRIBUTION_ACTIONS[status]:
        raise IllegalAction(REFUSALS[status])


REFUSALS: dict[ContributionStatus, str] = {
    ContributionStatus.INFORMED: _n("This question was sent for information only."),
    ContributionStatus.ASKED: _n("Nothing has been submitted yet."),
    ContributionStatus.DRAFT: _n("Nothing has been submitted yet."),
    ContributionStatus.PROMISED: _n("Nothing has been submitted yet."),
    ContributionStatus.RETURNED: _n("It was returned; a new version is awaited."),
    ContributionStatus.SUBMITTED: _n("This answer was already submitted."),
    ContributionStatus.ACCEPTED: _n("This answer was already accepted."),
    ContributionStatus.DECLINED: _n("This question was already declined."),
    ContributionStatus.RELEASED: _n("The office has taken this question back."),
    ContributionStatus.WITHDRAWN: _n("The asking country has withdrawn the query."),
    ContributionStatus.NOT_ANSWERED: _n("The query is closed."),
}


class AssignmentStatus(StrEnum):
    """Where one institution stands with one query: the sum of its contributions."""

    INFORMED = "informed"
    ASKED = "asked"
    BEGUN = "begun"
    PARTLY_ANSWERED = "partly_answered"
    ANSWERED = "answered"
    RETURNED = "returned"
    DECLINED = "declined"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    NOT_ANSWERED = "not_answered"


def assignment_status(cells: Sequence[ContributionStatus]) -> AssignmentStatus:
    """The sum of the contributions; released ones count only when all are."""
    live = [cell for cell in cells if cell is not ContributionStatus.RELEASED]
    owed = [cell for cell in live if cell is not ContributionStatus.INFORMED]
    if not live:
        return AssignmentStatus.RELEASED
    if not owed:
        return AssignmentStatus.INFORMED
    for cell, status in _ANY.items():
        if cell in owed:
            return status
    return _answered(owed)


_ANY = {
    ContributionStatus.WITHDRAWN: AssignmentStatus.WITHDRAWN,
    ContributionStatus.NOT_ANSWERED: AssignmentStatus.NOT_ANSWERED,
    ContributionStatus.RETURNED: AssignmentStatus.RETURNED,
}


def _answered(owed: Sequence[ContributionStatus]) -> AssignmentStatus:
    done = [cell for cell in owed if cell.is_done]
    if len(done) == len(owed):
        declined = all(cell is ContributionStatus.DECLINED for cell in owed)
        return AssignmentStatus.DECLINED if declined else AssignmentStatus.ANSWERED
    if done:
        return AssignmentStatus.PARTLY_ANSWERED
    begun = any(cell is not ContributionStatus.ASKED for cell in owed)
    return AssignmentStatus.BEGUN if begun else AssignmentStatus.ASKED
