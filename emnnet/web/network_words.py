"""The words of the national network: ties, memberships, duties, standings, facts."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from emnnet.domain.network import (
    Aspect,
    Duty,
    Level,
    MembershipKind,
    Sector,
    Standing,
    TieKind,
)
from emnnet.domain.network_changes import ChangeKind

SECTOR_WORDS: dict[Sector, LazyString] = {
    Sector.GOVERNMENT: _l("government"),
    Sector.NGO: _l("NGO"),
    Sector.ACADEMIA: _l("academia"),
    Sector.INTERNATIONAL: _l("international organisation"),
    Sector.JUDICIARY: _l("judiciary"),
}
TIE_WORDS: dict[TieKind, LazyString] = {
    TieKind.SUBORDINATE_TO: _l("is subordinate to"),
    TieKind.ACCOUNTABLE_TO: _l("is accountable to"),
    TieKind.APPEAL_TO: _l("has its decisions appealed at"),
    TieKind.COORDINATES: _l("coordinates"),
    TieKind.COOPERATES_WITH: _l("cooperates with"),
    TieKind.SUCCESSOR_OF: _l("is the successor of"),
}
"""Between two names, read from the first to the second."""

TIES_FROM: dict[TieKind, LazyString] = {
    TieKind.SUBORDINATE_TO: _l("Subordinate to"),
    TieKind.ACCOUNTABLE_TO: _l("Accountable to"),
    TieKind.APPEAL_TO: _l("Decisions appealed at"),
    TieKind.COORDINATES: _l("Coordinates"),
    TieKind.COOPERATES_WITH: _l("Cooperates with"),
    TieKind.SUCCESSOR_OF: _l("Successor of"),
}
"""Before the other body, said of the one that the tie begins at."""

TIES_TO: dict[TieKind, LazyString] = {
    TieKind.SUBORDINATE_TO: _l("Head of"),
    TieKind.ACCOUNTABLE_TO: _l("Receives the account of"),
    TieKind.APPEAL_TO: _l("Hears appeals against"),
    TieKind.COORDINATES: _l("Coordinated by"),
    TieKind.COOPERATES_WITH: _l("Cooperates with"),
    TieKind.SUCCESSOR_OF: _l("Succeeded by"),
}
"""Before the other body, said of the one that the tie leads to."""

LEGEND_WORDS: dict[TieKind, LazyString] = {
    TieKind.SUBORDINATE_TO: _l("subordination"),
    TieKind.ACCOUNTABLE_TO: _l("accountability"),
    TieKind.APPEAL_TO: _l("appeal"),
    TieKind.COORDINATES: _l("coordination"),
    TieKind.COOPERATES_WITH: _l("cooperation"),
    TieKind.SUCCESSOR_OF: _l("succession"),
}
MEMBERSHIP_WORDS: dict[MembershipKind, LazyString] = {
    MembershipKind.PARTNER: _l("Partner of the national network"),
    MembershipKind.NCP_COORDINATOR: _l("Coordinator of the National Contact Point"),
    MembershipKind.NCP_EXPERT: _l("Expert of the National Contact Point"),
    MembershipKind.STEERING_BOARD: _l("Member of the Steering Board"),
}
DUTY_WORDS: dict[Duty, LazyString] = {
    Duty.MANDATED: _l("It must give information: the Government instructs it to."),
    Duty.RECOMMENDED: _l("It is recommended, not obliged, to give information."),
    Duty.AGREEMENT: _l("It takes part by an agreement with the Government."),
}
LEVEL_WORDS: dict[Level, LazyString] = {
    Level.LEAD: _l("leads"),
    Level.CONTRIBUTING: _l("contributes"),
}
STANDING_WORDS: dict[Standing, LazyString] = {
    Standing.SOURCED: _l("sourced"),
    Standing.PLAUSIBLE: _l("plausible"),
}
ASPECT_WORDS: dict[Aspect, LazyString] = {
    Aspect.NAME: _l("Name"),
    Aspect.FUNCTION: _l("What it does"),
    Aspect.WEBSITE: _l("Website"),
    Aspect.EMAIL: _l("E-mail"),
    Aspect.ADDRESS: _l("Address"),
    Aspect.MEMBERSHIP: _l("In the network"),
    Aspect.DUTY: _l("Duty to answer"),
    Aspect.VALIDITY: _l("Existed"),
    Aspect.PARENT: _l("Place in the state"),
}
CHANGE_WORDS: dict[ChangeKind, LazyString] = {
    ChangeKind.FOUNDED: _l("founded"),
    ChangeKind.MERGED: _l("merged"),
    ChangeKind.ENDED: _l("ended"),
    ChangeKind.RENAMED: _l("renamed"),
    ChangeKind.MOVED: _l("moved"),
    ChangeKind.JOINED: _l("new part in the network"),
    ChangeKind.LEFT: _l("part in the network ended"),
    ChangeKind.TIE_BEGUN: _l("new tie"),
    ChangeKind.TIE_ENDED: _l("tie ended"),
    ChangeKind.THEME_TAKEN: _l("new theme"),
    ChangeKind.THEME_LEFT: _l("theme given up"),
    ChangeKind.THEME_CHANGED: _l("other part in a theme"),
}
"""What became of a body, after its name."""

CHANGE_MARKS: dict[ChangeKind, str] = {
    ChangeKind.FOUNDED: "+",
    ChangeKind.MERGED: "→",
    ChangeKind.ENDED: "×",
    ChangeKind.RENAMED: "=",
    ChangeKind.MOVED: "↔",
    ChangeKind.JOINED: "●",
    ChangeKind.LEFT: "○",
    ChangeKind.TIE_BEGUN: "–",
    ChangeKind.TIE_ENDED: "/",
    ChangeKind.THEME_TAKEN: "▲",
    ChangeKind.THEME_LEFT: "▽",
    ChangeKind.THEME_CHANGED: "◇",
}
"""A sign for each, so that colour is never alone."""
