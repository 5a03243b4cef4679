"""What holds for every page."""

import logging
import re

import pytest

from emnnet.app import create_app
from emnnet.web.redirects import same_site
from emnnet.web.security import HEADERS
from tests.builders import a_query
from tests.conftest import NOON

NOWHERE = "/nowhere"


def test_headers_are_on_every_page(client):
    for path in ("/sign-in", NOWHERE, "/static/css/base.css"):
        with client.get(path) as reply:
            assert {name: reply.headers[name] for name in HEADERS} == HEADERS


def test_policy_allows_nothing_from_elsewhere():
    policy = HEADERS["Content-Security-Policy"]
    assert set(re.findall(r"'[^']+'|\S+:", policy)) == {"'none'", "'self'", "data:"}
    assert "data:" not in policy.replace("img-src 'self' data:", "")


def test_only_static_files_may_be_cached(client):
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"
    with client.get("/static/css/base.css") as static:
        assert static.headers["Cache-Control"] != "no-store"


@pytest.mark.parametrize("logger", ["werkzeug", "gunicorn.access"])
def test_c07_access_log_does_not_know_the_key(app, caplog, logger):
    caplog.set_level("INFO", logger)
    logging.getLogger(logger).info('"%s" %d', "POST /link/s3cr-et_/renew", 200)
    assert caplog.messages == ['"POST /link/…/renew" 200']


def test_unmarked_view_is_closed(settings):
    app = create_app(settings)
    app.add_url_rule("/x", "x", lambda: "x")
    assert app.test_client().get("/x").status_code == 403


def test_post_without_csrf_token_is_refused_and_the_text_given_back(app, client):
    app.config["WTF_CSRF_ENABLED"] = True
    reply = client.post("/sign-in", data={"email": "two words", "password": "a b c"})
    assert reply.status_code == 400
    assert "two words" in reply.text
    assert "a b c" not in reply.text


def test_post_over_https_passes_with_our_referrer_policy(app, client):
    app.config["WTF_CSRF_ENABLED"] = True
    page = client.get("/sign-in", base_url="https://localhost")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    assert page.headers["Referrer-Policy"] == "same-origin"

    reply = client.post(
        "/sign-in",
        base_url="https://localhost",
        data={"csrf_token": token},
        headers={"Referer": "https://localhost/sign-in"},
    )

    assert reply.status_code == 422


def test_more_than_a_request_may_hold_is_refused_in_words(app, client):
    reply = client.post(
        "/sign-in", data={"email": "x" * (app.config["MAX_CONTENT_LENGTH"] + 1)}
    )
    assert reply.status_code == 413
    assert "That is too large" in reply.text


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example.org",
        "https://evil.example.org",
        "/\\evil.example.org",
        "\\\\evil.example.org",
        "/a\nb",
        "javascript:alert(1)",
        "///evil.example.org",
        "",
        None,
    ],
)
def test_x09_nobody_is_sent_to_another_site(target):
    assert same_site(target) == "/"


def test_path_of_this_site_is_kept():
    assert same_site("/desk?late=1") == "/desk?late=1"


def test_language_is_chosen_and_kept(client):
    reply = client.post("/language", data={"language": "lt", "next": "/sign-in"})
    assert (reply.status_code, reply.headers["Location"]) == (303, "/sign-in")
    assert '<html lang="lt"' in client.get("/sign-in").text


def test_x22_nul_in_a_form_breaks_nothing(client, session):
    query = a_query(session, title="Entry bans", published_at=NOON)
    assert client.get("/queries?theme=%00&requester=%00").status_code == 200
    assert client.get("/search?q=%00entry").status_code == 200
    reply = client.post(
        "/sign-in", data={"email": "a\x00@example.org", "password": "x"}
    )
    assert reply.status_code == 422
    assert client.get(f"/queries/{query.reference}").status_code == 200
