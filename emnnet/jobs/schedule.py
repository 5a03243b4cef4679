"""The timetable of the scheduler process. Web workers never start it."""

from datetime import timedelta

from emnnet.jobs.calendars import check_calendars, read_calendar_feed
from emnnet.jobs.calls import settle_calls
from emnnet.jobs.digests import send_digests
from emnnet.jobs.layouts import arrange_network
from emnnet.jobs.mailbox import fetch_mail
from emnnet.jobs.outbox import deliver_outbox
from emnnet.jobs.planned import Planned
from emnnet.jobs.reminders import queue_reminders
from emnnet.jobs.reorganisations import follow_reorganisations
from emnnet.jobs.search import sweep_search
from emnnet.jobs.tidying import tidy_job_log
from emnnet.jobs.tokens import tidy_tokens

# In the order of what matters: after an outage the first in the list run first.
SCHEDULE = (
    # At seven on working days; each later hour makes up for one that was missed.
    Planned(
        queue_reminders,
        {"day_of_week": "mon-fri", "hour": "7-17", "minute": 0},
        silence=timedelta(hours=26),  # of working days: a day and its first hours
    ),
    Planned(deliver_outbox, {"second": "*/5"}),
    # After the reminders; one a person and day, so later hours only make up.
    Planned(send_digests, {"day_of_week": "mon-fri", "hour": "7-11", "minute": 30}),
    Planned(settle_calls, {"minute": "5-55/10"}),
    Planned(check_calendars, {"hour": 6, "minute": 20}),
    Planned(read_calendar_feed, {"day": 1, "hour": 5, "minute": 40}),
    # Soon after midnight, the day of a reorganisation; each hour makes up for it.
    Planned(follow_reorganisations, {"minute": 10}),
    Planned(arrange_network, {"hour": 3, "minute": 30}),
    Planned(tidy_tokens, {"hour": 4, "minute": 20}),
    Planned(tidy_job_log, {"hour": 4, "minute": 10}),
    Planned(sweep_search, {"second": "*/20"}),
    Planned(fetch_mail, {"second": 40}),
)
