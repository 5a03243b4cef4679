"""What surrounds a page: the entries of the rail or of the top navigation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from emnnet.domain.roles import OFFICE_ROLES, Role
from emnnet.mail.allowed import allowed_addresses
from emnnet.mail.material import office_name

LANGUAGES = (("en", "English"), ("lt", "Lietuvių"))
PLACES = {
    "search_url": "public.search",
    "home_url": "home.index",
    "accessibility_url": "home.accessibility",
}
ROLES = {
    Role.ADMIN: _l("Administrator"),
    Role.COORDINATOR: _l("Coordinator"),
    Role.APPROVER: _l("Approver"),
    Role.CONTACT: _l("Contact"),
    Role.READER: _l("Reader"),
}


@dataclass(frozen=True)
class Door:
    """One entry: where it leads, and for whom it stands there."""

    label: LazyString
    endpoint: str
    icon: str
    roles: frozenset[Role | None] | None = None  # None: everybody
    blueprints: frozenset[str] = frozenset()  # where it counts as the current one


@dataclass(frozen=True)
class NavEntry:
    """An entry as the templates want it."""

    label: str
    url: str
    icon: str
    current: bool
    badge: int | None = None


VISITORS: frozenset[Role | None] = frozenset({None})
DOORS = (
    Door(
        _l("Desk"), "desk.index", "inbox", OFFICE_ROLES, frozenset({"intakes", "calls"})
    ),
    Door(_l("My questions"), "contributions.index", "inbox", frozenset({Role.CONTACT})),
    Door(
        _l("Queries"),
        "queries.index",
        "chat-left-text",
        OFFICE_ROLES,
        frozenset(
            {
                "clearance",
                "clocks",
                "exports",
                "history",
                "publishing",
                "reminding",
                "routing",
                "sending_out",
                "word_forms",
                "workbench",
            }
        ),
    ),
    Door(
        _l("Institutions"),
        "institutions.index",
        "building",
        OFFICE_ROLES,
        frozenset({"contacts"}),
    ),
    Door(_l("Organogram"), "organogram.show", "diagram-3", None),
    Door(_l("Network"), "network.show", "share", None),
    Door(_l("Published"), "public.index", "globe", None),
    Door(_l("About"), "about.show", "info-circle", VISITORS),
    Door(
        _l("Mail"),
        "outbox.index",
        "envelope",
        OFFICE_ROLES,
        frozenset({"planned_mail", "arrived_mail"}),
    ),
    Door(
        _l("Settings"),
        "settings.index",
        "gear",
        OFFICE_ROLES,
        frozenset(
            {
                "calendars",
                "ladder",
                "mail_wordings",
                "jobs",
                "closures",
                "account_admin",
            }
        ),
    ),
)


def entries() -> Iterator[NavEntry]:
    """The doors that whoever asks may open, where the page exists."""
    role = current_user.role if current_user.is_authenticated else None
    for door in DOORS:
        if door.endpoint not in current_app.view_functions:
            continue
        if door.roles is None or role in door.roles:
            here = request.blueprint or ""
            current = here == door.endpoint.split(".")[0] or here in door.blueprints
            url = url_for(door.endpoint)
            yield NavEntry(str(door.label), url, door.icon, current)


def init_app(app: Flask) -> None:
    """Give every page its frame."""
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    if not request:  # a mail has no frame
        return {}
    frame: dict[str, Any] = {
        "nav": list(entries()),
        "ncp_name": office_name(str(get_locale() or "en")),
        "ncp_contact": current_app.config["OFFICE_EMAIL"],
        "languages": [x for x in LANGUAGES if x[0] in current_app.config["LANGUAGES"]],
    }
    if current_user.is_authenticated and current_user.role in OFFICE_ROLES:
        frame["mail_limits"] = allowed_addresses()
    if current_user.is_authenticated:
        frame["user_role"] = str(ROLES[current_user.role])
    else:
        frame["sign_in_url"] = url_for("accounts.sign_in")
    for name, endpoint in PLACES.items():
        if endpoint in current_app.view_functions:
            frame[name] = url_for(endpoint)
    return frame
