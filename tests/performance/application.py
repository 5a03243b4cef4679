"""The application as it is, with one page more that does nothing."""

from flask import Flask

from emnnet.app import start_app
from emnnet.web.access import public


def create_bench_app() -> Flask:
    """What gunicorn serves: settings come from the environment."""
    app = start_app()
    app.add_url_rule("/bench/hello", "hello", public(hello))
    return app


def hello() -> str:
    """The least a page can do: no data base, no template."""
    return "hello"
