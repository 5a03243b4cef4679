"""The clock of a rehearsal: moved by a file, and never in production."""

from datetime import timedelta

import pytest

from emnnet.app import create_app

MINUTE = timedelta(minutes=1)


def test_the_clock_of_a_rehearsal_is_moved_by_a_file(settings, tmp_path):
    file = tmp_path / "clock"
    app = create_app(settings | {"CLOCK_FILE": str(file)}, instance=str(tmp_path))
    real = create_app(settings, instance=str(tmp_path)).extensions["emnnet.clock"]
    moved = app.extensions["emnnet.clock"]
    assert abs(moved() - real()) < MINUTE
    file.write_text("86400")
    assert abs(moved() - real() - timedelta(days=1)) < MINUTE


def test_in_production_the_clock_is_not_moved(settings):
    production = {"PRODUCTION": True, "SECRET_KEY": "s" * 32, "TRUSTED_HOSTS": ["x"]}
    with pytest.raises(RuntimeError, match="CLOCK_FILE"):
        create_app(settings | production | {"CLOCK_FILE": "clock"})
