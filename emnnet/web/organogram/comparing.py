"""Two days of the organogram side by side: what was founded, renamed, moved, ended."""

from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import Form

from emnnet import clock
from emnnet.domain.network import TieKind
from emnnet.domain.network_changes import ChangeKind
from emnnet.extensions import db
from emnnet.graphs.compared import with_badges
from emnnet.graphs.drawings import drawing
from emnnet.graphs.organogram import organogram_svg
from emnnet.selectors.change_sources import Grounds, backing, grounds
from emnnet.selectors.institution_claims import Backed
from emnnet.selectors.network_days import Comparison, compared
from emnnet.selectors.organogram import Organogram, Recorded, recorded
from emnnet.web import drawings
from emnnet.web.access import public
from emnnet.web.as_of import plain_day
from emnnet.web.fields import DayField
from emnnet.web.network_words import (
    CHANGE_MARKS,
    CHANGE_WORDS,
    LEGEND_WORDS,
    STANDING_WORDS,
)
from emnnet.web.organogram import present
from emnnet.web.organogram.told import ToldChange, badges, told
from emnnet.web.organogram.turning import time_strip

bp = Blueprint("comparing", __name__)
bp.app_context_processor(lambda: {"time_strip": time_strip, "plain_day": plain_day})


class TwoDaysForm(Form):
    """The two days; the earlier one is shown first whichever was typed first."""

    first = DayField(_l("From"), name="from", render_kw={"type": "date"})
    last = DayField(_l("To"), name="to", render_kw={"type": "date"})

    def read(self, recorded_days: Recorded) -> tuple[date, date]:
        """The two days meant: without any, the last change and today."""
        self.validate()
        today = clock.today()
        last = self.last.data or today
        first = self.first.data or _day_before_last_change(recorded_days, last)
        for field, day in zip(
            (self.first, self.last), sorted((first, last)), strict=True
        ):
            field.raw_data = None
            if not field.errors:
                field.data = day
        return min(first, last), max(first, last)


@dataclass(frozen=True)
class Compared:
    """What the page shows."""

    comparison: Comparison
    rows: list[ToldChange]
    backings: list[Backed | None]
    grounds: Grounds
    language: str

    @property
    def kinds(self) -> list[ChangeKind]:
        """The kinds of change that are there, in their usual order."""
        there = {row.kind for row in self.rows}
        return [kind for kind in ChangeKind if kind in there]


@bp.get("/organogram/compare")
@public
def show() -> ResponseReturnValue:
    """What changed between two days: drawn, and as a table with the same content."""
    language = str(get_locale())
    form = TwoDaysForm(request.args)
    everything = recorded(db.session)
    comparison = compared(everything, *form.read(everything))
    shown = _compared(everything, comparison, language)
    page = render_template(
        "comparing/show.html",
        form=form,
        shown=shown,
        svg=_svg(shown) if shown.rows else None,
        drawn=_both(comparison),
        sectors=present.sectors,
        tie_kinds=present.kinds,
        legend_words=LEGEND_WORDS,
        words=CHANGE_WORDS,
        marks=CHANGE_MARKS,
        standing_words=STANDING_WORDS,
    )
    return page, 422 if form.errors else 200


def _compared(everything: Recorded, comparison: Comparison, language: str) -> Compared:
    """Each change told, with what it stands on."""
    known = grounds(db.session)
    backings = [
        backing(change, comparison, everything.rows, known)
        for change in comparison.changes
    ]
    return Compared(comparison, told(comparison, language), backings, known, language)


def _day_before_last_change(everything: Recorded, until: date) -> date:
    """A year ago, where nothing is known to have changed since the beginning."""
    days = [day for day in everything.changes if day <= until]
    last = days[-1] if days else until
    return date.fromordinal(last.toordinal() - 1)


def _svg(shown: Compared) -> str | None:
    """The later day with the bodies that are gone, each change in its box."""
    both = _both(shown.comparison)
    as_of = shown.comparison.after.as_of.isoformat()
    plain = drawings.drawn(
        lambda: organogram_svg(
            drawing(both, shown.language),
            shown.language,
            address=drawings.body_address(as_of),
            cache=drawings.drawing_cache(),
        )
    )
    return with_badges(plain, badges(shown.comparison)) if plain else None


def _both(comparison: Comparison) -> Organogram:
    """The later picture, and what of the earlier one is gone; cooperation left out."""
    before, after = comparison.before, comparison.after
    gone = tuple(body for body in before.bodies if body.slug not in after.by_slug)
    left = {body.slug for body in gone}
    lost = tuple(b for b in before.bonds if {b.source, b.target} & left)
    bonds = (*after.bonds, *after.successions, *lost)
    bodies = (*after.bodies, *gone)
    there = {body.slug for body in bodies}
    return replace(
        after,
        bodies=bodies,
        bonds=tuple(
            bond
            for bond in bonds
            if bond.kind is not TieKind.COOPERATES_WITH
            and {bond.source, bond.target} <= there
        ),
    )
