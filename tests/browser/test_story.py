"""The whole job in browsers, from the document that arrives to what visitors read."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import make_url, select

from emnnet.domain.roles import Role
from emnnet.models.contact import Contact
from tests.browser import story_leaving as leaving
from tests.browser import story_merging as merging
from tests.browser import story_office as office
from tests.browser import story_partners as partners
from tests.browser import story_visitors as visitors
from tests.browser.smtp import Letter, PostOffice, post_office
from tests.browser.story_setting import Stage
from tests.builders import a_user
from tests.conftest import migrate
from tests.databases import postgres_server
from tests.integration.routing_setup import the_holidays
from tests.integration.shipped_network import load_lithuania

MD, PD, VDA, VSAT = (
    f"focal.point.{short}@example.org" for short in ("md", "pd", "vda", "vsat")
)
OFFICE, APPROVER = "coordinator@example.org", "approver@example.org"


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, database: str) -> Iterator[str]:
    """On each of the two databases, whichever the others of this run have."""
    if request.param == "sqlite":
        yield database
        return
    with postgres_server() as server:
        url = server.create()
        migrate(url)
        yield url


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with post_office() as running:
        yield running


@pytest.fixture
def settings(settings: dict[str, Any], post: PostOffice) -> dict[str, Any]:
    """As in life: mails leave, to a server that keeps them."""
    mail = {"MAIL_MODE": "smtp", "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": post.port}
    allowed = {"MAIL_ALLOWED": ["@example.org"]}
    return settings | mail | allowed | {"TESTING": False}


@pytest.fixture
def stage(app, clock, session, post, new_page, axe, database) -> Stage:
    """The shipped network; one contact reads English, the others Lithuanian.

    Both databases give the same pages: axe looks at those of one.
    """
    the_holidays(session, 2026)
    load_lithuania(session)
    contact = session.scalars(select(Contact).where(Contact.email == MD)).one()
    contact.language = "en"
    a_user(session, Role.COORDINATOR, email=OFFICE, name="Coordinator")
    a_user(session, Role.APPROVER, email=APPROVER, name="Approver")
    looks = make_url(database).get_backend_name() == "sqlite"
    return Stage(app, clock, session, post, new_page, axe if looks else None)


@pytest.mark.long
def test_story_of_a_query(stage: Stage):
    desk, first = stage.new_page(), stage.new_page()
    office.sign_in_by_keyboard(desk, OFFICE, "/desk")
    office.register(stage, desk)
    office.route(stage, desk)
    office.send(stage, desk)
    _partners_answer(stage, first)
    office.ask_somebody_else(stage, desk)
    assert _readers(stage.deliver()) == [VDA]
    _who_owes_is_reminded(stage, first)
    _answers_become_one_response(stage, desk, first)
    _response_leaves(stage, desk)
    visitors.find_and_read(stage, stage.new_page())
    visitors.read_the_history(stage, desk)


def _partners_answer(stage: Stage, first: Page) -> None:
    """Each follows the link of its mail; receipts come back."""
    to_md, to_pd, to_vsat = stage.deliver()
    assert _readers([to_md, to_pd, to_vsat]) == [MD, PD, VSAT]
    partners.open_link(stage, first, to_md, "Continue to the questions")
    partners.first_partner_answers(stage, first)
    second = stage.new_page(width=390, locale="lt-LT")
    go_on = stage.lithuanian("Continue to the questions")
    partners.open_link(stage, second, to_vsat, go_on)
    partners.second_partner_answers(stage, second)
    arrived = stage.deliver()
    assert _readers(arrived) == [OFFICE, OFFICE, OFFICE, MD, VSAT]
    receipt, lithuanian_receipt = arrived[3:]
    assert partners.COUNSEL in receipt.words
    assert partners.CLOSED in lithuanian_receipt.words


def _who_owes_is_reminded(stage: Stage, first: Page) -> None:
    """Who has promised is left alone until that day; who has answered, for good."""
    before, after = stage.morning(date(2026, 4, 2)), stage.morning(date(2026, 4, 13))
    assert (_readers(before), _readers(after)) == ([PD, VDA], [PD, VDA])
    (promised,) = stage.morning(date(2026, 4, 16))
    assert (promised.to, stage.morning(date(2026, 4, 16))) == (MD, [])
    assert "Still open: question 3." in promised.words
    partners.promised_answer_comes(stage, first, promised)
    assert _readers(stage.deliver()) == [OFFICE, MD]


def _answers_become_one_response(stage: Stage, desk: Page, first: Page) -> None:
    """One answer is corrected after it was used."""
    merging.open_workbench(stage, desk)
    merging.write_first_answer(stage, desk)
    (returned,) = stage.deliver()
    assert (returned.to, partners.REVISE in returned.words) == (MD, True)
    partners.corrected_answer_comes(stage, first, returned)
    assert _readers(stage.deliver()) == [OFFICE, MD]
    merging.take_the_correction(stage, desk)
    merging.write_the_other_answers(stage, desk)


def _response_leaves(stage: Stage, desk: Page) -> None:
    """A second person clears it; then it is sent, closed and published."""
    leaving.ask_for_clearance(stage, desk)
    (to_clear,) = stage.deliver()
    leaving.clear(stage, stage.new_page(), APPROVER, to_clear)
    assert _readers(stage.deliver()) == [OFFICE]
    leaving.send_out(stage, desk)
    leaving.close(stage, desk)
    assert _readers(stage.deliver()) == [PD, VDA]
    leaving.publish(stage, desk)


def _readers(letters: Sequence[Letter]) -> list[str]:
    return [letter.to for letter in letters]
