"""Every page opens in its frame: without errors, usable by everybody."""

from playwright.sync_api import Page


def test_sign_in_page_opens_cleanly(page: Page, axe):
    page.goto("/sign-in")
    assert page.title().endswith("emnnet")
    assert axe(page) == []
