"""The pages of the settings: each part of the house puts its own here."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from emnnet.domain.roles import Role
from emnnet.web.doors import door_to


@dataclass(frozen=True)
class SettingsPage:
    """One page: where it leads, and what is set there."""

    label: LazyString
    endpoint: str
    icon: str
    purpose: LazyString
    for_admins: bool = False


@dataclass(frozen=True)
class SettingsEntry:
    """A page as the template wants it."""

    label: str
    url: str
    icon: str
    purpose: str


PAGES: tuple[SettingsPage, ...] = (
    SettingsPage(
        _l("Calendars"),
        "calendars.index",
        "calendar-event",
        _l("Days off that deadlines skip, the office hours, and what is taken in."),
    ),
    SettingsPage(
        _l("Ladder of reminders"),
        "ladder.index",
        "bell",
        _l("Which institution is reminded when, and when those above and a call come."),
    ),
    SettingsPage(
        _l("Jobs"),
        "jobs.index",
        "clock-history",
        _l("What the program does by itself: what ran, where, and what comes next."),
    ),
    SettingsPage(
        _l("Closures and absences"),
        "closures.index",
        "building",
        _l("When whole institutions are closed: their mail waits or goes elsewhere."),
    ),
    SettingsPage(
        _l("Keeping the network"),
        "keeping.history",
        "diagram-3",
        _l("What changed in the network and why; findings; reorganisations."),
    ),
    SettingsPage(
        _l("Wording of mails"),
        "mail_wordings.index",
        "envelope-open",
        _l("What mails say, by language and duty: preview, versions, shipped texts."),
    ),
    SettingsPage(
        _l("The network as files"),
        "network_files.index",
        "diagram-3",
        _l("Take the whole network out, bring files in: YAML, CSV, linked data."),
    ),
    SettingsPage(
        _l("Accounts"),
        "account_admin.index",
        "person-circle",
        _l("Who may sign in, and as what."),
        for_admins=True,
    ),
)


def settings_entries() -> list[SettingsEntry]:
    """The pages that exist, in their order."""
    return [
        SettingsEntry(str(page.label), url, page.icon, str(page.purpose))
        for page in PAGES
        if (not page.for_admins or current_user.role is Role.ADMIN)
        and (url := door_to(page.endpoint))
    ]
