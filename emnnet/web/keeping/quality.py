"""The data-quality page: findings, each with the form that puts it right."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from emnnet import clock
from emnnet.domain.data_quality import Finding, FindingKind, findings
from emnnet.extensions import db
from emnnet.selectors.data_quality import network_rows
from emnnet.web.access import office, requires
from emnnet.web.keeping.blueprint import bp
from emnnet.web.network_words import MEMBERSHIP_WORDS

TITLES = {
    FindingKind.CIRCLE: _l("Lines of command in a circle"),
    FindingKind.TIE_OUTSIDE: _l("Ties on days on which one end did not exist"),
    FindingKind.OVERLAP: _l("The same part twice on one day"),
    FindingKind.TWO_PARENTS: _l("Under two heads"),
    FindingKind.NO_PARENT: _l("Bodies of the state without a place"),
    FindingKind.OF_ENDED: _l("Parts of bodies that have ended"),
    FindingKind.PLANNED_FOR_ENDED: _l("Planned questions to bodies that have ended"),
    FindingKind.NO_SUCCESSOR: _l("Ended, and nobody follows"),
    FindingKind.NO_CONTACT: _l("Partners without a contact"),
    FindingKind.NO_SOURCE: _l("“Sourced” without a source"),
    FindingKind.PLAUSIBLE: _l("Facts nobody has checked"),
}
WHY = {
    FindingKind.CIRCLE: _l("One of these ties is wrong, or ended earlier."),
    FindingKind.TIE_OUTSIDE: _l("Give the tie the days of both bodies."),
    FindingKind.OVERLAP: _l("Let the first end before the second begins."),
    FindingKind.TWO_PARENTS: _l(
        "It may be so; the organogram draws the second line dotted."
    ),
    FindingKind.NO_PARENT: _l("Say whom it is subordinate or accountable to."),
    FindingKind.OF_ENDED: _l("Let the part end with the body."),
    FindingKind.PLANNED_FOR_ENDED: _l("Plan the successor in the routing instead."),
    FindingKind.NO_SUCCESSOR: _l("Say who took over, if anybody did."),
    FindingKind.NO_CONTACT: _l(
        "Mail goes to the functional mailbox, if there is one. Add a contact."
    ),
    FindingKind.NO_SOURCE: _l("Name the source, or call it plausible."),
    FindingKind.PLAUSIBLE: _l("Find a source for each, and name it."),
}


@dataclass(frozen=True)
class Line:
    """One finding in words, and where it is put right."""

    name: str
    told: str
    url: str
    action: str


@dataclass(frozen=True)
class Group:
    """All findings of a kind."""

    kind: FindingKind
    title: str
    why: str
    lines: tuple[Line, ...]


@bp.get("/quality")
@requires(office)
def quality() -> ResponseReturnValue:
    """What does not hold together today."""
    found = findings(network_rows(db.session, clock.today()))
    return render_template(
        "keeping/quality.html", groups=groups(found), total=len(found)
    )


def groups(found: Iterable[Finding]) -> list[Group]:
    """The findings by kind, in words."""
    by_kind: dict[FindingKind, list[Line]] = {}
    for one in found:
        line = Line(one.name, _told(one), *_fix(one))
        by_kind.setdefault(one.kind, []).append(line)
    return [
        Group(kind, str(TITLES[kind]), str(WHY[kind]), tuple(lines))
        for kind, lines in by_kind.items()
    ]


def _told(one: Finding) -> str:
    if one.kind is FindingKind.PLAUSIBLE:
        return str(ngettext("%(num)d plausible", "%(num)d plausible", one.count))
    if one.table == "membership":
        return next((str(w) for k, w in MEMBERSHIP_WORDS.items() if k == one.told), "")
    return one.told


def _fix(one: Finding) -> tuple[str, str]:
    """Where the form is, and what the link says."""
    if one.kind is FindingKind.NO_CONTACT:
        return url_for("contacts.new", slug=one.slug), str(_("Add a contact"))
    if one.kind is FindingKind.NO_SUCCESSOR:
        url = url_for(
            ".edit_row", slug=one.slug, what="tie", row_id=0, tie="successor_of from"
        )
        return url, str(_("Name the successor"))
    if one.kind is FindingKind.NO_PARENT:
        url = url_for(
            ".edit_row", slug=one.slug, what="tie", row_id=0, tie="subordinate_to to"
        )
        return url, str(_("Say under whom"))
    if one.table and one.row_id:
        url = url_for(".edit_row", slug=one.slug, what=one.table, row_id=one.row_id)
        return url, str(_("Correct it"))
    return url_for(".body", slug=one.slug), str(_("Look at the institution"))
