"""The pages on which the network is kept true."""

import re

import pytest
from sqlalchemy import select

from emnnet.domain.network import Standing, TieKind
from emnnet.domain.roles import Role
from emnnet.models.contact import Contact
from emnnet.models.institution import Institution
from emnnet.models.network_change import NetworkAct
from emnnet.models.tie import Tie
from tests.builders import an_institution
from tests.integration.partners import fresh
from tests.integration.shipped_network import load_lithuania


@pytest.fixture
def client(signed_in):
    return signed_in(Role.COORDINATOR)


@pytest.fixture
def vsat(session):
    return an_institution(
        session,
        slug="vsat",
        abbreviation="VSAT",
        name_en="State Border Guard Service",
        name_lt="Valstybės sienos apsaugos tarnyba",
    )


@pytest.fixture
def vrm(session):
    return an_institution(session, slug="vrm", abbreviation="VRM")


def a_tie_form(vrm, **given):
    return {
        "tie": "subordinate_to to",
        "other": str(vrm.id),
        "standing": "plausible",
        "why": "The statute",
    } | given


def the_form(body, **given):
    return {
        "slug": body.slug,
        "name_en": body.name_en,
        "name_lt": body.name_lt,
        "sector": "government",
        "why": "A misprint",
    } | given


def last_act(session):
    return fresh(session).scalars(
        select(NetworkAct).order_by(NetworkAct.id.desc())
    ).first()  # fmt: skip


def test_an_institution_is_changed_and_the_change_undone(session, client, vsat):
    form = the_form(vsat, name_en="Border Guard <b>&</b> Ž", mailbox="x@example.org")
    reply = client.post("/keeping/vsat/institution", data=form)
    assert reply.status_code == 303
    page = client.get("/keeping/vsat").text
    assert "Look at it or undo it" in page
    assert "Border Guard &lt;b&gt;&amp;&lt;/b&gt; Ž" in page
    act = last_act(session)
    told = client.get(f"/keeping/history/{act.id}").text
    assert "A misprint" in told
    assert "State Border Guard Service" in told
    assert client.post(f"/keeping/history/{act.id}/undo").status_code == 303
    body = fresh(session).scalars(select(Institution)).one()
    assert body.name_en == "State Border Guard Service"


def test_a_tie_is_added_changed_and_taken_out(session, client, vsat, vrm):
    form = a_tie_form(
        vrm, source_title="Border law", source_address="https://example.org/law",
        standing="sourced", valid_from="2000-01-01",
    )  # fmt: skip
    assert client.post("/keeping/vsat/tie/0", data=form).status_code == 303
    tie = fresh(session).scalars(select(Tie)).one()
    assert (tie.kind, tie.from_institution_id, tie.standing) == (
        TieKind.SUBORDINATE_TO,
        vsat.id,
        Standing.SOURCED,
    )
    assert tie.source_codes == ["border-law"]
    page = client.get(f"/keeping/vrm/tie/{tie.id}").text
    assert "subordinate_to from" in page
    seen = re.search(r'name="seen" type="hidden" value="(\w+)"', page).group(1)
    gone = client.post(f"/keeping/vsat/tie/{tie.id}/remove", data={"seen": seen})
    assert gone.status_code == 303
    assert fresh(session).scalars(select(Tie)).all() == []


def test_a_circle_is_told_with_its_chain_and_the_form_is_kept(
    session, client, vsat, vrm
):
    client.post("/keeping/vsat/tie/0", data=a_tie_form(vrm))
    form = a_tie_form(vsat, note="Typed with care")
    reply = client.post("/keeping/vrm/tie/0", data=form)
    assert reply.status_code == 409
    assert "VRM → VSAT → VRM" in reply.text
    assert "Typed with care" in reply.text
    assert len(fresh(session).scalars(select(Tie)).all()) == 1


