"""What is known of one body, beside the drawing: its page in short."""

from dataclasses import dataclass

from emnnet.extensions import db
from emnnet.selectors.institution_page import InstitutionPage, find_institution_page
from emnnet.web.identity import viewing
from emnnet.web.institutions.present import Fact, TieGroup, facts, tie_groups
from emnnet.web.network_words import LEVEL_WORDS, MEMBERSHIP_WORDS
from emnnet.web.organogram.asked import Shown

MOST_QUERIES = 5


@dataclass(frozen=True)
class Panel:
    """The facts, ties and queries of the body that was chosen."""

    found: InstitutionPage
    facts: list[Fact]
    tie_groups: list[TieGroup]
    in_drawing: bool
    membership_words = MEMBERSHIP_WORDS
    level_words = LEVEL_WORDS
    most_queries = MOST_QUERIES


def beside(shown: Shown) -> Panel | None:
    """The panel of `?body=`; None where no body or an unknown one was asked for."""
    if shown.body is None:
        return None
    found = find_institution_page(db.session, shown.body, shown.form.day, viewing())
    if found is None:
        return None
    return Panel(
        found,
        facts(found, shown.language),
        tie_groups(found.ties),
        in_drawing=shown.body in shown.part.by_slug,
    )
