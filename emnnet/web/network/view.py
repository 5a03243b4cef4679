"""What is drawn for an address: read, composed, narrowed, with a place for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from babel import Locale
from flask import url_for
from sqlalchemy.orm import Session

from emnnet.domain.audience import Audience
from emnnet.domain.real_work import WorkKind
from emnnet.extensions import db
from emnnet.graphs import network_parts as parts
from emnnet.graphs.drawings import digest, network_drawing
from emnnet.graphs.layout import Point
from emnnet.graphs.network import Addresses, Json, network_positions
from emnnet.graphs.network_data import network_data
from emnnet.graphs.overview import MOST, Groups, opened, overview
from emnnet.graphs.values import Drawing, Node
from emnnet.selectors.asking_countries import country_ties
from emnnet.selectors.coverage import Coverage, coverage
from emnnet.selectors.layouts import NETWORK, Arrangement, arrangement
from emnnet.selectors.organogram import Organogram, recorded
from emnnet.selectors.real_work import work_ties
from emnnet.web import drawings
from emnnet.web.network.forms import NetworkForm
from emnnet.words import fold

Data = dict[str, Json]
_ISO = {"EL": "GR", "UK": "GB"}  # as the EMN writes them
_NO_GROUPS = Groups(Drawing((), (), None), {})  # type: ignore[arg-type]


@dataclass(frozen=True)
class View:
    """The drawing that was asked for. `base` decides the places, `shown` is drawn."""

    form: NetworkForm
    language: str
    picture: Organogram
    base: Drawing
    shown: Drawing
    way: tuple[str, ...] = ()
    groups: Groups | None = None
    stored: Arrangement = field(default_factory=Arrangement)

    @property
    def found(self) -> list[Node]:
        """The bodies that the words searched for meet, by name and abbreviation."""
        wanted = fold(self.form.text)
        if not wanted:
            return []
        return [
            node
            for node in self.shown.nodes
            if wanted in fold(f"{node.label} {node.full_name}")
        ]

    @property
    def addresses(self) -> Addresses:
        """Where what is drawn leads."""
        form = self.form
        asked = form.work_filter
        narrowed = url_for(
            "network.queries",
            first_year=asked.first_year,
            last_year=asked.last_year,
            theme=self.known_theme,
        )
        joint = "&" if "?" in narrowed else "?"
        listed = url_for("public.index")
        aside = {**form.address, "group": None, "focus": None}
        grouped = url_for("network.show", **aside)
        more = "&" if "?" in grouped else "?"
        return Addresses(
            body=drawings.body_address(form.other_day),
            theme=f"{listed}?theme={{slug}}",
            country=f"{listed}?requester={{slug}}",
            work=_plain(narrowed) + f"{joint}kind={{kind}}&first={{first}}"
            "&second={second}",
            group=_plain(grouped) + more + "group={slug}",
            groups=self.group_names,
        )

    @property
    def known_theme(self) -> str | None:
        """The theme that work is narrowed to."""
        return self.form.theme.data or None

    @property
    def group_names(self) -> frozenset[str]:
        """The nodes that stand for several bodies."""
        members = (self.groups or _NO_GROUPS).members
        return frozenset(name for name, slugs in members.items() if len(slugs) > 1)

    def places(self) -> dict[str, Point] | None:
        """Where all stands: by hand, else stored, else computed; None: that failed."""
        hand = self.stored.by_hand or {}
        slugs = {node.slug for node in self.base.nodes}
        if slugs <= hand.keys():
            return dict(hand)
        computed = self.stored.computed or drawings.drawn(
            lambda: network_positions(self.base, drawings.drawing_cache())
        )
        return None if computed is None else computed | hand

    def data(self, moved: Mapping[str, Point] | None = None) -> Data | None:
        """What vis-network draws; None where nobody is there, or no place was found.

        `moved` are places that hold before all others.
        """
        if not self.shown.nodes or (places := self.places()) is None:
            return None
        places |= moved or {}
        there = {node.slug: places[node.slug] for node in self.shown.nodes}
        return network_data(
            self.shown,
            there,
            self.language,
            addresses=self.addresses,
            way=self.way,
            cache=drawings.drawing_cache(),
        )


def network_view(form: NetworkForm, language: str, audience: Audience) -> View:
    """The view of a form that was read; two statements, three more for all on wish."""
    session = db.session
    everything = recorded(session)
    picture = everything.on(form.day)
    wide = form.themes.data or form.work or form.theme.data or form.countries.data
    covered = coverage(everything, form.day) if wide else Coverage()
    form.offer(picture.bodies, covered.themes, audience, language)
    if form.theme.data and form.theme.data not in {t.slug for t in covered.themes}:
        form.theme.data = ""
    base = _base(session, form, picture, covered, audience, language)
    full = base
    if form.work:
        found = work_ties(session, audience, form.work_filter, form.work)
        full = parts.with_work(base, found)
    groups = None
    if form.group.data:
        members = opened(base, form.group.data)
        base, full = (parts.only_nodes(each, members) for each in (base, full))
    if len(base.nodes) > MOST:
        groups = overview(full, language)
        base = overview(base, language).drawing
        full = groups.drawing
    shown, way = _narrowed(form, full)
    stored = arrangement(session, NETWORK, form.hand_view, digest(base))
    return View(form, language, picture, base, shown, way, groups, stored)


def _base(
    session: Session,
    form: NetworkForm,
    picture: Organogram,
    covered: Coverage,
    audience: Audience,
    language: str,
) -> Drawing:
    """Everything that is drawn, with the ties that decide the places: not work."""
    base = network_drawing(picture, language, everybody=bool(form.everybody.data))
    if form.themes.data:
        base = parts.with_themes(base, covered, language)
    if form.countries.data:
        ties = country_ties(session, audience, form.work_filter)
        base = parts.with_countries(base, ties, country_names(language))
    return base


def _narrowed(form: NetworkForm, full: Drawing) -> tuple[Drawing, tuple[str, ...]]:
    beside = {
        "lead",
        "contributing",
        parts.ASKED_BY,
        *(kind.value for kind in WorkKind),
    }
    shown = parts.only_kinds(full, form.kinds | beside)
    if form.sectors:
        shown = parts.of_sectors(shown, form.sectors)
    way: Sequence[str] = ()
    if form.start.data and form.end.data:
        way = parts.way(shown, form.start.data, form.end.data)
    if form.focus.data:
        shown = parts.around(shown, form.focus.data, form.away)
        way = way if set(way) <= {node.slug for node in shown.nodes} else ()
    return shown, tuple(way)


def country_names(language: str) -> dict[str, str]:
    """The names of countries by the codes that the EMN uses."""
    names = dict(Locale.parse(language).territories)
    return names | {code: names[iso] for code, iso in _ISO.items()}


def _plain(address: str) -> str:
    """An address as part of a pattern: its braces stand for themselves."""
    return address.replace("{", "{{").replace("}", "}}")
