"""The application factory."""

import gc
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache, StrictUndefined

from emnnet import cli, clock
from emnnet.config import read_config
from emnnet.extensions import csrf, db, login, mail
from emnnet.paths import PACKAGE, folder

JINJA = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}


def create_app(
    config: Mapping[str, Any] | None = None,
    *,
    now: clock.Clock | None = None,
    instance: str | None = None,
    pages: bool = True,
) -> Flask:
    """Build the application; tests give it a configuration, a clock and a folder.

    Without `pages` it starts in half the time, for commands that only print.
    """
    app = Flask(
        "emnnet",
        template_folder=folder("templates"),
        instance_path=instance or os.environ.get("EMNNET_INSTANCE") or _instance(),
        instance_relative_config=True,
    )
    read_config(app, config)
    app.jinja_options = JINJA | _compiled(app)
    app.extensions["emnnet.clock"] = now or _clock(app)
    app.extensions["emnnet.factory"] = create_app  # for `emnnet rehearse`
    for extension in (db, mail, csrf, login, cli):
        extension.init_app(app)
    if pages:
        _open_the_web_room(app)
    return app


def start_app(*, pages: bool = True) -> Flask:
    """The application that a process lives on.

    What is imported stays to the end. To look through it for rubbish takes a quarter
    of the start, as much when the process ends, and a tenth of a second now and then
    in the middle of a request.
    """
    gc.disable()
    app = create_app(pages=pages)
    gc.freeze()
    gc.enable()
    return app


def _open_the_web_room(app: Flask) -> None:
    from emnnet import web  # noqa: PLC0415 -- slow import: forms and views of all rooms
    from emnnet.web import languages  # noqa: PLC0415 -- slow import: the same

    languages.init_app(app)
    web.init_app(app)


def _clock(app: Flask) -> clock.Clock:
    """The system's, unless a rehearsal moves it; in production it never does."""
    moved = app.config["CLOCK_FILE"]
    return clock.shifted_clock(Path(moved)) if moved else clock.system_clock


def _compiled(app: Flask) -> dict[str, Any]:
    """Where compiled templates are kept from one start to the next, if anywhere."""
    cache = app.config["TEMPLATE_CACHE"]
    return {"bytecode_cache": FileSystemBytecodeCache(cache)} if cache else {}


def _instance() -> str:
    """Beside a checkout its `instance`; installed, one where the command was given."""
    installed = PACKAGE.joinpath("migrations").is_dir()
    base = Path.cwd() if installed else PACKAGE.parent
    return str(base / "instance")
