"""The letters before they leave: to whom, by when, in which words; then they leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.domain.mails import MailKind
from emnnet.domain.messages import _n
from emnnet.domain.routing_grid import NeedsConfirmation
from emnnet.extensions import db
from emnnet.mail.material import Material, our_office
from emnnet.mail.messages import Letter, write
from emnnet.models.contribution import Contribution
from emnnet.models.outbox import OutboxMessage
from emnnet.models.query import Query
from emnnet.selectors.calendar import OFFICE, office_calendar
from emnnet.selectors.mail_wordings import Wordings, wordings_of
from emnnet.selectors.routing_state import GridState, grid_state
from emnnet.selectors.sending import Ask, Sending, planned_sending, sending_warnings
from emnnet.services.asking import term_facts
from emnnet.services.sending import Sent, send_routing
from emnnet.transaction import committing
from emnnet.web.access import coordinators, requires
from emnnet.web.identity import acting
from emnnet.web.messages import spoken, translated
from emnnet.web.routing.blueprint import bp, the_query, why_closed
from emnnet.web.routing.present import PART_WORDS, send_words
from emnnet.web.why import WhyView, why_given, why_term

STAND_IN_LINK = "https://…"
CHANGED = _n(
    "The grid has changed since you looked at the letters. They are new below: read"
    " them, then send."
)


@dataclass(frozen=True)
class LetterView:
    """One institution with the letter it would get."""

    ask: Ask
    letter: Letter
    is_more: bool

    @property
    def parts(self) -> list[tuple[str, list[str]]]:
        """Leads 1, 2; contributes 4."""
        asked = self.ask.roles.items()
        return [
            (str(words), [one.label for one, role in asked if role is part])
            for part, words in PART_WORDS.items()
            if part in self.ask.roles.values()
        ]


@dataclass(frozen=True)
class Preview:
    """What would leave, and what speaks against it."""

    query: Query
    sending: Sending
    letters: list[LetterView]
    warnings: list[str]
    problems: list[str]
    digest: str
    why: Mapping[int, WhyView]

    @property
    def send_words(self) -> str:
        """What the button will do."""
        return send_words(self.sending.questions, len(self.sending.asks))


@bp.get("/send")
@requires(coordinators)
def preview(query_id: int) -> ResponseReturnValue:
    """Who gets what, by when, and the words of each letter. Nothing leaves."""
    return _page(query_id)


@bp.post("/send")
@requires(coordinators)
def send(query_id: int) -> ResponseReturnValue:
    """Ask them. Pressed twice, it asks once."""
    try:
        with committing() as session:
            query = the_query(session, query_id)
            _check_seen(session, query)
            sent = send_routing(
                session,
                query,
                {},
                only_complete="only_complete" in request.form,
                confirmed="confirmed" in request.form,
                by=acting(),
                now=clock.now(),
            )
            words, skipped = _words(sent), [spoken(one) for one in sent.skipped]
    except NeedsConfirmation:
        return _page(query_id, _("Tick that you have read the warnings."), 422)
    except DomainError as refusal:
        return _page(query_id, translated(refusal), 422)
    flash(words, "done")
    for line in skipped:
        flash(line, "warning")
    return redirect(url_for("routing.show", query_id=query_id), 303)


def _page(query_id: int, problem: str = "", status: int = 200) -> ResponseReturnValue:
    query = the_query(db.session, query_id)
    if closed := why_closed(query):
        flash(closed, "error")
        return redirect(url_for("routing.show", query_id=query_id), 303)
    page = _preview(db.session, query, [problem] if problem else [])
    if not (page.sending.asks or page.sending.empty or page.sending.silent):
        flash(_("Everything that is planned was asked already."), "info")
        return redirect(url_for("routing.show", query_id=query_id), 303)
    return render_template("routing/preview.html", page=page), status


def _preview(session: Session, query: Query, problems: list[str]) -> Preview:
    state, today = grid_state(session, query), clock.today()
    sending = planned_sending(session, query, state, {}, today, clock.now())
    try:
        warnings = [
            spoken(one) for one in sending_warnings(session, query, sending, today)
        ]
    except DomainError as refusal:
        warnings, problems = [], [*problems, translated(refusal)]
    kind = MailKind.INVITATION
    languages = {ask.to.language for ask in sending.asks}
    own = {one: wordings_of(session, kind, one) for one in languages}
    letters = [_letter(query, state, ask, own) for ask in sending.asks]
    why = _whys(session, sending, today)
    return Preview(query, sending, letters, warnings, problems, state.digest, why)


def _whys(session: Session, sending: Sending, today: date) -> dict[int, WhyView]:
    """Why each institution would have its date, by institution."""
    calendar = office_calendar(session, OFFICE, str(get_locale()))
    return {
        ask.institution.id: why_term(ask.term, calendar, today)
        if ask.term
        else why_given(today, ask.due_on, calendar)
        for ask in sending.asks
    }


def _letter(
    query: Query, state: GridState, ask: Ask, own: Mapping[str, Wordings]
) -> LetterView:
    """The words as they would leave today; the link is made only then."""
    body = ask.institution
    is_more = any(institution == body.id for _, institution in state.sent)
    message = OutboxMessage(
        kind=MailKind.INVITATION,
        language=ask.to.language,
        facts={"more": is_more, **term_facts(ask)},
    )
    material = Material(
        assignment=None,
        query=query,
        institution=body,
        contributions=[
            Contribution(question=question, role=role)
            for question, role in ask.roles.items()
        ],
        due_on=ask.due_on,
        due_time=ask.due_time,
        distance=None,
        link=STAND_IN_LINK,
        office=our_office(ask.to.language),
        facts=message.facts,
        wordings=own[ask.to.language],
    )
    return LetterView(ask, write(message, material), is_more)


def _check_seen(session: Session, query: Query) -> None:
    """What leaves is what was looked at."""
    if request.form.get("seen") != grid_state(session, query).digest:
        raise DomainError(CHANGED)


def _words(sent: Sent) -> str:
    count = len(sent.assignments)
    words = ngettext(
        "%(num)d institution is asked.", "%(num)d institutions are asked.", count
    )
    return str(words)
