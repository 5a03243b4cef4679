"""The shipped text of a mail as the office may edit it: prose with placeholders."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale

from emnnet.domain.mail_wordings import EVERY_DUTY, Text
from emnnet.mail.material import our_office
from emnnet.mail.messages import render_shipped
from emnnet.mail.parts import FOOT, Outline
from emnnet.mail.stand_ins import DAY, stand_in_material
from emnnet.mail.worded import written_day
from emnnet.mail.wrapping import tidy


@dataclass(frozen=True)
class Shipped:
    """What the program says by itself; `foot` is added to every wording."""

    subject: str
    body: str
    foot: str
    occasion: str


def shipped_text(text: Text, language: str, duty: str) -> Shipped:
    """The shipped text with its placeholders, for the form and for a reset.

    Where the wording is for one duty, its sentence about the duty can be edited too.
    """
    kept = () if duty == EVERY_DUTY else ("duty",)
    parts = Outline(*kept)
    with force_locale(language):
        office = our_office(language)
        given = None if duty == EVERY_DUTY else duty
        words = render_shipped(text.kind, stand_in_material(text, office, given), parts)
        day = written_day(DAY)
        foot = parts.said.get(FOOT, "").replace("[office]", office.name)
    body = words.body.replace(day, "[due date]")
    for name in text.blocks:  # each stands apart, as it will in the mail
        body = body.replace(f"[{name}]\n", f"[{name}]\n\n")
    return Shipped(
        subject=words.subject.replace(day, "[due date]"),
        body=tidy(body).strip("\n"),
        foot=tidy(foot).strip("\n"),
        occasion=parts.occasion_name,
    )


def languages() -> list[str]:
    """The languages mails are written in."""
    return list(current_app.config["LANGUAGES"])
