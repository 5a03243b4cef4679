"""The history: what can happen, and the digests that chain one event to the next."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

BEGINNING = ""


class EventKind(StrEnum):
    """What can happen, in the past tense."""

    REGISTERED = "registered"
    QUERY_CHANGED = "query_changed"
    QUESTION_CORRECTED = "question_corrected"
    RELATED = "related"
    ROUTING_SAVED = "routing_saved"
    ASKED = "asked"
    RELEASED = "released"
    INVITED = "invited"
    REMINDED = "reminded"
    REMINDER_EXPIRED = "reminder_expired"
    MAIL_DECIDED = "mail_decided"  # left out, brought forward or held
    MAIL_DECISION_UNDONE = "mail_decision_undone"
    MAIL_SENT = "mail_sent"
    MAIL_FAILED = "mail_failed"
    LINK_OPENED = "link_opened"
    LINK_REFUSED = "link_refused"
    LINK_RENEWED = "link_renewed"
    ACKNOWLEDGED = "acknowledged"
    DRAFT_SAVED = "draft_saved"
    FORM_RETURNED = "form_returned"
    DRAFT_PASSED_ON = "draft_passed_on"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    PROMISED = "promised"
    CALLED = "called"
    CHANGE_ASKED = "change_asked"
    ATTACHED = "attached"
    ATTACHMENT_REMOVED = "attachment_removed"
    ATTACHMENT_OPENED = "attachment_opened"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    DUE_CHANGED = "due_changed"
    EXTENSION_TAKEN_BACK = "extension_taken_back"
    MORE_TIME_ASKED = "more_time_asked"
    MORE_TIME_REFUSED = "more_time_refused"
    CLOCK_STOPPED = "clock_stopped"
    CLOCK_RESTARTED = "clock_restarted"
    CLOCK_STOP_TAKEN_BACK = "clock_stop_taken_back"
    CLOCK_RESTART_TAKEN_BACK = "clock_restart_taken_back"
    REPLY_BY_MOVED = "reply_by_moved"
    REPLY_BY_TAKEN_BACK = "reply_by_taken_back"
    ANSWER_CONFIRMED = "answer_confirmed"
    LATE_CHOSEN = "late_chosen"
    RESPONSE_CHANGED = "response_changed"
    SOURCE_CHECKED = "source_checked"
    DISSEMINATION_DECIDED = "dissemination_decided"
    CLEARANCE_ASKED = "clearance_asked"
    CLEARED = "cleared"
    CLEARANCE_REFUSED = "clearance_refused"
    CLEARED_BY_EXCEPTION = "cleared_by_exception"
    EXPORTED = "exported"
    SENT = "sent"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    PREVIEW_SHARED = "preview_shared"
    PREVIEW_REVOKED = "preview_revoked"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    DELETED = "deleted"
    RESTORED = "restored"
    NETWORK_LOADED = "network_loaded"
    NETWORK_CHANGED = "network_changed"
    ASSIGNMENT_MOVED = "assignment_moved"  # to the successor of its body
    BACK_TO_INBOX = "back_to_inbox"  # its contact left
    CONTACT_LEFT = "contact_left"
    SIGNED_IN = "signed_in"
    ACCOUNT_ADDED = "account_added"
    PASSWORD_RESET = "password_reset"  # noqa: S105 -- the name of an event
    ACCOUNT_DEACTIVATED = "account_deactivated"
    ACCOUNT_REACTIVATED = "account_reactivated"
    ACCOUNT_INVITED = "account_invited"
    ACCOUNT_INVITATION_CANCELLED = "account_invitation_cancelled"
    ROLE_CHANGED = "role_changed"
    DIGEST_CHOSEN = "digest_chosen"
    ABSENCE_NOTED = "absence_noted"
    ABSENCE_ENDED = "absence_ended"
    CLOSURE_NOTED = "closure_noted"
    CLOSURE_ENDED = "closure_ended"
    CONTACT_ADDED = "contact_added"
    CONTACT_CHANGED = "contact_changed"
    MAIL_ARRIVED = "mail_arrived"
    MAIL_RETURNED = "mail_returned"  # a report says that a mail of ours did not reach
    MAILED_DRAFT_TAKEN = "mailed_draft_taken"
    MAILED_DRAFT_DISCARDED = "mailed_draft_discarded"
    MAIL_PAUSED = "mail_paused"
    MAIL_RESUMED = "mail_resumed"
    LADDER_CHANGED = "ladder_changed"
    HOLIDAYS_LOADED = "holidays_loaded"
    HOLIDAYS_CHANGED = "holidays_changed"
    CALENDAR_RULE_CHANGED = "calendar_rule_changed"
    TERM_CHOSEN = "term_chosen"
    FEED_MADE = "feed_made"
    FEED_REVOKED = "feed_revoked"
    EDITION_MADE = "edition_made"
    EDITION_WITHDRAWN = "edition_withdrawn"


@dataclass(frozen=True)
class Entry:
    """All of an event that its digest covers."""

    stream: str
    number: int
    kind: str
    actor_kind: str
    actor_name: str
    actor_role: str
    at: datetime
    facts: dict[str, Any]


def chained(entry: Entry, before: str) -> str:
    """The digest of an event: over all it says and the digest before it."""
    moment = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = {**vars(entry), "at": moment, "before": before}
    written = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return sha256(written.encode()).hexdigest()


def first_break(entries: Iterable[tuple[Entry, str]]) -> int | None:
    """The number of the first event that was changed or is missing, or none."""
    before, expected = BEGINNING, 1
    for entry, digest in entries:
        if entry.number != expected or chained(entry, before) != digest:
            return expected
        before, expected = digest, expected + 1
    return None
