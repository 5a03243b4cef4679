"""One form for each kind of row."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField

from emnnet.domain.network import (
    Aspect,
    Duty,
    Level,
    MembershipKind,
    Sector,
    TieKind,
)
from emnnet.models.base import Base
from emnnet.models.institution import Institution
from emnnet.models.tie import Tie
from emnnet.services.network_given import (
    GivenCompetence,
    GivenFact,
    GivenInstitution,
    GivenMembership,
    GivenName,
    GivenTie,
)
from emnnet.web.fields import choices, not_blank
from emnnet.web.keeping.forms import (
    BackedForm,
    DatedForm,
    Offered,
    RowForm,
    a_choice,
    a_note,
    a_text,
    the_bodies,
)
from emnnet.web.network_words import (
    ASPECT_WORDS,
    DUTY_WORDS,
    LEVEL_WORDS,
    MEMBERSHIP_WORDS,
    SECTOR_WORDS,
    TIES_FROM,
    TIES_TO,
)

NAME_NEEDED = _l("Give the name.")
OPTIONAL = {"mailbox", "website", "address", "code", "legal_basis"}


class InstitutionForm(DatedForm):
    """A body with all that is told about it."""

    name_en = a_text(_l("Name in English"), "", not_blank(NAME_NEEDED))
    name_lt = a_text(
        _l("Name in the language of the country"), "", not_blank(NAME_NEEDED)
    )
    abbreviation = a_text(
        _l("Abbreviation"), _l("Lithuanian / English, such as VSAT / SBGS.")
    )
    slug = a_text(
        _l("Short name in addresses"),
        _l("Letters a–z, digits, hyphens and underscores, such as vsat."),
        not_blank(_l("Give the short name for addresses.")),
        most=64,
    )
    sector = RadioField(_l("Sector"), default=Sector.GOVERNMENT.value)
    duty = SelectField(_l("Duty to answer"), default="")
    function_en = a_note(_l("What it does, in English"))
    function_lt = a_note(_l("What it does, in the language of the country"))
    legal_basis = a_text(_l("Legal basis"))
    mailbox = a_text(
        _l("Functional mailbox"),
        _l("Mail goes there where the institution has no contact."),
        most=254,
    )
    website = a_text(_l("Website"), most=1000)
    address = a_text(_l("Address"))
    code = a_text(_l("Code in the register of legal entities"))

    def offer(self, offered: Offered) -> None:
        """Fill sectors and duties."""
        super().offer(offered)
        self.sector.choices = choices(SECTOR_WORDS)
        self.duty.choices = [SelectChoice("", _("none")), *choices(DUTY_WORDS)]

    def fill(self, row: Base | None) -> None:
        """Begin with what stands."""
        super().fill(row)
        if isinstance(row, Institution):
            self.sector.data = row.sector.value
            self.duty.data = row.duty.value if row.duty else ""

    def given(self, _body: Institution | None) -> GivenInstitution:
        """What was filled in."""
        told: dict[str, Any] = {
            name: self[name].data or (None if name in OPTIONAL else "")
            for name in ("slug", "name_en", "name_lt", "abbreviation", "function_en",
                         "function_lt", *OPTIONAL)
        }  # fmt: skip
        duty = Duty(self.duty.data) if self.duty.data else None
        return GivenInstitution(
            sector=Sector(self.sector.data), duty=duty, **told, **self.days
        )


class NameForm(DatedForm):
    """A name of other days."""

    name_en = a_text(_l("Name in English"), "", not_blank(NAME_NEEDED))
    name_lt = a_text(
        _l("Name in the language of the country"), "", not_blank(NAME_NEEDED)
    )
    abbreviation = a_text(_l("Abbreviation"))

    def given(self, body: Institution) -> GivenName:
        """What was filled in."""
        return GivenName(
            institution_id=body.id,
            name_en=self.name_en.data or "",
            name_lt=self.name_lt.data or "",
            abbreviation=self.abbreviation.data or "",
            **self.days,
        )


class FactForm(BackedForm):
    """What one statement about a body stands on."""

    aspect = SelectField(_l("Fact"))

    def offer(self, offered: Offered) -> None:
        """Fill the facts, too."""
        super().offer(offered)
        self.aspect.choices = choices(ASPECT_WORDS)

    def given(self, body: Institution) -> GivenFact:
        """What was filled in."""
        return GivenFact(
            institution_id=body.id, aspect=Aspect(self.aspect.data), **self.backing
        )


class TieForm(DatedForm, BackedForm):
    """A tie of the body, to another one or from it."""

    tie = a_choice(_l("This body is"), _l("Choose the kind of tie."))
    other = a_choice(_l("The other body"), _l("Choose the other body."))
    note = a_note()

    def offer(self, offered: Offered) -> None:
        """Fill kinds in both directions, and the bodies."""
        super().offer(offered)
        self.tie.choices = [
            SelectChoice("", _("Choose…")),
            *(SelectChoice(f"{k.value} to", str(w)) for k, w in TIES_FROM.items()),
            *(
                SelectChoice(f"{k.value} from", str(w))
                for k, w in TIES_TO.items()
                if k is not TieKind.COOPERATES_WITH
            ),
        ]
        self.other.choices = the_bodies(offered)

    def turn(self, tie: Tie, body: Institution) -> None:
        """Tell a tie that stands as seen from the body."""
        is_from = tie.from_institution_id == body.id
        self.tie.data = f"{tie.kind.value} {'to' if is_from else 'from'}"
        other = tie.to_institution_id if is_from else tie.from_institution_id
        self.other.data = str(other)

    def given(self, body: Institution) -> GivenTie:
        """What was filled in."""
        kind, direction = (self.tie.data or "").split(" ")
        ends = (body.id, int(self.other.data))
        begin, end = ends if direction == "to" else ends[::-1]
        return GivenTie(
            kind=TieKind(kind),
            from_institution_id=begin,
            to_institution_id=end,
            note=self.note.data or "",
            **self.days,
            **self.backing,
        )


class MembershipForm(DatedForm, BackedForm):
    """A part in the network."""

    kind = SelectField(_l("Part in the network"))
    note = a_note()

    def offer(self, offered: Offered) -> None:
        """Fill the parts, too."""
        super().offer(offered)
        self.kind.choices = choices(MEMBERSHIP_WORDS)

    def given(self, body: Institution) -> GivenMembership:
        """What was filled in."""
        return GivenMembership(
            institution_id=body.id,
            kind=MembershipKind(self.kind.data),
            note=self.note.data or "",
            **self.days,
            **self.backing,
        )


class CompetenceForm(DatedForm, BackedForm):
    """A part in a theme."""

    theme_id = a_choice(_l("Theme"), _l("Choose the theme."))
    level = RadioField(_l("Part"), default=Level.CONTRIBUTING.value)
    scope = a_text(_l("Which side of the theme"))

    def offer(self, offered: Offered) -> None:
        """Fill themes and levels, too."""
        super().offer(offered)
        self.level.choices = choices(LEVEL_WORDS)
        self.theme_id.choices = [
            SelectChoice("", _("Choose…")),
            *(SelectChoice(str(one.id), one.name_en) for one in offered.themes),
        ]

    def fill(self, row: Base | None) -> None:
        """Begin with what stands."""
        super().fill(row)
        if row is not None:
            self.theme_id.data = str(self.theme_id.data)

    def given(self, body: Institution) -> GivenCompetence:
        """What was filled in."""
        return GivenCompetence(
            institution_id=body.id,
            theme_id=int(self.theme_id.data),
            level=Level(self.level.data),
            scope=self.scope.data or "",
            **self.days,
            **self.backing,
        )


FORMS: dict[str, type[RowForm]] = {
    "name": NameForm,
    "fact": FactForm,
    "tie": TieForm,
    "membership": MembershipForm,
    "competence": CompetenceForm,
}
