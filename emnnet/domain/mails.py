"""The kinds of mail the office sends."""

from enum import StrEnum


class MailKind(StrEnum):
    """One for each pair of templates in templates/email/."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    ESCALATION_COPY = "escalation_copy"  # to who stands above, a mail of its own
    NEW_LINK = "new_link"
    AWAY_LINK = "away_link"  # a new way to the page on which absences are noted
    RECEIPT = "receipt"
    CONTRIBUTION_RECEIVED = "contribution_received"
    CONTRIBUTION_DECLINED = "contribution_declined"
    CHANGE_ASKED = "change_asked"
    RETURNED = "returned"
    RELEASED = "released"
    DUE_CHANGED = "due_changed"
    DATES_MOVED = "dates_moved"  # a holiday came or went: all queries in one mail
    MORE_TIME_ASKED = "more_time_asked"
    MORE_TIME_REFUSED = "more_time_refused"
    CLOCK_STOPPED = "clock_stopped"
    CLOCK_RESTARTED = "clock_restarted"
    QUESTION_CORRECTED = "question_corrected"
    QUESTION_CLARIFIED = "question_clarified"  # corrected, with a new date
    WITHDRAWN = "withdrawn"
    NO_LONGER_NEEDED = "no_longer_needed"
    HANDED_ON = "handed_on"  # open questions moved with a reorganisation or a person
    CLEARANCE_ASKED = "clearance_asked"
    CLEARANCE_DECIDED = "clearance_decided"
    DIGEST = "digest"
    ACCOUNT_INVITATION = "account_invitation"
    PASSWORD = "password"  # noqa: S105 -- the name of a kind of mail

    @property
    def carries_link(self) -> bool:
        """Does its reader need a personal link to act on it?"""
        return self in _WITH_LINK

    @property
    def chases(self) -> bool:
        """Does it ask for something still owed, so that it can come too late?"""
        return self in _CHASING

    @property
    def is_automatic(self) -> bool:
        """Is it the ladder that sends it? Then it keeps days off and pauses."""
        return self in _OF_THE_LADDER


_WITH_LINK = {
    MailKind.INVITATION,
    MailKind.NEW_LINK,
    MailKind.RETURNED,
    MailKind.DUE_CHANGED,
    MailKind.CLOCK_RESTARTED,
    MailKind.QUESTION_CORRECTED,
    MailKind.QUESTION_CLARIFIED,
}
_CHASING = {MailKind.REMINDER, MailKind.INVITATION, MailKind.RETURNED}
_OF_THE_LADDER = {MailKind.REMINDER, MailKind.ESCALATION_COPY}
