"""Words for the tables of the network and for what becomes of their rows."""

from flask_babel import lazy_gettext as _l

from emnnet.selectors.network_plan import Outcome

TABLE_WORDS = {
    "sources": _l("Sources"),
    "institutions": _l("Institutions"),
    "former_names": _l("Former names"),
    "facts": _l("What facts stand on"),
    "themes": _l("Themes"),
    "mappings": _l("Words of other vocabularies"),
    "keywords": _l("Words of questions"),
    "ties": _l("Ties"),
    "memberships": _l("Memberships"),
    "competences": _l("Competences"),
    "contacts": _l("Contacts"),
}
OUTCOME_WORDS = {
    Outcome.CREATED: _l("new"),
    Outcome.CHANGED: _l("changed"),
    Outcome.ENDED: _l("ends"),
    Outcome.UNCHANGED: _l("unchanged"),
}
TONES = {
    Outcome.CREATED: "done",
    Outcome.CHANGED: "info",
    Outcome.ENDED: "due",
    Outcome.UNCHANGED: "wait",
}
KEY_WORDS = {
    "id": _l("Short name"),
    "slug": _l("Short name"),
    "en": _l("Name in English"),
    "lt / local": _l("Name in the language of the country"),
    "url": _l("Web address"),
    "as_of": _l("Read on"),
    "title": _l("Title"),
    "function": _l("What it does"),
    "function.en": _l("What it does, in English"),
    "function.lt / function.local": _l("What it does, in the language of the country"),
    "former_names": _l("Former names"),
    "facts": _l("What facts stand on"),
    "from": _l("From"),
    "to": _l("To"),
    "institution": _l("Institution"),
    "theme": _l("Theme"),
    "sources": _l("Sources"),
    "vocabulary": _l("Vocabulary"),
    "word": _l("Word"),
    "text": _l("Words of questions"),
    "keywords": _l("Words of questions"),
    "mappings": _l("Words of other vocabularies"),
    "strength": _l("Weight"),
    "purpose": _l("What the contact is written to for"),
    "also": _l("Further purposes"),
}
"""What a key or head of the files stands for, where no column is called so."""
