"""The forms of the network's rows. Each gives what the service wants."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import Length

from emnnet.domain.network import Standing
from emnnet.models.base import Base
from emnnet.models.institution import Institution
from emnnet.models.source import Source
from emnnet.models.theme import Theme
from emnnet.services.network_edits import seen_mark
from emnnet.services.network_given import GivenSource
from emnnet.web.fields import DayField, choices, not_blank, stripped
from emnnet.web.network_words import STANDING_WORDS
from emnnet.words import fold

LONG = _l("Keep it under %(max)d characters.")
LONGEST = 2000
NOTE = _l("Note")


@dataclass(frozen=True)
class Offered:
    """What the forms let choose from."""

    bodies: Sequence[Institution] = ()
    sources: Sequence[Source] = ()
    themes: Sequence[Theme] = ()


def a_text(label: Any, hint: Any = "", *checks: Any, most: int = 300) -> StringField:
    """One line of text."""
    limit = Length(max=most, message=LONG)
    return StringField(
        label, description=hint, filters=[stripped], validators=[*checks, limit]
    )


def named(body: Institution) -> str:
    """A body as a choice."""
    name = body.name_lt if str(get_locale()) == "lt" else body.name_en
    short = body.abbreviation.split(" / ")[0]
    ended = _(", ended") if body.valid_to else ""
    return f"{name} ({short}){ended}" if short else f"{name}{ended}"


def code_of(title: str) -> str:
    """The short name of a source, made of its title."""
    plain = "-".join(re.findall(r"[a-z0-9]+", fold(title)))
    return plain[:40].strip("-") or "source"


class RowForm(FlaskForm):
    """What all have: why, and the row as it was when the form was opened."""

    why = a_text(
        _l("Why"),
        _l("Stands in the history: a letter, a law, a misprint."),
        not_blank(_l("Say why you change it.")),
        most=500,
    )
    seen = HiddenField()
    is_offered = False  # what there is to choose from was read

    def offer(self, offered: Offered) -> None:
        """Fill what there is to choose from."""

    def fill(self, row: Base | None) -> None:
        """Begin with what stands."""
        if row is None:
            return
        for field in self:
            if hasattr(row, field.short_name) and field.short_name != "why":
                field.data = getattr(row, field.short_name)
        self.seen.data = seen_mark(row)

    def new_source(self) -> GivenSource | None:
        """A source that was typed, or none."""
        return None


class DatedForm(RowForm):
    """With a first and a last day."""

    valid_from = DayField(_l("First day"), description=_l("Empty: not known."))
    valid_to = DayField(
        _l("Last day"), description=_l("Empty: it holds until further notice.")
    )

    @property
    def days(self) -> dict[str, Any]:
        """The two days."""
        return {"valid_from": self.valid_from.data, "valid_to": self.valid_to.data}


class BackedForm(RowForm):
    """With how sure it is, and the sources."""

    standing = RadioField(_l("How sure it is"), default=Standing.PLAUSIBLE.value)
    source_codes = SelectMultipleField(
        _l("Sources"),
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    source_title = a_text(_l("Another source: its title"))
    source_address = a_text(
        _l("Another source: its web address"), _l("Begins with https://"), most=1000
    )

    def offer(self, offered: Offered) -> None:
        """Fill standings and sources."""
        super().offer(offered)
        self.standing.choices = choices(STANDING_WORDS)
        self.source_codes.choices = [
            SelectChoice(one.code, one.title or one.code) for one in offered.sources
        ]

    def fill(self, row: Base | None) -> None:
        """Begin with what stands."""
        super().fill(row)
        if isinstance(self.standing.data, Standing):
            self.standing.data = self.standing.data.value

    def new_source(self) -> GivenSource | None:
        """The typed source under a code made of its title."""
        address = self.source_address.data
        if not address:
            return None
        title = self.source_title.data or address
        return GivenSource(code=code_of(title), address=address, title=title)

    @property
    def backing(self) -> dict[str, Any]:
        """The standing, and the sources with the one that was typed."""
        codes = list(self.source_codes.data or [])
        if source := self.new_source():
            codes.append(source.code)
        return {
            "standing": Standing(self.standing.data),
            "source_codes": tuple(codes),
        }


def a_note(label: Any = NOTE, hint: Any = "") -> TextAreaField:
    """A longer text."""
    return TextAreaField(
        label,
        description=hint,
        filters=[stripped],
        validators=[Length(max=LONGEST, message=LONG)],
        render_kw={"rows": 3},
    )


def a_choice(label: Any, missing: Any) -> SelectField:
    """One of several; none chosen is an error."""
    return SelectField(label, default="", validators=[not_blank(missing)])


def the_bodies(offered: Offered) -> list[SelectChoice]:
    """Bodies to choose from, nothing chosen."""
    return [
        SelectChoice("", _("Choose…")),
        *(SelectChoice(str(body.id), named(body)) for body in offered.bodies),
    ]
