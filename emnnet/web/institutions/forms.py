"""How the list of institutions is narrowed."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField

from emnnet.domain.network import Sector
from emnnet.selectors.institutions import ThemeName, Wanted
from emnnet.web.as_of import AsOfForm
from emnnet.web.fields import stripped
from emnnet.web.network_words import SECTOR_WORDS

MEMBER = {"yes": True, "no": False}


class InstitutionsForm(AsOfForm):
    """Text, sector, theme, part in the network, and the day."""

    q = StringField(
        _l("Name or task"), filters=[stripped], render_kw={"autocomplete": "off"}
    )
    sector = SelectField(_l("Sector"), validate_choice=False, default="")
    theme = SelectField(_l("Theme"), validate_choice=False, default="")
    member = SelectField(_l("In the network"), validate_choice=False, default="")

    def offer(self, themes: Sequence[ThemeName], language: str) -> None:
        """Fill the choices; an unknown value asks for nothing."""
        everything = SelectChoice("", _("all"))
        self.sector.choices = [
            everything,
            *(SelectChoice(item.value, str(word)) for item, word in _sectors()),
        ]
        self.theme.choices = [
            everything,
            *(SelectChoice(theme.slug, theme.name(language)) for theme in themes),
        ]
        self.member.choices = [
            everything,
            SelectChoice("yes", _("partners and National Contact Point")),
            SelectChoice("no", _("all others")),
        ]

    @property
    def wanted(self) -> Wanted:
        """What was asked for, as the selector wants it."""
        sector = self.sector.data
        return Wanted(
            text=self.q.data or "",
            sector=Sector(sector) if sector in set(Sector) else None,
            theme=self.theme.data or None,
            member=MEMBER.get(self.member.data or ""),
        )

    @property
    def is_narrowed(self) -> bool:
        """Was anything asked for but the day?"""
        return self.wanted != Wanted()


def _sectors() -> list[tuple[Sector, object]]:
    return list(SECTOR_WORDS.items())
