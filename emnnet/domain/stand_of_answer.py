"""How an institution stands to a question whose wording was corrected."""

from enum import StrEnum


class StandOfAnswer(StrEnum):
    """What it had done when the correction came."""

    ANSWERED = "answered"  # it confirms, or changes
    DRAFT = "draft"  # the difference stands above its draft
    OPEN = "open"  # it reads the new text only


def stand_of_answer(*, said: bool, has_draft: bool) -> StandOfAnswer:
    """From whether it has said what it has to say, and whether it has begun."""
    if said:
        return StandOfAnswer.ANSWERED
    return StandOfAnswer.DRAFT if has_draft else StandOfAnswer.OPEN
