"""What was asked of the organogram, and what is there: for all views and files."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request, url_for
from flask_babel import get_locale
from werkzeug.datastructures import MultiDict

from emnnet import clock
from emnnet.domain.hierarchy import above
from emnnet.domain.network import TieKind
from emnnet.extensions import db
from emnnet.graphs.drawings import drawing
from emnnet.graphs.organogram import organogram_svg
from emnnet.graphs.values import CHOSEN, CONTEXT, FOUND, Look
from emnnet.selectors.organogram import Body, Organogram, Recorded, recorded
from emnnet.web import drawings
from emnnet.web.organogram import choosing, present
from emnnet.web.organogram.folding import Folded, Folds, folded
from emnnet.web.organogram.forms import OrganogramForm

VIEWS = ("drawing", "table", "list")
ZOOMS = (25, 50, 67, 75, 90, 100, 125, 150, 200)
_SLUG = "0slug0"
_MANY = ("sector", "tie", "fold", "open")
_ONCE = ("root", "direction", "levels", "theme", "member", "q", "zoom")
_KEPT = (*_ONCE, "body", "sort", "tie_sort")


@dataclass(frozen=True)
class Shown:
    """What was asked for, and what is there."""

    form: OrganogramForm
    asked: MultiDict[str, str]
    recorded: Recorded
    whole: Organogram
    chosen: choosing.Part
    language: str

    @property
    def key(self) -> Hashable:
        """What decides how the view looks: the facts, the day, the address."""
        address = tuple(sorted(self.asked.items(multi=True)))
        here = request.script_root, self.language
        return self.recorded, clock.today(), here, address

    @property
    def part(self) -> Organogram:
        """The branch and the bodies asked for."""
        return self.chosen.picture

    @property
    def view(self) -> str:
        """How it is shown: drawing, table or list."""
        view = self.asked.get("view", "")
        return view if view in VIEWS else VIEWS[0]

    @property
    def body(self) -> str | None:
        """The body whose facts are shown beside the drawing."""
        return self.asked.get("body") or None

    @property
    def zoom(self) -> int:
        """The size of the drawing in percent."""
        zoom = self.asked.get("zoom", type=int)
        return zoom if zoom and ZOOMS[0] <= zoom <= ZOOMS[-1] else 100

    @property
    def fits(self) -> bool:
        """Is the drawing made as wide as the page?"""
        return self.asked.get("zoom") == "fit"

    @property
    def folds(self) -> Folds:
        """The branches folded and unfolded, as the address says."""
        return Folds(
            frozenset(self.asked.getlist("fold")) & self.whole.by_slug.keys(),
            frozenset(self.asked.getlist("open")) & self.whole.by_slug.keys(),
            self.form.most_levels,
        )

    @property
    def folds_drawn(self) -> Folds:
        """The same, but what was found or chosen is not folded away."""
        wanted = {body.slug for body in self.found}
        wanted |= {self.body} if self.body else set()
        return self.folds.showing(above(wanted, present.commands(self.part)))

    @property
    def root_unknown(self) -> bool:
        """Was a branch asked for that is not there on this day?"""
        root = self.form.root.data
        return bool(root) and root not in self.whole.by_slug

    @property
    def is_narrowed(self) -> bool:
        """Are some bodies of the day left out?"""
        return len(self.part.bodies) < len(self.whole.bodies)

    @cached_property
    def found(self) -> tuple[Body, ...]:
        """The bodies that were searched for."""
        return choosing.found(self.part, self.form.text)

    @cached_property
    def to_draw(self) -> Organogram:
        """The part with the kinds of tie that are drawn."""
        return choosing.drawn_ties(self.part, self.form)

    @cached_property
    def drawn(self) -> Folded:
        """What is drawn: the part without its folded branches, each body marked."""
        sought = {body.slug for body in self.found}
        marks = {
            FOUND: sought,
            CONTEXT: self.chosen.context,
            CHOSEN: {self.body} if self.body else set(),
        }
        words = {body.slug: choosing.words_of(body) for body in self.part.bodies}
        plain = drawing(self.to_draw, self.language, marks=marks, words=words)
        return folded(plain, self.folds_drawn)

    @property
    def address(self) -> dict[str, Any]:
        """What links to the other views and to the files carry along."""
        kept: dict[str, Any] = {
            name: self.asked[name] for name in _ONCE if self.asked.get(name)
        }
        kept |= {name: self.asked.getlist(name) for name in _MANY}
        return {name: value for name, value in kept.items() if value} | (
            {"as_of": self.form.other_day} if self.form.other_day else {}
        )

    def url(self, **other: Any) -> str:
        """This page with some of it otherwise; None and [] leave a thing out."""
        now: dict[str, Any] = {
            name: self.asked[name] for name in _KEPT if self.asked.get(name)
        }
        now |= {"view": None if self.view == VIEWS[0] else self.view}
        now |= self.address | other
        return url_for("organogram.show", **{k: v for k, v in now.items() if v})

    def fold_url(self, slug: str) -> str:
        """The page on which that branch is folded if it is open, else unfolded."""
        expanded = {node.slug: node.expanded for node in self.drawn.drawing.nodes}
        folds = self.folds_drawn.toggled(slug, expanded=expanded.get(slug, True))
        return self.url(fold=sorted(folds.folded), open=sorted(folds.opened))

    def body_pattern(self) -> str:
        """The address of this page with a body's facts, {slug} in place of its slug."""
        address = self.url(body=_SLUG, _anchor="body-panel")
        return address.replace(_SLUG, "{slug}")


def shown() -> Shown:
    """What the address asks for, in two statements."""
    language = str(get_locale())
    asked = _asked(request.args)
    form = OrganogramForm(asked)
    form.read()
    everything = recorded(db.session)
    whole = everything.on(form.day)
    form.offer(present.heads(whole), everything.themes, present.kinds(whole), language)
    part = choosing.chosen(whole, form, {each.slug for each in everything.themes})
    return Shown(form, asked, everything, whole, part, language)


def svg(shown: Shown, *, external: bool = False) -> str | None:
    """The drawing, or None where there is nothing to draw or it took too long.

    `external` is for files: whole addresses of the bodies' pages, nothing to work.
    """
    if not shown.part.bodies:
        return None
    day = shown.form.other_day
    pages = drawings.body_address(day, external=external)
    fold: Callable[[str], str] | None = None if external else shown.fold_url
    return drawings.drawn(
        lambda: organogram_svg(
            shown.drawn.drawing,
            shown.language,
            address=pages if external else shown.body_pattern(),
            cache=drawings.drawing_cache(),
            look=Look(
                top_down=shown.form.top_down,
                zoom=100 if external else shown.zoom,
                fold=fold,
            ),
        )
    )


def _asked(args: Mapping[str, str]) -> MultiDict[str, str]:
    """The address as it is meant; cooperation=y is how cooperation was once asked."""
    asked = MultiDict(args)
    if asked.get("cooperation") and not asked.getlist("tie"):
        asked.setlist("tie", [kind.value for kind in TieKind])
    return asked
