"""A live server in a thread, and Chromium to look at it.

`page` is a visitor's; `new_page()` is another person's, with cookies of its own.
Every page fails its test on a script error, a request that failed or went to another
host, or a breach of the content policy. `axe(page)` lists what is not accessible.
"""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    sync_playwright,
)
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from emnnet.domain.roles import Role
from emnnet.models.user import User
from tests.builders import PASSWORD, a_user

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--disable-background-networking", "--disable-component-update"]
AXE = Path(__file__).parent / "axe" / "axe.min.js"
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]}))
  .violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`))"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("no Chromium: apt-get install chromium")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET + sandbox)


@pytest.fixture
def server_name() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    """As in life: with the CSRF protection that other tests leave out."""
    return settings | {"WTF_CSRF_ENABLED": True}


@pytest.fixture
def site(app: Flask, server_name: str) -> Iterator[str]:
    """The address of the running application."""
    host, port = server_name.split(":")
    server = make_server(host, int(port), app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{server_name}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`new_page()` is a page of somebody else; `new_page(width=390)` a narrow one."""
    wrong: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(*, width: int = 1280, height: int = 900, **options: Any) -> Page:
        size = {"width": width, "height": height}
        context = browser.new_context(
            base_url=site, viewport=size, **{"locale": "en-GB"} | options
        )
        contexts.append(context)
        page = context.new_page()
        _watch(page, site, wrong)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A visitor's page, 1280 pixels wide, in English."""
    return new_page()


@pytest.fixture
def enter(session: Session) -> Callable[..., User]:
    """`enter(page, Role.COORDINATOR, "/queries")` signs in and goes to that page."""

    def sign_in(page: Page, who: Role | User, target: str = "/") -> User:
        user = who if isinstance(who, User) else a_user(session, who)
        page.goto(f"/sign-in?next={target}")
        page.get_by_label("E-mail address").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        return user

    return sign_in


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`axe(page) == []`: nothing on the page keeps anybody out."""

    def violations(page: Page) -> list[str]:
        page.wait_for_load_state()
        try:
            return _examined(page)
        except Error:  # a click before was still on its way to the next page
            page.wait_for_load_state()
            return _examined(page)

    return violations


def _examined(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(RUN_AXE)
    return found


def _watch(page: Page, site: str, wrong: list[str]) -> None:
    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            wrong.append(message.text)

    def asked(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and not request.url.startswith(site):
            wrong.append(f"foreign host: {request.url}")

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # left, or turned into a download
            wrong.append(f"{request.url}: {request.failure}")

    page.on("console", listen)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", asked)
    page.on("requestfailed", failed)
