"""The addresses that mails carry."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import current_app, url_for

from emnnet.domain.mails import MailKind
from emnnet.models.query import Query

DOORS: Mapping[MailKind, tuple[str, ...]] = {
    MailKind.CONTRIBUTION_RECEIVED: ("workbench.show", "queries.show"),
    MailKind.CONTRIBUTION_DECLINED: ("queries.show",),
    MailKind.CHANGE_ASKED: ("workbench.show", "queries.show"),
    MailKind.MORE_TIME_ASKED: ("queries.show",),
    MailKind.CLEARANCE_ASKED: ("clearance.show", "queries.show"),
    MailKind.CLEARANCE_DECIDED: ("sending_out.show", "queries.show"),
}
"""Where the office goes on after a mail: the first of these pages that exists."""
TO_REVISE = ("workbench.show", "queries.show")
NO_FACTS: Mapping[str, Any] = MappingProxyType({})


def link_url(token: str) -> str:
    """Where an institution starts: a page that shows, and changes nothing."""
    return url_for("links.show", token=token, _external=True)


def office_url(
    kind: MailKind, query: Query | None, facts: Mapping[str, Any] = NO_FACTS
) -> str | None:
    """Where an account goes on, after signing in; none where a mail needs no page."""
    if kind is MailKind.PASSWORD:
        return url_for("accounts.sign_in", _external=True)
    if kind is MailKind.DIGEST:
        return url_for("desk.index", _external=True)
    doors = DOORS.get(kind, ())
    if kind is MailKind.CLEARANCE_DECIDED and facts.get("outcome") == "returned":
        doors = TO_REVISE
    for endpoint in doors if query else ():
        if query is not None and endpoint in current_app.view_functions:
            return url_for(endpoint, query_id=query.id, _external=True)
    return None
