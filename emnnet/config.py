"""Settings: defaults, then instance/config.toml, then EMNNET_* of the environment."""

import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from typing import Any

from flask import Flask

from emnnet.domain.mail_settings import allow_list, check_mode, check_reply_pattern

MB = 1024 * 1024

DEFAULTS: dict[str, Any] = {
    "PRODUCTION": False,  # say true where partners are written to for real
    "SECRET_KEY": None,
    "SECRET_KEY_FALLBACKS": None,
    "DATABASE_URL": "sqlite:///emnnet.sqlite",  # a relative path is under instance/
    "TIMEZONE": "Europe/Vilnius",
    "CALENDAR": "LT",
    "CALENDAR_FEED": "",  # where its holidays are published: https://… or a file
    "OFFICE_COUNTRY": "LT",
    "OFFICE_NAME": "EMN National Contact Point Lithuania",
    "OFFICE_NAME_LT": "EMN nacionalinis informacijos centras Lietuvoje",
    "OFFICE_EMAIL": "emn.office@example.org",
    "OFFICE_PHONE": "",
    "SERVER_NAME": "127.0.0.1:5000",  # the host in mailed links
    "PREFERRED_URL_SCHEME": "http",
    "TRUSTED_HOSTS": None,
    "EMBED_ORIGINS": [],  # sites that may show our diagrams: "https://www.emn.lt"
    "FILES_FOLDER": "files",
    "TEMPLATE_CACHE": None,  # a folder for compiled templates: a quicker start
    "MAIL_MODE": "mailbox",  # or "smtp": mails really leave
    "MAIL_FOLDER": "mailbox",
    "MAIL_SERVER": "localhost",
    "MAIL_PORT": 25,
    "MAIL_USE_TLS": False,
    "MAIL_USE_SSL": False,
    "MAIL_CA_FILE": None,
    "MAIL_TIMEOUT": 20,  # seconds, for connecting and for each command
    "MAIL_ALLOWED": [],  # on a test system: addresses and @domains mails may go to
    "MAIL_REPLY_PATTERN": None,  # "emn+{key}@example.org": answers name their query
    "MAIL_DEFAULT_SENDER": ("EMN National Contact Point", "emn.office@example.org"),
    "ALERT_COMMAND": None,  # a list of arguments; the alert comes on standard input
    "ALERT_URL": None,  # or an address that takes a POST
    "DISK_LEAST_MB": 500,  # with less than that the health is bad
    "CLOCK_FILE": None,  # for rehearsals only: a file with seconds to add to the time
    "MAIL_TRUSTED_AUTHSERV": None,  # whose Authentication-Results are believed
    "IMAP_SERVER": None,  # the mailbox that is read; none: off
    "IMAP_PORT": 993,  # TLS from the first byte
    "IMAP_USER": "",
    "IMAP_PASSWORD": "",
    "IMAP_FOLDER": "INBOX",
    "IMAP_PROCESSED": "Processed",  # what was read goes there; empty: it stays
    "IMAP_CA_FILE": None,
    "BABEL_DEFAULT_LOCALE": "en",
    "LANGUAGES": ["en", "lt"],
    "PERMANENT_SESSION_LIFETIME": 12 * 3600,  # seconds
    "SESSION_COOKIE_NAME": "emnnet",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: an answer takes hours
    "MAX_CONTENT_LENGTH": 24 * MB,  # a file of 20 MB and what surrounds it
    "MAX_FORM_MEMORY_SIZE": 4 * MB,  # answers may be long
    "MAX_FORM_PARTS": 4000,
}
FROM_PLAIN_ENVIRONMENT = (
    "MAIL_MODE",
    "MAIL_SERVER",
    "MAIL_PORT",
    "MAIL_USE_TLS",
    "MAIL_ALLOWED",
)


class BadSettings(RuntimeError):
    """Settings with which nothing should start; the sentence says what to do."""


