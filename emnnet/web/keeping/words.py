"""The words of the network's rows: tables, columns, kinds, values."""

from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from emnnet.domain.network import Aspect, Duty, Level, MembershipKind, Sector, Standing
from emnnet.models.network_change import ActKind
from emnnet.web.filters import day
from emnnet.web.network_words import (
    ASPECT_WORDS,
    DUTY_WORDS,
    LEGEND_WORDS,
    LEVEL_WORDS,
    MEMBERSHIP_WORDS,
    SECTOR_WORDS,
    STANDING_WORDS,
)

COLUMN_WORDS: dict[str, LazyString] = {
    "slug": _l("Short name in addresses"),
    "name_en": _l("Name in English"),
    "name_lt": _l("Name in the language of the country"),
    "abbreviation": _l("Abbreviation"),
    "sector": _l("Sector"),
    "duty": _l("Duty to answer"),
    "function_en": _l("What it does, in English"),
    "function_lt": _l("What it does, in the language of the country"),
    "legal_basis": _l("Legal basis"),
    "mailbox": _l("Functional mailbox"),
    "website": _l("Website"),
    "address": _l("Address"),
    "code": _l("Code"),
    "valid_from": _l("First day"),
    "valid_to": _l("Last day"),
    "standing": _l("Standing"),
    "source_codes": _l("Sources"),
    "note": _l("Note"),
    "kind": _l("Kind"),
    "from_institution_id": _l("From"),
    "to_institution_id": _l("To"),
    "institution_id": _l("Institution"),
    "theme_id": _l("Theme"),
    "level": _l("Part"),
    "scope": _l("Which side of the theme"),
    "aspect": _l("Fact"),
    "role_title": _l("Function"),
    "email": _l("E-mail address"),
    "phone": _l("Telephone"),
    "language": _l("Language"),
    "position": _l("Place in the order"),
    "for_routing": _l("Questions and reminders"),
    "for_escalation": _l("Copies when answers stay out"),
    "for_publication": _l("Questions of publication"),
    "substitute_id": _l("Stands in"),
    "contact_id": _l("Contact"),
    "title": _l("Title"),
    "read_on": _l("Read on"),
    "is_lead": _l("Leads"),
    "as_of": _l("Read in"),
    "keywords": _l("Words of questions"),
    "vocabulary": _l("Vocabulary"),
    "term": _l("Word"),
    "deactivated_at": _l("Closed on"),
}
ACT_WORDS: dict[ActKind, LazyString] = {
    ActKind.EDITED: _l("by a form"),
    ActKind.LOADED: _l("from files"),
    ActKind.REORGANISED: _l("reorganisation"),
    ActKind.FOLLOWED: _l("on the day of a reorganisation"),
    ActKind.LEFT: _l("a contact left"),
    ActKind.UNDONE: _l("undone"),
}
VALUE_WORDS: dict[str, dict[str, LazyString]] = {
    "sector": {one.value: SECTOR_WORDS[one] for one in Sector},
    "duty": {one.value: DUTY_WORDS[one] for one in Duty},
    "standing": {one.value: STANDING_WORDS[one] for one in Standing},
    "level": {one.value: LEVEL_WORDS[one] for one in Level},
    "aspect": {one.value: ASPECT_WORDS[one] for one in Aspect},
    "kind": {
        **{one.value: LEGEND_WORDS[one] for one in LEGEND_WORDS},
        **{one.value: MEMBERSHIP_WORDS[one] for one in MembershipKind},
    },
}
"""What a value of a column is called."""

ROW_TITLES: dict[str, LazyString] = {
    "institution": _l("Institution"),
    "name": _l("Name of other days"),
    "fact": _l("What a fact stands on"),
    "tie": _l("Tie"),
    "membership": _l("Part in the network"),
    "competence": _l("Competence"),
}

LONGEST = 160  # characters of a value in a list
DAYS = {"valid_from", "valid_to", "read_on", "deactivated_at"}


def value_words(column: str, value: Any) -> str:
    """A value of a column as people read it; "" for none."""
    if value in (None, "", []):
        return ""
    if column in DAYS:
        return str(day(_day(value)))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dict):
        return str(_("%(number)d words", number=len(value.get("words", []))))
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    word = VALUE_WORDS.get(column, {}).get(str(value))
    text = str(word if word is not None else value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value[:10])
