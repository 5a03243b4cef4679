"""The preview of a wording: a letter, or why there is none."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.domain.mail_wordings import BadWording
from emnnet.mail.previews import Draft, Preview, previewed
from emnnet.selectors.calendar import office_calendar
from emnnet.services.mail_wordings import Place, tidied
from emnnet.web.mail_wordings.forms import PreviewForm
from emnnet.web.mailbox.present import harmless
from emnnet.web.messages import translated


@dataclass(frozen=True)
class PreviewShown:
    """As the page shows it; `problem` where the text cannot be used."""

    problem: str = ""
    subject: str = ""
    html: Markup | None = None
    text: str = ""
    source: str = ""


def preview_of(session: Session, place: Place, form: PreviewForm) -> PreviewShown:
    """Fill in what is typed."""
    draft = Draft(
        place.text,
        place.language,
        place.duty,
        " ".join((form.subject.data or "").split()),
        tidied(form.body.data or ""),
    )
    chosen = form.source.data or ""
    try:
        found = previewed(
            session,
            draft,
            office_calendar(session, current_app.config["CALENDAR"]),
            today=clock.today(),
            query_id=int(chosen) if chosen.isdecimal() else None,
            long_title=form.long_title.data,
        )
    except BadWording as error:
        return PreviewShown(problem=translated(error))
    letter = found.letter
    return PreviewShown(
        subject=letter.subject,
        html=harmless(letter.html),
        text=letter.text,
        source=_source(found),
    )


def _source(found: Preview) -> str:
    """What it was filled from, in words."""
    message = found.message
    if message is None:
        return str(_("There is no query to fill it from yet: placeholders stay."))
    query = message.query or (message.assignment.query if message.assignment else None)
    body = message.institution
    names = {
        "reference": query.reference if query else "—",
        "institution": body.short if body else "—",
    }
    if query is None and body is not None:
        return str(_("As a mail to %(institution)s.", **names))
    if found.is_last_mail:
        return str(_("As the last mail: %(reference)s, %(institution)s.", **names))
    return str(_("As a mail about %(reference)s to %(institution)s.", **names))
