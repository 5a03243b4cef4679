"""The door of the site: what it is, what was published last, figures from the data."""

import pytest

from emnnet.app import create_app
from emnnet.domain.roles import Role
from tests.builders import a_query
from tests.conftest import NOON
from tests.integration.shipped_network import load_lithuania


def test_visitors_see_what_was_published_last_and_nothing_else(session, client):
    a_query(session, title="Seasonal workers", published_at=NOON)
    a_query(session, title="Not published")
    a_query(session, title="Taken back", published_at=NOON, unpublished_at=NOON)
    page = client.get("/").text
    assert "What Lithuania answered on migration and asylum" in page
    assert ">Seasonal workers</a>" in page
    assert "1 published query" in page
    assert "Not published" not in page
    assert "Taken back" not in page


def test_the_figures_of_the_home_page_are_computed_from_the_data(session, client):
    load_lithuania(session)
    page = client.get("/").text
    assert "17 partners: 12 government (70.6\u00a0%), 5 others (29.4\u00a0%)." in page
    assert page.count('class="sector-mark"') == 17
    assert "35 institutions of migration and asylum policy" in page


def test_an_empty_site_says_what_will_stand_there(client):
    page = client.get("/").text
    assert "No answer is published yet." in page
    assert "once its members are loaded" in page
    assert "once the institutions are loaded" in page


@pytest.mark.parametrize("role", [Role.ADMIN, Role.COORDINATOR, Role.APPROVER])
def test_the_office_is_led_to_its_desk(signed_in, role):
    reply = signed_in(role).get("/")
    assert (reply.status_code, reply.location) == (303, "/desk")


@pytest.mark.parametrize("role", [Role.CONTACT, Role.READER])
def test_others_with_an_account_see_the_public_home(signed_in, role):
    reply = signed_in(role).get("/")
    assert reply.status_code == 200
    assert "What Lithuania answered" in reply.text


@pytest.mark.parametrize("count", [1, 50])
def test_home_takes_four_statements_whatever_was_published(
    session, signed_in, statements, count
):
    for n in range(count):
        a_query(session, title=f"Query {n}", published_at=NOON)
    reader = signed_in(Role.READER)
    with statements("SELECT") as seen:
        assert reader.get("/").status_code == 200
    assert len(seen) == 3  # the account, all that was ever recorded, queries


def test_about_tells_who_makes_up_the_contact_point(session, client):
    load_lithuania(session)
    page = client.get("/about").text
    assert "Coordinator of the National Contact Point" in page
    assert page.count("Expert of the National Contact Point") == 2


def test_the_accessibility_statement_says_what_does_not_work(client):
    page = client.get("/accessibility").text
    assert "What is not fully accessible" in page
    assert 'href="mailto:emn.office@example.org"' in page


def test_health_says_that_the_database_is_silent(settings, tmp_path):
    nowhere = f"sqlite:///{tmp_path}/no-such-folder/emnnet.sqlite"
    app = create_app(settings | {"DATABASE_URL": nowhere}, instance=str(tmp_path))
    reply = app.test_client().get("/health")
    assert (reply.status_code, reply.json["failing"]) == (503, ["database"])
