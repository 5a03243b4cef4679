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
ROW_WORDS = {
    "source": _l("source"),
    "institution": _l("institution"),
    "institution_fact": _l("what a fact stands on"),
    "former_name": _l("former name"),
    "theme": _l("theme"),
    "theme_term": _l("word of another vocabulary"),
    "tie": _l("tie"),
    "membership": _l("membership"),
    "competence": _l("competence"),
    "contact": _l("contact"),
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
