"""One application for many tests: making it takes longer than most tests."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from emnnet.app import create_app
from emnnet.clock import Clock
from emnnet.extensions import db


class Applications:
    """Lends an application, and puts back in order what a test did to it."""

    def __init__(self) -> None:
        self._app: Flask | None = None
        self._made_with: Mapping[str, Any] = {}
        self._config: Mapping[str, Any] = {}
        self._extensions: Mapping[str, Any] = {}

    def lend(self, settings: Mapping[str, Any], now: Clock, instance: Path) -> Flask:
        """The same one as long as the settings are; with this clock and folder."""
        app = self._app
        if app is None or self._made_with != settings:
            self.close()
            app = create_app(settings, now=now, instance=str(instance))
            self._app, self._made_with = app, dict(settings)
            self._config, self._extensions = dict(app.config), dict(app.extensions)
        app.extensions["emnnet.clock"] = now
        app.instance_path = str(instance)
        return app

    def close(self) -> None:
        """Nothing is held any longer."""
        if self._app is not None:
            with self._app.app_context():
                db.engine.dispose()

    def take_back(self, app: Flask) -> None:
        """Its settings are as they were; a file it has open is not the next one's."""
        with app.app_context():
            if db.engine.dialect.name == "sqlite":
                db.engine.dispose()
        for kept, began in (
            (app.config, self._config),
            (app.extensions, self._extensions),
        ):
            kept.clear()
            kept.update(began)
