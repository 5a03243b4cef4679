"""What the organogram can be asked for; all of it stands in the address."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from emnnet.domain.network import Sector, TieKind
from emnnet.selectors.institutions import ThemeName
from emnnet.selectors.organogram import Body
from emnnet.web.as_of import AsOfForm
from emnnet.web.fields import stripped
from emnnet.web.network_words import LEGEND_WORDS, SECTOR_WORDS

MOST_LEVELS = 6
LONGEST_SEARCH = 80


class Member(StrEnum):
    """A part in the network by which bodies are chosen."""

    PARTNER = "partner"
    NCP = "ncp"
    OTHER = "other"


class OrganogramForm(AsOfForm):
    """The day, what is searched for, one branch or all, filters, arrangement."""

    q = StringField(
        _l("Find an institution"),
        filters=[stripped],
        render_kw={
            "type": "search",
            "autocomplete": "off",
            "maxlength": LONGEST_SEARCH,
        },
    )
    root = SelectField(_l("Branch"), validate_choice=False, default="")
    sector = SelectMultipleField(
        _l("Sector"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    tie = SelectMultipleField(
        _l("Ties drawn"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    theme = SelectField(_l("Competent for"), validate_choice=False, default="")
    member = SelectField(_l("In the network"), validate_choice=False, default="")
    direction = SelectField(_l("Direction"), validate_choice=False, default="")
    levels = SelectField(_l("Levels"), validate_choice=False, default="")

    def offer(
        self,
        heads: Sequence[Body],
        themes: Sequence[ThemeName],
        kinds: Iterable[TieKind],
        language: str,
    ) -> None:
        """Fill the choices; an unknown value asks for nothing."""
        names = sorted((head.names.full(language), head.slug) for head in heads)
        self.root.choices = _with_all(
            _("Everything"), ((slug, name) for name, slug in names)
        )
        self.sector.choices = [
            SelectChoice(sector.value, str(word))
            for sector, word in SECTOR_WORDS.items()
        ]
        self.tie.choices = [
            SelectChoice(kind.value, str(LEGEND_WORDS[kind])) for kind in kinds
        ]
        self.theme.choices = _with_all(
            _("any theme"), ((t.slug, t.name(language)) for t in themes)
        )
        self._offer_arrangement()

    def _offer_arrangement(self) -> None:
        self.member.choices = _with_all(
            _("all"),
            [
                (Member.PARTNER, _("partners")),
                (Member.NCP, _("National Contact Point")),
                (Member.OTHER, _("all others")),
            ],
        )
        self.direction.choices = _with_all(
            _("left to right"), [("td", _("top to bottom"))]
        )
        self.levels.choices = _with_all(
            _("all"), ((str(n), str(n)) for n in range(1, MOST_LEVELS + 1))
        )

    @property
    def sectors(self) -> frozenset[Sector]:
        """The sectors chosen; none chosen means all."""
        known = {sector.value for sector in Sector}
        return frozenset(
            Sector(each) for each in self.sector.data or () if each in known
        )

    @property
    def ties(self) -> frozenset[TieKind]:
        """The kinds of tie chosen; none chosen means those usually drawn."""
        known = {kind.value for kind in TieKind}
        return frozenset(TieKind(each) for each in self.tie.data or () if each in known)

    @property
    def membership(self) -> Member | None:
        """The part in the network that was chosen."""
        known = {member.value for member in Member}
        return Member(self.member.data) if self.member.data in known else None

    @property
    def top_down(self) -> bool:
        """Is the top above, and not on the left?"""
        return bool(self.direction.data == "td")

    @property
    def most_levels(self) -> int | None:
        """How many levels are drawn; None for all."""
        levels = self.levels.data or ""
        return (
            int(levels) if levels in set(map(str, range(1, MOST_LEVELS + 1))) else None
        )

    @property
    def text(self) -> str:
        """What is searched for."""
        return (self.q.data or "")[:LONGEST_SEARCH]


def _with_all(word: str, pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice("", word), *(SelectChoice(*pair) for pair in pairs)]