def test_the_second_saver_is_told_and_loses_nothing(session, client, vsat):
    page = client.get("/keeping/vsat/institution").text
    seen = re.search(r'name="seen" type="hidden" value="(\w+)"', page).group(1)
    client.post("/keeping/vsat/institution", data=the_form(vsat, code="1"))
    form = the_form(vsat, code="Mine", seen=seen)
    reply = client.post("/keeping/vsat/institution", data=form)
    assert reply.status_code == 409
    assert "Somebody else has changed this meanwhile" in reply.text
    assert 'value="Mine"' in reply.text


def test_a_body_of_the_shipped_network_is_changed_whatever_its_short_name(
    session, client
):
    load_lithuania(session)
    body = session.scalars(
        select(Institution).filter_by(slug="migration_services")
    ).one()
    path, form = "/keeping/migration_services/institution", the_form(body, code="1")
    assert client.post(path, data=form).status_code == 303


@pytest.mark.parametrize(
    "bad",
    [
        {"why": ""},
        {"name_lt": ""},
        {"sector": "martians"},
        {"valid_from": "31 February 2020"},
        {"website": "javascript:alert(1)"},
        {"name_en": "x" * 5_000},
        {"slug": "../../etc"},
    ],
    ids=str,
)
def test_hostile_input_is_told_and_changes_nothing(session, client, vsat, bad):
    reply = client.post("/keeping/vsat/institution", data=the_form(vsat, **bad))
    assert reply.status_code in {409, 422}
    assert "There is a problem" in reply.text
    assert last_act(session) is None


@pytest.mark.parametrize(
    "path",
    [
        "/keeping/nobody",
        "/keeping/vsat/tie/999",
        "/keeping/vsat/unknown/0",
        "/keeping/history/999",
        "/keeping/history?body=nobody",
    ],
)
def test_what_is_not_there_is_not_found(client, vsat, path):
    assert client.get(path).status_code == 404


def test_a_row_of_another_body_is_not_changed_here(session, client, vsat, vrm):
    other = an_institution(session, slug="other")
    client.post("/keeping/vsat/tie/0", data=a_tie_form(vrm))
    tie = fresh(session).scalars(select(Tie)).one()
    path = f"/keeping/{other.slug}/tie/{tie.id}"
    assert client.post(path, data=a_tie_form(vrm)).status_code == 404


def test_findings_lead_to_the_form_that_puts_them_right(client, vsat, vrm):
    page = client.get("/keeping/quality").text
    assert "Bodies of the state without a place" in page
    link = "/keeping/vsat/tie/0?tie=subordinate_to+to"
    assert link in page.replace("%20", "+")
    form = client.get(link).text
    assert re.search(r'selected[^>]*value="subordinate_to to"', form)


def test_contacts_are_in_the_history_too(session, client, vsat):
    form = {
        "role_title": "Deputy", "email": "deputy@example.org", "language": "lt",
        "position": "2", "for_routing": "y",
    }  # fmt: skip
    client.post("/institutions/vsat/contacts/new", data=form)
    page = client.get("/keeping/history?body=vsat").text
    assert "Added: VSAT, Deputy" in page


def test_d11_the_page_warns_before_the_last_contact_leaves(session, client, vsat):
    contact = session.scalars(select(Contact)).one()
    path = f"/keeping/vsat/contacts/{contact.id}/leave"
    assert "This is the last contact" in client.get(path).text
    assert client.post(path).status_code == 409
    assert client.post(path, data={"knows_last": "y"}).status_code == 303
    assert "No contact." in client.get("/institutions/vsat").text


def test_the_pages_cost_the_same_for_few_and_many(
    session, client, vsat, vrm, statements
):
    counts = []
    for number in range(2):
        for turn in range(number * 8 + 1):
            client.post(
                "/keeping/vsat/institution",
                data=the_form(vsat, code=f"{number}-{turn}"),
            )
        with statements("SELECT") as seen:
            client.get("/keeping/history")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 4
