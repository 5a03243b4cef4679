"""A live server in a thread, and Chromium to look at it.

`page` is a visitor's; `new_page()` is another person's, with cookies of its own.
Every page fails its test on a script error, a request that failed or went to another
host, or a breach of the content policy. `axe(page)` lists what is not accessible.
"""

import re
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
    Page,
    Request,
    expect,
)
from sqlalchemy.orm import Session

from emnnet.domain.roles import Role
from emnnet.models.user import User
from tests.browser.chromium import chromium
from tests.browser.door import Door, standing
from tests.builders import PASSWORD, a_user

AXE = Path(__file__).parent / "axe" / "axe.min.js"
RUN_AXE = """async (only) => (await axe.run(document, {
    resultTypes: ["violations"],
    preload: false,  // no rule that we ask needs the style sheets once more
    ...(only && { runOnly: { type: "rule", values: only } })
  }))
  .violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`))"""
OF_COLOUR = ["color-contrast", "link-in-text-block"]
AT_REST = """async () => {
  const moves = () => document.getAnimations().some((one) => one.pending
    || one.playState === "running");
  for (let still = 0; still < 2; still = moves() ? 0 : still + 1)
    await new Promise(requestAnimationFrame);
}"""
CSRF = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')

expect.set_options(timeout=15_000)  # milliseconds; machines that test are busy


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def door() -> Door:
    return Door()


@pytest.fixture(scope="session")
def server_name(door: Door) -> Iterator[str]:
    with standing(door) as address:
        yield address


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    """As in life: with the CSRF protection that other tests leave out."""
    return settings | {"WTF_CSRF_ENABLED": True}


@pytest.fixture
def site(app: Flask, door: Door, server_name: str) -> Iterator[str]:
    """The address of the running application."""
    with door.open_to(app):
        yield f"http://{server_name}"


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
        form = {"email": user.email, "password": PASSWORD}
        session.commit()  # nothing is left open in which an older state would be read
        asks = page.request  # with the cookies of the page, but nothing is drawn
        form["csrf_token"] = CSRF.findall(asks.get("/sign-in").text())[0]
        assert asks.post("/sign-in", form=form, max_redirects=0).status == 303
        page.goto(target)
        return user

    return sign_in


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """`axe(page) == []`: nothing on the page keeps anybody out.

    `axe(page, dark=True)`: the same page in the dark scheme. The scheme changes
    colours and nothing else, so only what depends on them is looked at again.
    """
    script = AXE.read_text("utf-8")

    def violations(page: Page, *, dark: bool = False) -> list[str]:
        page.wait_for_load_state()
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(script)
        page.evaluate(AT_REST)
        if not dark:
            found: list[str] = page.evaluate(RUN_AXE)
            return found
        page.emulate_media(color_scheme="dark")
        page.evaluate(AT_REST)
        found = page.evaluate(RUN_AXE, OF_COLOUR)
        page.emulate_media(color_scheme="light")
        return found

    return violations


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
