"""The details of a reorganisation, as they are typed."""

from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    widgets,
)
from wtforms.validators import DataRequired

from emnnet.domain.errors import DomainError
from emnnet.domain.messages import _n
from emnnet.domain.reorganisation import NewNames, Plan, Reform
from emnnet.web.fields import DayField, not_blank, stripped
from emnnet.web.keeping.forms import Offered, a_text, named, the_bodies

REFORM_WORDS = {
    Reform.RENAME: _l("gets another name"),
    Reform.MOVE: _l("moves to another place"),
    Reform.MERGE: _l("is merged into another body"),
    Reform.SPLIT: _l("is split"),
    Reform.END: _l("ends"),
}
REFORM_HINTS = {
    Reform.RENAME: _l("The former name is kept: what is closed and past days show it."),
    Reform.MOVE: _l("Another body stands above it from that day on."),
    Reform.MERGE: _l("One or several bodies end; another one or a new one follows."),
    Reform.SPLIT: _l("It ends; two or more bodies follow. You choose who gets what."),
    Reform.END: _l("It ends; somebody may take over what is open."),
}
FIELDS: dict[Reform, tuple[str, ...]] = {
    Reform.RENAME: ("name_en", "name_lt", "abbreviation"),
    Reform.MOVE: ("heir",),
    Reform.MERGE: ("others", "heir", "founded", "takes_contacts"),
    Reform.SPLIT: ("heirs", "founded", "takes_contacts"),
    Reform.END: ("heir", "takes_contacts"),
}
HEIR_LABELS = {
    Reform.MOVE: _l("The body it stands under from then on"),
    Reform.MERGE: _l("Merged into"),
    Reform.END: _l("Who takes over what is open"),
}
BAD_NEW = _n(
    "A new body needs a name in English and one in the language of the country, with "
    "“|” between them: %(line)s"
)
MOST_NEW = 12


def _ticks(label: Any, hint: Any = "") -> SelectMultipleField:
    return SelectMultipleField(
        label,
        description=hint,
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )


class ReorganisationForm(FlaskForm):
    """One form for all kinds; the page shows the fields that the kind needs."""

    reform = SelectField(
        _l("What happens"), choices=[SelectChoice(r.value, "") for r in Reform]
    )
    body = SelectField(
        _l("To which body"), validators=[not_blank(_l("Choose the body."))]
    )
    cutover_on = DayField(
        _l("From which day"),
        description=_l(
            "The first day of the new. The day before is the last of the old."
        ),
        validators=[DataRequired(_l("Enter the day from which it holds."))],
    )
    name_en = a_text(_l("New name in English"))
    name_lt = a_text(_l("New name in the language of the country"))
    abbreviation = a_text(_l("New abbreviation"), _l("Empty: as it is."))
    others = _ticks(_l("Bodies that are merged with it"))
    heir = SelectField(_l("Successor"), default="")
    heirs = _ticks(_l("Bodies that follow"), _l("Tick those that are there already."))
    founded = TextAreaField(
        _l("New bodies"),
        description=_l(
            "One a line: name in English | name in the language of the country | "
            "abbreviation. They begin on the day, in the place of the old one."
        ),
        filters=[stripped],
        render_kw={"rows": 3},
    )
    takes_contacts = BooleanField(
        _l("Its contacts and accounts go to the successor"), default=True
    )
    sources = _ticks(_l("Sources"))
    why = a_text(
        _l("Why"),
        _l("The law, the letter, the decision. Stands in the history."),
        not_blank(_l("Say why.")),
        most=500,
    )
    seen = HiddenField()

    def offer(self, offered: Offered) -> None:
        """Fill what there is to choose from."""
        self.reform.choices = [
            SelectChoice(r.value, str(w)) for r, w in REFORM_WORDS.items()
        ]
        bodies = the_bodies(offered)
        self.body.choices = bodies
        self.heir.choices = [SelectChoice("", _("nobody")), *bodies[1:]]
        ticks = [SelectChoice(str(body.id), named(body)) for body in offered.bodies]
        self.others.choices, self.heirs.choices = ticks, ticks
        self.sources.choices = [
            SelectChoice(one.code, one.title or one.code) for one in offered.sources
        ]

    @property
    def kind(self) -> Reform:
        """What happens; a rename where nothing else was asked."""
        chosen = self.reform.data
        return Reform(chosen) if chosen in set(Reform) else Reform.RENAME

    def plan(self) -> Plan:
        """What was filled in. Raises `DomainError` for a line that says no names."""
        shown = FIELDS[self.kind]
        heirs = list(self.heirs.data or []) if "heirs" in shown else []
        if "heir" in shown and self.heir.data:
            heirs.insert(0, self.heir.data)
        others = list(self.others.data or []) if "others" in shown else []
        assert self.cutover_on.data is not None  # noqa: S101 -- validated
        bodies = dict.fromkeys([self.body.data, *others])
        return Plan(
            self.kind,
            self.cutover_on.data,
            tuple(int(one) for one in bodies),
            tuple(int(one) for one in dict.fromkeys(heirs)),
            founded=self._founded() if "founded" in shown else (),
            names=self._names() if "name_en" in shown else None,
            takes_contacts=bool(self.takes_contacts.data),
            sources=tuple(self.sources.data or ()),
        )

    @property
    def heir_names(self) -> list[str]:
        """The bodies that follow, in the order of the plan."""
        known = {one.value: str(one.label) for one in self.heir.choices or []}
        local = str(get_locale()) == "lt"
        new = [names.lt if local else names.en for names in self._founded()]
        return [known.get(one, "") for one in self.heirs.data or []] + new

    def _names(self) -> NewNames:
        return NewNames(
            self.name_en.data or "",
            self.name_lt.data or "",
            self.abbreviation.data or "",
        )

    def _founded(self) -> tuple[NewNames, ...]:
        """The new bodies, one a line."""
        lines = [x for x in (self.founded.data or "").splitlines() if x.strip()]
        found = []
        for line in lines[:MOST_NEW]:
            parts = [part.strip()[:300] for part in line.split("|")]
            if not 2 <= len(parts) <= 3 or not all(parts[:2]):
                raise DomainError(BAD_NEW, line=line[:80])
            found.append(NewNames(*parts))
        return tuple(found)
