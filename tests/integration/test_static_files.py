"""What names its content is kept for a year; all else is asked for again."""

import os
import re
from pathlib import Path

import pytest
from flask import url_for

from emnnet.domain.roles import Role
from emnnet.web.static_files import FOR_EVER, imported

VENDORED = "vendor/bootstrap-5.3.9/bootstrap.min.css"


@pytest.fixture
def folder(app, tmp_path: Path, monkeypatch) -> Path:
    """Static files of a test's own."""
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    (tmp_path / "js").mkdir()
    return tmp_path


@pytest.fixture
def address(app):
    """Where pages find a file."""

    def found(name: str) -> str:
        with app.test_request_context():
            return url_for("static", filename=name)

    return found


def asked(client, address: str) -> str:
    """How long a browser may keep what is there."""
    with client.get(address) as reply:
        assert reply.status_code == 200
        return str(reply.headers["Cache-Control"])


def test_every_file_of_a_page_is_kept_but_modules_that_others_import(app, client):
    page = client.get("/organogram").text
    found = re.findall(r'(?:src|href)="(/static/[^"#]+)', page)
    assert len(found) > 20
    again = {address for address in found if asked(client, address) != FOR_EVER}
    plain = {f"/static/{name}" for name in imported(app.static_folder)}
    assert again <= plain


def test_an_address_follows_the_content(folder, address):
    (folder / "a.css").write_text("a{}")
    first = address("a.css")
    assert re.fullmatch(r"/static/a\.css\?v=[0-9a-f]{12}", first)
    (folder / "a.css").write_text("b{}")
    os.utime(folder / "a.css", ns=(1, 1))
    assert address("a.css") != first


def test_an_address_of_other_content_is_not_kept(client):
    for asked_for in ("css/base.css", "css/base.css?v=", "css/base.css?v=0123456789ab"):
        assert asked(client, f"/static/{asked_for}") == "no-cache"


def test_vendored_files_carry_their_version_in_their_path(address, client):
    assert address(VENDORED) == f"/static/{VENDORED}"
    assert asked(client, f"/static/{VENDORED}") == FOR_EVER
    assert asked(client, "/static/vendor/manifest.json") == "no-cache"


def test_a_module_that_others_import_has_one_address(folder, address):
    (folder / "js" / "one.mjs").write_text('import { two } from "./two.mjs";')
    (folder / "js" / "two.mjs").write_text("export const two = 2;")
    assert "?v=" in address("js/one.mjs")
    assert address("js/two.mjs") == "/static/js/two.mjs"


def test_a_missing_file_has_a_plain_address_and_is_not_kept(address, client):
    assert address("css/none.css") == "/static/css/none.css"
    with client.get("/static/css/none.css?v=0123456789ab") as reply:
        assert reply.status_code == 404
        assert reply.headers["Cache-Control"] == "no-store"


def test_who_asks_does_not_matter_for_a_file(address, signed_in, statements):
    office = signed_in(Role.COORDINATOR)
    file = address("css/base.css")
    with statements("SELECT") as seen, office.get(file) as reply:
        assert not {"Set-Cookie", "Vary"} & set(reply.headers.keys())
    assert seen == []
