"""Mails and their tasks in words."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from emnnet.domain.mails import MailKind
from emnnet.domain.messages import unpacked
from emnnet.models.outbox import OutboxMessage
from emnnet.models.task import Task, TaskKind
from emnnet.selectors.outbox import MailState
from emnnet.services.outbox import TRIES, WHY, is_under_way
from emnnet.web.filters import moment
from emnnet.web.messages import spoken

KINDS = {
    MailKind.INVITATION: _l("Invitation"),
    MailKind.REMINDER: _l("Reminder"),
    MailKind.ESCALATION_COPY: _l("To those above"),
    MailKind.NEW_LINK: _l("New link"),
    MailKind.AWAY_LINK: _l("New link to note an absence"),
    MailKind.RECEIPT: _l("Receipt"),
    MailKind.CONTRIBUTION_RECEIVED: _l("Contribution received"),
    MailKind.CONTRIBUTION_DECLINED: _l("Contribution declined"),
    MailKind.CHANGE_ASKED: _l("Change asked for"),
    MailKind.RETURNED: _l("Returned for revision"),
    MailKind.RELEASED: _l("Taken back"),
    MailKind.DUE_CHANGED: _l("New date"),
    MailKind.DATES_MOVED: _l("Dates moved by a holiday"),
    MailKind.MORE_TIME_ASKED: _l("More time asked for"),
    MailKind.MORE_TIME_REFUSED: _l("More time refused"),
    MailKind.CLOCK_STOPPED: _l("Clock stopped"),
    MailKind.CLOCK_RESTARTED: _l("Clock started again"),
    MailKind.QUESTION_CORRECTED: _l("Question corrected"),
    MailKind.QUESTION_CLARIFIED: _l("Question corrected, new date"),
    MailKind.WITHDRAWN: _l("Query withdrawn"),
    MailKind.NO_LONGER_NEEDED: _l("No longer needed"),
    MailKind.HANDED_ON: _l("Open questions moved"),
    MailKind.CLEARANCE_ASKED: _l("Clearance asked for"),
    MailKind.CLEARANCE_DECIDED: _l("Clearance decided"),
    MailKind.DIGEST: _l("Morning digest"),
    MailKind.ACCOUNT_INVITATION: _l("Invitation to an account"),
    MailKind.PASSWORD: _l("Password changed"),
}
STATES = {
    MailState.WAITING: _l("Waiting"),
    MailState.FAILED: _l("Failed"),
    MailState.SENT: _l("Sent"),
    MailState.EXPIRED: _l("Dropped"),
    MailState.HELD: _l("Held"),
}
TASKS = {
    TaskKind.MAIL_FAILED: _l("A mail could not be sent"),
    TaskKind.ADDRESS_REFUSED: _l("An address was refused"),
    TaskKind.NO_CONTACT: _l("An institution cannot be written to"),
    TaskKind.NOBODY_ABOVE: _l("A reminder left, and nobody above was told"),
    TaskKind.RECORD_BROKEN: _l("A mail cannot be written"),
    TaskKind.INTAKE_FAILED: _l("The mailbox cannot be read"),
    TaskKind.ARRIVED_MAIL: _l("A mail has arrived"),
    TaskKind.ARRIVED_LATE: _l("A mail came after its query had ended"),
}
ADVICE = {
    TaskKind.MAIL_FAILED: _l("See what the server said, then try the mail again."),
    TaskKind.ADDRESS_REFUSED: _l(
        "Ask the institution for the right address and correct the contact."
    ),
    TaskKind.NO_CONTACT: _l("Add a contact or a mailbox to the institution."),
    TaskKind.NOBODY_ABOVE: _l(
        "Name somebody above the contact of the institution, for the next time."
    ),
    TaskKind.RECORD_BROKEN: _l("Tell whoever runs the program; the log names it too."),
    TaskKind.INTAKE_FAILED: _l(
        "New mail stays in the mailbox until it can be read. Tell whoever runs the"
        " program."
    ),
    TaskKind.ARRIVED_MAIL: _l("Read it under “Arrived” and say what becomes of it."),
    TaskKind.ARRIVED_LATE: _l("It was filed under “Arrived”; nothing was changed."),
}


def state_of(message: OutboxMessage) -> MailState:
    """Where the mail stands."""
    if message.sent_at:
        return MailState.SENT
    if message.held_at:
        return MailState.HELD
    if message.expired_at:
        return MailState.EXPIRED
    return MailState.FAILED if message.failed_at else MailState.WAITING


def what_next(message: OutboxMessage, now: datetime) -> str:
    """What happens with the mail, if nobody does anything."""
    if message.sent_at and message.bounced_at:
        left, back = moment(message.sent_at), moment(message.bounced_at)
        return str(
            _("It left on %(left)s and came back on %(back)s.", left=left, back=back)
        )
    if message.sent_at:
        return str(_("It left on %(moment)s.", moment=moment(message.sent_at)))
    if message.held_at:
        return str(_(message.expiry_reason or ""))
    if message.expired_at:
        reason = _(message.expiry_reason or "")
        return str(_("It does not leave: %(reason)s", reason=reason))
    if message.failed_at:
        return str(_("It was given up. Nothing happens until somebody tries it again."))
    return _of_waiting(message, now)


def _of_waiting(message: OutboxMessage, now: datetime) -> str:
    if is_under_way(message, now):
        return str(_("It is being sent at this moment."))
    at = moment(message.next_try_at)
    if message.attempts == 0:
        if message.next_try_at <= now:
            return str(_("It leaves within seconds."))
        return str(_("It waits for %(moment)s.", moment=at))
    left = TRIES - message.attempts
    return str(
        ngettext(
            "It is tried again on %(moment)s; %(num)d try is left.",
            "It is tried again on %(moment)s; %(num)d tries are left.",
            left,
            moment=at,
        )
    )


def addressed(message: OutboxMessage) -> tuple[str, ...]:
    """Why it goes to this address and not to the first contact."""
    return tuple(spoken(unpacked(kept)) for kept in message.facts.get(WHY, ()))


def about(task: Task) -> str:
    """The facts of a task that help to find what it is about."""
    facts = task.facts
    words = [facts.get("address"), facts.get("error")]
    return " · ".join(str(word) for word in words if word)
