"""The organogram in a few sentences, made from the same data as the drawing."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from emnnet.domain.network import Sector
from emnnet.domain.network_changes import ChangeKind
from emnnet.selectors.network_days import compared
from emnnet.selectors.organogram import Organogram
from emnnet.web.as_of import plain_day
from emnnet.web.network_words import LEGEND_WORDS, SECTOR_WORDS
from emnnet.web.organogram.asked import Shown
from emnnet.web.organogram.present import kinds
from emnnet.web.organogram.told import ToldChange, told

MOST_BODIES = 500
"""In a larger network it is not searched for what changed last."""

_A_DAY = timedelta(days=1)
_TOLD = (
    ChangeKind.FOUNDED,
    ChangeKind.MERGED,
    ChangeKind.ENDED,
    ChangeKind.RENAMED,
    ChangeKind.MOVED,
)


def summary(shown: Shown) -> list[str]:
    """Who is there, who is a partner, which ties there are, what changed last."""
    part = shown.part
    if not part.bodies:
        return []
    return [
        _bodies(part),
        *_partners(part),
        *_contact_point(part, shown.language),
        *_ties(part),
        *_last_change(shown),
    ]


def _bodies(part: Organogram) -> str:
    counts = Counter(body.sector for body in part.bodies)
    sectors = ", ".join(
        f"{SECTOR_WORDS[sector]} {counts[sector]}"
        for sector in Sector
        if counts[sector]
    )
    count = ngettext("%(num)d institution", "%(num)d institutions", len(part.bodies))
    day = plain_day(part.as_of)
    said = _("%(day)s: %(count)s (%(sectors)s).", day=day, count=count, sectors=sectors)
    return str(said)


def _partners(part: Organogram) -> Iterable[str]:
    partners = [body for body in part.bodies if body.is_partner]
    if not partners:
        return
    state = sum(body.sector is Sector.GOVERNMENT for body in partners)
    yield ngettext(
        "%(num)d partner of the national network, %(state)s of them of the government"
        " (%(share)s %%).",
        "%(num)d partners of the national network, %(state)s of them of the government"
        " (%(share)s %%).",
        len(partners),
        state=state,
        share=round(100 * state / len(partners)),
    )


def _contact_point(part: Organogram, language: str) -> Iterable[str]:
    names = [body.names.short(language) for body in part.bodies if body.is_ncp]
    if names:
        yield _("National Contact Point: %(names)s.", names=", ".join(names))


def _ties(part: Organogram) -> Iterable[str]:
    counts = Counter(bond.kind for bond in part.bonds)
    told_ties = ", ".join(
        f"{LEGEND_WORDS[kind]} {counts[kind]}" for kind in kinds(part)
    )
    if told_ties:
        yield _("Ties: %(ties)s.", ties=told_ties)


def _last_change(shown: Shown) -> Iterable[str]:
    """What became of the bodies of the part on the last day that changed any."""
    if len(shown.whole.bodies) > MOST_BODIES:
        return
    there = shown.part.by_slug
    for day in reversed(shown.whole.changes):
        if day <= shown.whole.as_of:
            comparison = compared(shown.recorded, day - _A_DAY, day)
            lines = [
                _said(line, shown.language)
                for line in told(comparison, shown.language)
                if line.kind in _TOLD
                and (line.body.slug in there or not shown.is_narrowed)
            ]
            if lines:
                since = plain_day(day)
                yield _("Since %(day)s: %(what)s.", day=since, what="; ".join(lines))
                return


def _said(line: ToldChange, language: str) -> str:
    """One change as part of a sentence."""
    name = line.body.names.full(language)
    match line.kind:
        case ChangeKind.RENAMED:
            return str(_("%(old)s is called %(new)s", old=line.before, new=line.after))
        case ChangeKind.FOUNDED:
            return str(_("%(name)s exists", name=name))
        case ChangeKind.MOVED:
            return str(_("%(name)s is under: %(heads)s", name=name, heads=line.after))
        case ChangeKind.MERGED:
            return str(_("%(name)s is no more, %(what)s", name=name, what=line.after))
        case _:
            return str(_("%(name)s is no more", name=name))
