"""Public addresses last; drawings stand in other sites' pages without a cookie."""

import re

import pytest
from sqlalchemy import select

from emnnet.config import BadSettings, check_embedding
from emnnet.domain.messages import message
from emnnet.domain.roles import COMMAND
from emnnet.models.institution import Institution
from emnnet.models.network_change import ActKind
from emnnet.services.network_edits import facts_of, note_change, open_act, seal_act
from tests.conftest import NOON
from tests.integration.shipped_network import load_lithuania

FRAMES = ("/embed/organogram", "/embed/network")


def rename(session, old: str, new: str) -> None:
    act = open_act(session, ActKind.EDITED, message("renamed"), by=COMMAND, now=NOON)
    row = session.scalars(select(Institution).filter_by(slug=old)).one()
    before = facts_of(row)
    row.slug = new
    note_change(session, act, row, before)
    seal_act(session, act)
    session.commit()


@pytest.mark.parametrize("address", FRAMES)
def test_a_frame_sets_no_cookie_and_has_no_script_and_no_form(client, session, address):
    load_lithuania(session)
    page = client.get(f"{address}?lang=lt&as_of=2019-01-01")
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert '<html lang="lt">' in page.text
    assert "2019-01-01" in page.text
    assert "<svg" in page.text
    for word in ("<script", "<form", "<nav", " style=", "<?xml"):
        assert word not in page.text
    assert page.text.count("<a ") == page.text.count('target="_blank"')


def test_only_frames_may_stand_in_the_sites_that_are_named(client, session, app):
    load_lithuania(session)
    app.config["EMBED_ORIGINS"] = ["https://www.example.org"]
    policy = client.get(FRAMES[0]).headers["Content-Security-Policy"]
    assert "frame-ancestors https://www.example.org" in policy
    for other in ("/organogram", "/embed", "/sign-in"):
        policy = client.get(other).headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "origins", ["https://a.org", ["a.org"], ["https://a.org/x"], ["https://a; b"]]
)
def test_origins_that_are_none_are_refused(origins):
    with pytest.raises(BadSettings):
        check_embedding({"EMBED_ORIGINS": origins})


def test_a_frame_of_one_branch_and_of_a_day_before_everything(client, session):
    load_lithuania(session)
    branch = client.get("/embed/organogram?root=vrm&lang=en").text
    assert "organogram-vsat" in branch
    assert "organogram-sadm" not in branch
    assert client.get("/embed/network?as_of=1950-01-01").status_code == 200
    assert client.get("/embed/network?as_of=nonsense&lang=xx").status_code == 200


def test_the_code_to_copy_carries_the_day(client, session):
    page = client.get("/embed?as_of=2019-07-01").text
    assert "as_of=2019-07-01" in page
    assert "&lt;iframe src=" in page


def test_a_body_of_a_day_has_its_own_address(client, session):
    load_lithuania(session)
    page = client.get("/institutions/vsat?as_of=2019-01-01").text
    assert 'rel="canonical"' in page
    assert "/institutions/vsat?as_of=2019-01-01" in page


def test_the_page_of_an_ended_body_leads_to_its_successor(client, session):
    load_lithuania(session)
    page = client.get("/institutions/migration_services")
    assert page.status_code == 200
    assert "It ended on" in page.text
    assert 'href="/institutions/md"' in page.text


def test_only_a_renamed_address_leads_on_by_itself(client, session):
    load_lithuania(session)
    rename(session, "vsat", "border-guard")
    rename(session, "border-guard", "sbgs")
    for old in ("vsat", "border-guard"):
        reply = client.get(f"/institutions/{old}?as_of=2019-01-01")
        assert reply.status_code == 301
        assert reply.location == "/institutions/sbgs?as_of=2019-01-01"
    assert client.get("/institutions/nobody").status_code == 404
    assert client.get("/institutions/migration_services").status_code == 200


def test_the_map_names_the_public_pages_and_no_other(client, session):
    load_lithuania(session)
    found = re.findall("<loc>(.+?)</loc>", client.get("/sitemap.xml").text)
    assert any(address.endswith("/institutions/vsat") for address in found)
    assert not [a for a in found if "/settings" in a or "/desk" in a]
    for address in found[:8]:
        assert client.get(address).status_code == 200
    assert "Sitemap: http" in client.get("/robots.txt").text
