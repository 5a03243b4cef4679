"""C15: an unpublished query is shared by a link."""

from datetime import timedelta

import pytest

from emnnet.domain.roles import Role
from emnnet.models.query import Query
from emnnet.services.previews import share_preview
from tests.builders import COORDINATOR, a_query
from tests.conftest import NOON
from tests.integration.partners import fresh


@pytest.fixture
def query(session):
    return a_query(session, title="Return counselling")


@pytest.fixture
def path(session, query):
    token = share_preview(session, query, by=COORDINATOR, now=NOON)
    session.commit()
    return f"/preview/{token}"


def test_c15_unpublished_it_is_a_page_that_no_search_engine_lists(client, path):
    reply = client.get(path)
    assert reply.status_code == 200
    assert reply.headers["X-Robots-Tag"] == "noindex"
    assert "Return counselling" in reply.text
    assert "Preview: not published yet" in reply.text


def test_c15_published_it_leads_to_the_public_page(session, client, query, path):
    query.published_at = NOON
    session.commit()
    reply = client.get(path)
    assert (reply.status_code, reply.location) == (303, f"/queries/{query.reference}")


def test_c15_revoked_it_is_not_found(session, client, signed_in, query, path):
    office = signed_in(Role.COORDINATOR)
    office.post(f"/desk/queries/{query.id}/preview-link/revoke")
    assert client.get(path).status_code == 404
    query = fresh(session).get_one(Query, query.id)
    query.published_at = NOON
    session.commit()
    assert client.get(path).status_code == 404


def test_c15_only_the_office_makes_or_revokes_one(client, signed_in, query):
    path = f"/desk/queries/{query.id}/preview-link"
    for other in (client, signed_in(Role.READER), signed_in(Role.CONTACT)):
        assert other.post(path).status_code == 403
        assert other.post(f"{path}/revoke").status_code == 403
    page = signed_in(Role.COORDINATOR).post(path).text
    address = page.split('value="http://localhost')[1].split('"')[0]
    assert client.get(address).status_code == 200


def test_a_new_link_replaces_the_earlier_one(session, client, query, path):
    share_preview(session, query, by=COORDINATOR, now=NOON + timedelta(hours=1))
    session.commit()
    assert client.get(path).status_code == 404


def test_what_was_taken_back_is_not_shown_by_a_link_from_before(
    session, client, query, path
):
    query.published_at = query.unpublished_at = NOON + timedelta(days=1)
    session.commit()
    assert client.get(path).status_code == 404


def test_neither_deleted_nor_wrong_nor_expired(session, client, query, path, clock):
    assert client.get("/preview/wrong").status_code == 404
    clock.now = NOON + timedelta(days=200)
    assert client.get(path).status_code == 404
    clock.now = NOON
    query.deleted_at = NOON
    session.commit()
    assert client.get(path).status_code == 404
