"""Tests in a browser."""

import pytest

STORY = ("leaving", "merging", "office", "partners", "setting", "visitors")
pytest.register_assert_rewrite(*(f"tests.browser.story_{part}" for part in STORY))
