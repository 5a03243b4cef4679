"""A mail in the office's own words, if it has any that can be used."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from flask import current_app
from flask_babel import get_locale

from emnnet.domain.mail_wordings import BadWording, Text, check_wording, find_text
from emnnet.domain.mails import MailKind
from emnnet.domain.placeholders import filled
from emnnet.mail.material import Material
from emnnet.mail.parts import FOOT, Parts
from emnnet.models.mail_wording import MailWording

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Words:
    """A subject and a body, and the wording they were made from, if any."""

    subject: str
    body: str
    wording: MailWording | None = None


def in_own_words(
    kind: MailKind, material: Material, parts: Parts, shipped: Words
) -> Words:
    """The office's wording filled in; the shipped one where there is none.

    A wording that cannot be used any more holds no mail back: the shipped one leaves,
    and the page of the wordings says so.
    """
    text = find_text(kind, parts.occasion_name)
    wording = material.wordings.find(parts.occasion_name, material.duty)
    if text is None or wording is None:
        return shipped
    try:
        subject, body = wording.subject or "", wording.body or ""
        check_wording(text, subject, body)
    except BadWording as error:
        log.error("wording %d cannot be used: %s", wording.id, error)
        return shipped
    return filled_in(text, subject, body, material, parts, wording)


def filled_in(
    text: Text,
    subject: str,
    body: str,
    material: Material,
    parts: Parts,
    wording: MailWording | None = None,
) -> Words:
    """A wording with its gaps filled, and the foot that every mail has."""
    values = dict.fromkeys(text.names, "") | own_values(material) | parts.said
    said = filled(body, values, blocks=text.blocks)
    line = filled(subject, values, blocks=text.blocks)
    return Words(" ".join(line.split()), f"{said}\n\n{parts.said[FOOT]}", wording)


def own_values(material: Material) -> dict[str, str]:
    """What can be filled in by itself, whatever the template says."""
    query, body = material.query, material.institution
    due_on, due_time = material.due_on, material.due_time
    if material.reminders:
        first = material.reminders[0]
        query = first.assignment.query
        due_on, due_time = first.due_on, first.due_time
    values = {"office": material.office.name}
    if query is not None:
        values |= {"reference": query.reference, "title": query.title}
    if body is not None:
        name = body.name_lt if str(get_locale()) == "lt" else body.name_en
        values |= {"institution": name, "institution short": body.short}
    if due_on is not None:
        values["due date"] = written_day(due_on, due_time)
    return values


def written_day(day: date, hour: time | None = None) -> str:
    """As templates write it."""
    filters: Mapping[str, Any] = current_app.jinja_env.filters
    return str(filters["day"](day, hour))
