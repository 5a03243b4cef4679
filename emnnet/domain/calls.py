"""Telephoning: what can come of a call."""

from enum import StrEnum


class CallOutcome(StrEnum):
    """How a call ended."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    PROMISED = "promised"
    WILL_NOT_ANSWER = "will_not_answer"
