"""The steps of a ladder in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from emnnet.domain.ladder import Base, Ladder, ReminderKind, Rule
from emnnet.domain.network import Duty

STEPS = {
    ReminderKind.FIVE_DAYS_BEFORE: _l("First notice before the date"),
    ReminderKind.ONE_DAY_BEFORE: _l("Second notice before the date"),
    ReminderKind.ON_THE_DAY: _l("Notice on the date"),
    ReminderKind.DAY_AFTER: _l("First reminder after the date"),
    ReminderKind.PROMISE_PASSED: _l("A promised day has passed"),
    ReminderKind.SECOND_CHASER: _l("Second reminder after the date"),
    ReminderKind.ESCALATION: _l(
        "Third reminder after the date, and a mail to those above"
    ),
    ReminderKind.CALL: _l("Call by the office"),
    ReminderKind.AFTER_REPLY_BY: _l("Mail after the reply-by date"),
    ReminderKind.BY_HAND: _l("Reminder by hand"),
}
DUTIES = {
    Duty.MANDATED: _l("Mandated institutions"),
    Duty.RECOMMENDED: _l("Recommended institutions"),
    Duty.AGREEMENT: _l("Institutions by agreement"),
}
ABOUT = {
    Duty.MANDATED: _l(
        "Instructed by the Government to take part (Resolution 126, point 4)."
    ),
    Duty.RECOMMENDED: _l(
        "Taking part is recommended to them (Resolution 126, point 5)."
    ),
    Duty.AGREEMENT: _l(
        "They take part by agreement. Institutions whose duty nobody has stated get "
        "this ladder, too."
    ),
}


def step_sentence(rule: Rule) -> str:
    """When a step is taken, as one sentence."""
    if not rule.is_active:
        return str(_("Left out."))
    said = _when(rule)
    if rule.kind is ReminderKind.ESCALATION:
        said += " " + str(
            ngettext(
                "Only after %(num)d reminder after the date was really delivered.",
                "Only after %(num)d reminders after the date were really delivered.",
                rule.chasers,
            )
        )
    if rule.kind is ReminderKind.CALL:
        said += " " + str(_("It comes on the list of calls; no mail is sent."))
    if rule.kind is ReminderKind.PROMISE_PASSED:
        said += " " + str(_("Until then a promise silences all other steps."))
    return said


def _when(rule: Rule) -> str:
    days = abs(rule.offset)
    if rule.base is Base.LAST_CHASER:
        words = ngettext(
            "%(num)d working day after the last reminder has really left.",
            "%(num)d working days after the last reminder has really left.",
            days,
        )
    elif rule.base is Base.PROMISE:
        words = ngettext(
            "%(num)d working day after the day that was promised.",
            "%(num)d working days after the day that was promised.",
            days,
        )
    elif rule.base is Base.REPLY_BY:
        words = ngettext(
            "%(num)d working day after the asking country's reply-by.",
            "%(num)d working days after the asking country's reply-by.",
            days,
        )
    elif days == 0:
        words = _("On the date itself.")
    elif rule.offset < 0:
        words = ngettext(
            "%(num)d working day before the date.",
            "%(num)d working days before the date.",
            days,
        )
    else:
        words = ngettext(
            "%(num)d working day after the date.",
            "%(num)d working days after the date.",
            days,
        )
    return str(words)


def stuck_sentence(ladder: Ladder) -> str:
    """When an answer counts as stuck."""
    return str(
        ngettext(
            "%(num)d working day after its last step the answer stands on the list of "
            "what is stuck.",
            "%(num)d working days after its last step the answer stands on the list "
            "of what is stuck.",
            ladder.stuck_after,
        )
    )
