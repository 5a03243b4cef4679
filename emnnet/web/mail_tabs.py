"""The pages about mail beside each other: the same tabs on each of them."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from emnnet.web.doors import door_to
from emnnet.web.query_tabs import Tab

PAGES: tuple[tuple[LazyString, str], ...] = (
    (_l("What will be sent"), "planned_mail.index"),
    (_l("Sent and waiting"), "outbox.index"),
    (_l("Arrived"), "arrived_mail.index"),
)


def mail_tabs(current: str, counts: Mapping[str, int] = {}) -> list[Tab]:
    """The tabs; `current` is the endpoint of the page that is open.

    `counts` says, by endpoint, how much waits there, as far as the page knows it.
    """
    return [
        Tab(str(label), url, endpoint == current, counts.get(endpoint))
        for label, endpoint in PAGES
        if (url := door_to(endpoint))
    ]
