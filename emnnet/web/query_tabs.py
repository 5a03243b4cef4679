"""The pages of one query beside each other: the same tabs on each of them."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from emnnet.web.doors import door_to

PAGES: tuple[tuple[LazyString, str], ...] = (
    (_l("Overview"), "queries.show"),
    (_l("Routing"), "routing.show"),
    (_l("Workbench"), "workbench.show"),
    (_l("Clearance"), "clearance.show"),
    (_l("Sending"), "sending_out.show"),
    (_l("Publication"), "publishing.show"),
    (_l("Answered before?"), "queries.earlier"),
    (_l("History"), "history.show"),
)


@dataclass(frozen=True)
class Tab:
    """One tab as the macro wants it."""

    label: str
    url: str
    current: bool
    count: int | None = None


def query_tabs(query_id: int, current: str) -> list[Tab]:
    """The tabs of a query; `current` is the endpoint of the page that is open."""
    return [
        Tab(str(label), url, endpoint == current)
        for label, endpoint in PAGES
        if (url := door_to(endpoint, query_id=query_id))
    ]
