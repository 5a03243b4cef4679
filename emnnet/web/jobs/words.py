"""Jobs and their times in words."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from emnnet.domain.health import Part
from emnnet.web.filters import moment

JOBS = {
    "arrange_network": _l("Arrange the drawing of the network"),
    "check_calendars": _l("Look for years without days off"),
    "deliver_outbox": _l("Send the mail that waits"),
    "fetch_mail": _l("Fetch the mail that has come in"),
    "follow_reorganisations": _l("Follow institutions that were reorganised"),
    "queue_reminders": _l("Write the reminders that are due"),
    "read_calendar_feed": _l("Compare the days off with the published ones"),
    "send_digests": _l("Write the morning digests"),
    "settle_calls": _l("Take calls off the list that are needed no more"),
    "sweep_search": _l("Bring the search up to date"),
    "tidy_job_log": _l("Tidy this log"),
    "tidy_tokens": _l("Delete expired links"),
}
PARTS = {
    Part.DATABASE: _l("The data base is silent"),
    Part.MAIL_SERVER: _l("The mail server does not answer"),
    Part.DISK: _l("The disk is nearly full"),
    Part.OUTBOX: _l("Mail waits and is not tried"),
    Part.SCHEDULER: _l("No scheduler is at work"),
    Part.JOBS: _l("A job has not run well for too long"),
}
DAYS = {
    "mon-fri": _l("Monday to Friday"),
    "mon": _l("Mondays"),
    "tue": _l("Tuesdays"),
    "wed": _l("Wednesdays"),
    "thu": _l("Thursdays"),
    "fri": _l("Fridays"),
    "sat": _l("Saturdays"),
    "sun": _l("Sundays"),
}
COUNTS = {
    "broken": _l("broken"),
    "calls": _l("calls"),
    "done": _l("done"),
    "empty": _l("empty"),
    "indexed": _l("indexed"),
    "judged": _l("judged"),
    "kept": _l("kept"),
    "mails": _l("mails"),
    "reminders": _l("reminders"),
    "repeated": _l("repeated"),
    "sent": _l("sent"),
    "tasks": _l("tasks"),
}


def job_name(job: str) -> str:
    """What a job does; one without words of ours is named by its function."""
    return str(JOBS.get(job, job.replace("_", " ").capitalize()))


def trouble_name(name: str) -> str:
    """What is not well; a job is named."""
    part, _colon, which = name.partition(":")
    known = {one.value: text for one, text in PARTS.items()}
    text = str(known.get(part, name))
    return f"{text}: {job_name(which)}" if which else text


def silent_since(good_at: datetime | None, planned_at: datetime) -> str:
    """Since when a job has not ended well."""
    if good_at is None:
        text = _("never yet; it is planned since %(moment)s", moment=moment(planned_at))
    else:
        text = _("it ended well last on %(moment)s", moment=moment(good_at))
    return str(text)


def failing(times: int, error: str) -> str:
    """How often a job failed in a row, and how."""
    said = ngettext(
        "it failed %(num)d time in a row: %(error)s",
        "it failed %(num)d times in a row: %(error)s",
        times,
        error=error,
    )
    return str(said)


def period(times: Mapping[str, str | int]) -> str:
    """When a job runs, for people: "Monday to Friday, 07:00 to 17:00 hourly"."""
    often = _often(times)
    if often:
        return often
    days = (
        [str(DAYS.get(str(times["day_of_week"]), times["day_of_week"]))]
        if ("day_of_week" in times)
        else []
    )
    if "day" in times:
        days.append(_date(times))
    if not days:
        days.append(_("daily"))
    return ", ".join([*days, _hours(times)])


def _often(times: Mapping[str, str | int]) -> str:
    """Several times an hour, or hourly; empty for jobs of certain hours."""
    if "hour" in times or "day" in times or "day_of_week" in times:
        return ""
    second, minute = (str(times.get(name, "")) for name in ("second", "minute"))
    if second.startswith("*/"):
        text = ngettext("every second", "every %(num)d seconds", int(second[2:]))
        return str(text)
    _span, slash, step = minute.partition("/")
    if slash:
        return str(ngettext("every minute", "every %(num)d minutes", int(step)))
    return str(_("hourly") if minute else _("every minute"))


def _hours(times: Mapping[str, str | int]) -> str:
    hour, minute = str(times.get("hour", "0")), int(times.get("minute", 0))
    first, dash, last = hour.partition("-")
    if dash and first.isdigit() and last.isdigit():
        span = {
            "first": f"{int(first):02}:{minute:02}",
            "last": f"{int(last):02}:{minute:02}",
        }
        return str(_("hourly from %(first)s to %(last)s", **span))
    parts = hour.split(",")
    if all(part.isdigit() for part in parts):
        return ", ".join(f"{int(part):02}:{minute:02}" for part in parts)
    return f"{hour}:{minute:02}"


def _date(times: Mapping[str, str | int]) -> str:
    day, month = times["day"], times.get("month")
    if month is None:
        return str(_("day %(day)s of each month", day=day))
    return str(_("day %(day)s of month %(month)s", day=day, month=month))


def lasted(span: timedelta) -> str:
    """How long something took, in the unit that says most."""
    seconds = span.total_seconds()
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 120:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min"


def done(counts: Mapping[str, object]) -> str:
    """How many of what, and nothing of what there was none."""
    return ", ".join(
        f"{COUNTS.get(name, name.replace('_', ' '))} {value}"
        for name, value in counts.items()
        if value and not isinstance(value, bool)
    )
