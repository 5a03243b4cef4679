"""What the network can be asked for; all of it stands in the address."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from emnnet.domain.audience import Audience
from emnnet.domain.network import Sector, TieKind
from emnnet.domain.real_work import WorkFilter, WorkKind, kinds_for
from emnnet.graphs.drawings import PARTNER_OF
from emnnet.selectors.institutions import ThemeName
from emnnet.selectors.organogram import Body
from emnnet.web.as_of import AsOfForm
from emnnet.web.fields import stripped
from emnnet.web.network.words import CHOICES, STRUCTURE
from emnnet.web.network_words import SECTOR_WORDS
from emnnet.words import fold

MOST_STEPS = 3
LONGEST_SEARCH = 80
MOST_OFFERED = 100
"""More bodies than this are not put into three fields to choose from."""

YEARS = (1990, 2100)


def _ticks(label: LazyString) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def _year(label: LazyString) -> IntegerField:
    bounds = NumberRange(*YEARS, message=_l("Enter a year such as 2024."))
    return IntegerField(
        label, validators=[Optional(), bounds], render_kw={"inputmode": "numeric"}
    )


class NetworkForm(AsOfForm):
    """The day, what is drawn besides the members, which ties, and around whom."""

    everybody = BooleanField(_l("Draw all institutions"))
    themes = BooleanField(_l("Draw themes"))
    countries = BooleanField(_l("Draw asking countries"))
    q = StringField(
        _l("Find in the network"),
        filters=[stripped],
        render_kw={
            "type": "search",
            "autocomplete": "off",
            "maxlength": LONGEST_SEARCH,
            "data-network-find": "",
        },
    )
    tie = _ticks(_l("Ties"))
    sector = _ticks(_l("Sector"))
    first_year = _year(_l("Work from the year"))
    last_year = _year(_l("to the year"))
    theme = SelectField(_l("Work on the theme"), validate_choice=False, default="")
    focus = SelectField(_l("Around"), validate_choice=False, default="")
    steps = SelectField(_l("Ties away"), validate_choice=False, default="1")
    start = SelectField(_l("Way from"), validate_choice=False, default="")
    end = SelectField(_l("to"), validate_choice=False, default="")
    group = StringField(default="")
    narrowed = False  # not every body is offered to be chosen

    def offer(
        self,
        bodies: Iterable[Body],
        themes: Sequence[ThemeName],
        audience: Audience,
        language: str,
    ) -> None:
        """Fill the choices; an unknown value asks for nothing."""
        offered = self._offered(list(bodies), language)
        names = sorted((body.names.full(language), body.slug) for body in offered)
        listed = [("", "–"), *((slug, name) for name, slug in names)]
        for field in (self.focus, self.start, self.end):
            field.choices = [SelectChoice(*pair) for pair in listed]
        self.theme.choices = [
            SelectChoice("", _("any theme")),
            *(SelectChoice(theme.slug, theme.name(language)) for theme in themes),
        ]
        self.steps.choices = [
            SelectChoice(str(step), str(step)) for step in range(1, MOST_STEPS + 1)
        ]
        self.sector.choices = [
            SelectChoice(sector.value, str(word))
            for sector, word in SECTOR_WORDS.items()
        ]
        open_kinds = {STRUCTURE, PARTNER_OF, *kinds_for(audience)}
        self.tie.choices = [
            SelectChoice(kind, str(word))
            for kind, word in CHOICES.items()
            if kind in open_kinds
        ]
        self.tie.data = list(self.asked_ties)

    def _offered(self, bodies: list[Body], language: str) -> list[Body]:
        """All; of very many the partners, those searched for and those chosen."""
        self.narrowed = len(bodies) > MOST_OFFERED
        if not self.narrowed:
            return bodies
        chosen = {field.data for field in (self.focus, self.start, self.end)}
        words = fold(self.text)
        return [
            body
            for body in bodies
            if body.roles
            or body.slug in chosen
            or (words and words in fold(body.names.full(language)))
        ]

    @property
    def asked_ties(self) -> tuple[str, ...]:
        """The kinds ticked; the organogram and partnership where none is."""
        ticked = tuple(kind for kind in CHOICES if kind in (self.tie.data or ()))
        return ticked or (STRUCTURE, PARTNER_OF)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of tie of the organogram and the membership that are drawn."""
        asked = set(self.asked_ties)
        structure = {kind.value for kind in TieKind} if STRUCTURE in asked else set()
        return frozenset(structure | (asked & {PARTNER_OF}))

    @property
    def work(self) -> tuple[WorkKind, ...]:
        """The kinds of real work that are drawn."""
        return tuple(kind for kind in WorkKind if kind in self.asked_ties)

    @property
    def work_filter(self) -> WorkFilter:
        """Which queries count."""
        return WorkFilter(
            self._good(self.first_year),
            self._good(self.last_year),
            self.theme.data or None,
        )

    def _good(self, field: IntegerField) -> int | None:
        return None if field.errors else field.data

    @property
    def sectors(self) -> frozenset[str]:
        """The sectors chosen; none chosen means all."""
        return frozenset(self.sector.data or ()) & {sector.value for sector in Sector}

    @property
    def away(self) -> int:
        """How many ties away from the middle bodies are drawn."""
        known = {str(step) for step in range(1, MOST_STEPS + 1)}
        return int(self.steps.data) if self.steps.data in known else 1

    @property
    def text(self) -> str:
        """What is searched for."""
        return (self.q.data or "")[:LONGEST_SEARCH]

    @property
    def unfolded(self) -> bool:
        """Is anything chosen beyond the day and what is drawn?"""
        chosen = (self.sectors, self.work, self.focus.data, self.start.data)
        years = self.first_year.data or self.last_year.data or self.theme.data
        return any(chosen) or bool(years) or STRUCTURE not in self.asked_ties

    @property
    def hand_view(self) -> str:
        """The view a layout made by hand belongs to."""
        parts = ("everybody", "themes", "countries")
        asked = [name for name in parts if self[name].data]
        asked += [f"group={self.group.data[:200]}"] if self.group.data else []
        return "network?" + "&".join(asked)

    @property
    def address(self) -> dict[str, Any]:
        """What every link of the page carries along."""
        asked: dict[str, Any] = {"as_of": self.other_day}
        for name in ("everybody", "themes", "countries"):
            asked[name] = "y" if self[name].data else None
        if self.asked_ties != (STRUCTURE, PARTNER_OF):
            asked["tie"] = list(self.asked_ties)
        asked["sector"] = sorted(self.sectors) or None
        for name in ("first_year", "last_year", "theme", "group"):
            asked[name] = self[name].data or None
        asked |= {"focus": self.focus.data or None, "q": self.text or None}
        if self.focus.data:
            asked["steps"] = self.away
        for name in ("start", "end"):
            asked[name] = self[name].data or None
        return {name: value for name, value in asked.items() if value}
