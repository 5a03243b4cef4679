"""How templates write days, moments and texts."""

from datetime import date, datetime, time
from functools import lru_cache

from flask import Flask
from flask_babel import format_date, get_locale
from markupsafe import Markup

from emnnet import clock
from emnnet.documents.markdown_html import safe_html
from emnnet.web.askers import asker

SHORT_DAYS_LT = ("pr.", "an.", "tr.", "kt.", "pn.", "št.", "sk.")


def day(value: date, hour: time | None = None) -> str:
    """Mon 13 Apr 2026, or 2026-04-13 (pr.); with the hour by which something is due."""
    written = _written(date(value.year, value.month, value.day), str(get_locale()))
    return f"{written}, {hour:%H:%M}" if hour else written


@lru_cache(maxsize=4096)
def _written(value: date, language: str) -> str:
    """Kept: a table writes the same few days many times."""
    if language == "lt":
        return f"{value.isoformat()} ({SHORT_DAYS_LT[value.weekday()]})"
    return str(format_date(value, "EEE d MMM y"))


def from_iso(value: str) -> date:
    """A day as the facts of a mail hold it: 2026-04-13."""
    return date.fromisoformat(value)


def local(value: datetime) -> datetime:
    """A moment by the clock of the office."""
    return value.astimezone(clock.zone())


def moment(value: datetime) -> str:
    """Mon 13 Apr 2026, 14:05, by the clock of the office."""
    here = local(value)
    return f"{day(here.date())}, {here:%H:%M}"


def markdown(text: str) -> Markup:
    """What somebody wrote, as safe HTML."""
    return Markup(safe_html(text))  # noqa: S704 -- sanitised there


def init_app(app: Flask) -> None:
    """Give them to the templates."""
    for function in (asker, day, from_iso, local, moment, markdown):
        app.add_template_filter(function)
