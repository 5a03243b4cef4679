"""The cookie of the session, when several answers are under way at once."""

import pytest

from emnnet.domain.roles import Role

PREVIEW = "/settings/ladder/mandated/preview"
BY_SCRIPT = (
    {"Sec-Fetch-Mode": "cors"},  # any browser, to an address it trusts
    {"Sec-Fetch-Mode": "no-cors"},  # an image in a page
    {"HX-Request": "true"},  # parts of pages, where browsers say nothing
    {"X-Requested-With": "fetch"},  # the form that saves itself, the organogram
)


@pytest.mark.parametrize("headers", BY_SCRIPT, ids=str)
def test_an_answer_to_a_script_leaves_the_cookie(signed_in, headers):
    office = signed_in(Role.COORDINATOR)
    reply = office.get(PREVIEW, headers=headers)
    assert reply.status_code == 200
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Mode": "navigate"}], ids=str)
def test_a_page_that_is_gone_to_lets_the_session_last(signed_in, headers):
    reply = signed_in(Role.COORDINATOR).get("/settings/ladder", headers=headers)
    assert "Expires=" in reply.headers["Set-Cookie"]


@pytest.mark.parametrize("headers", BY_SCRIPT, ids=str)
def test_what_a_script_changes_is_kept(client, headers):
    reply = client.post("/language", data={"language": "lt"}, headers=headers)
    assert "emnnet=" in reply.headers["Set-Cookie"]


def test_nobody_is_signed_in_again_by_a_late_answer(app, signed_in):
    office, beside = signed_in(Role.COORDINATOR), app.test_client()
    beside.set_cookie("emnnet", office.get_cookie("emnnet").value)
    office.post("/sign-out")
    late = beside.get(PREVIEW, headers={"HX-Request": "true"})  # asked for before
    assert "Set-Cookie" not in late.headers
    assert office.get("/desk").status_code == 303