def read_config(app: Flask, given: Mapping[str, Any] | None) -> None:
    """Fill `app.config`. Tests give their settings and read nothing else."""
    app.config.from_mapping(DEFAULTS)
    if given is None:
        app.config.from_file("config.toml", tomllib.load, silent=True, text=False)
        _read_environment(app)
    app.config.from_mapping(given or {})
    _check(app)
    app.config["SQLALCHEMY_ENGINES"] = {
        # A restarted PostgreSQL is noticed before a connection is used, not by it.
        "default": {"url": app.config["DATABASE_URL"], "pool_pre_ping": True}
    }
    secure = app.config["PREFERRED_URL_SCHEME"] == "https"
    app.config["SESSION_COOKIE_SECURE"] = secure
    if secure:
        app.config["SESSION_COOKIE_NAME"] = "__Host-emnnet"


def _read_environment(app: Flask) -> None:
    for name in FROM_PLAIN_ENVIRONMENT:
        if value := os.environ.get(name):
            plain = value.isdigit() or value in {"true", "false"}
            app.config[name] = _number_or_flag(value) if plain else value
    app.config.from_prefixed_env("EMNNET")


def _number_or_flag(value: str) -> int | bool:
    return int(value) if value.isdigit() else value == "true"


def _check(app: Flask) -> None:
    """Refuse what would be unsafe where partners are written to for real."""
    check_alerts(app.config)
    check_embedding(app.config)
    _check_mail(app)
    secret = app.config["SECRET_KEY"]
    if app.config["PRODUCTION"]:
        if not secret or len(secret) < 32:
            raise RuntimeError(
                "PRODUCTION needs a SECRET_KEY of at least 32 characters:"
                " set EMNNET_SECRET_KEY, or SECRET_KEY in config.toml."
            )
        if app.config["DEBUG"]:
            raise RuntimeError("PRODUCTION and debugging do not go together.")
        if not app.config["TRUSTED_HOSTS"]:
            raise RuntimeError("PRODUCTION needs TRUSTED_HOSTS: the host's own names.")
        if app.config["CLOCK_FILE"]:
            raise RuntimeError("PRODUCTION keeps the real time: unset CLOCK_FILE.")
    elif not secret:  # a command that serves nobody; `emnnet run` writes one down
        app.config["SECRET_KEY"] = secrets.token_hex()


def _check_mail(app: Flask) -> None:
    settings = app.config
    try:
        settings["MAIL_ALLOWED"] = allow_list(settings["MAIL_ALLOWED"])
        check_mode(
            settings["MAIL_MODE"],
            settings["MAIL_ALLOWED"],
            production=settings["PRODUCTION"],
        )
        check_reply_pattern(settings["MAIL_REPLY_PATTERN"])
    except ValueError as error:
        raise BadSettings(str(error)) from None


def check_embedding(settings: Mapping[str, Any]) -> None:
    """Refuse what is no site: it would stand in the policy of pages."""
    origins = settings["EMBED_ORIGINS"]
    good = re.compile(r"https?://[a-z0-9*.:-]+")
    if not isinstance(origins, list) or not all(
        isinstance(origin, str) and good.fullmatch(origin) for origin in origins
    ):
        raise BadSettings(
            "EMBED_ORIGINS is a list of sites without a path:"
            ' ["https://www.example.org"].'
        )


def check_alerts(settings: Mapping[str, Any]) -> None:
    """Refuse a way of alerting that could not work. Raises `RuntimeError`."""
    command, address = settings["ALERT_COMMAND"], settings["ALERT_URL"]
    if command and not (
        isinstance(command, list) and all(isinstance(word, str) for word in command)
    ):
        raise RuntimeError(
            "ALERT_COMMAND is a list of arguments, no shell reads it:"
            ' ["/usr/bin/mail", "-s", "emnnet", "duty@example.org"].'
        )
    if address and not str(address).startswith(("https://", "http://")):
        raise RuntimeError("ALERT_URL begins with https:// or http://.")
