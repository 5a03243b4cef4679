"""How a process begins."""

import gc

import pytest
from flask import Flask

from emnnet import app


@pytest.mark.parametrize("pages", [True, False])
def test_rubbish_is_looked_for_again_once_the_application_stands(monkeypatch, pages):
    made = []

    def create(*, pages: bool) -> Flask:
        made.append((pages, gc.isenabled()))
        return Flask("made")

    monkeypatch.setattr(app, "create_app", create)
    before = gc.get_freeze_count()
    assert app.start_app(pages=pages).name == "made"
    assert made == [(pages, False)]
    assert gc.isenabled()
    assert gc.get_freeze_count() > before
