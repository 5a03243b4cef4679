"""The web room: blueprints, and the rules every page keeps."""

from flask import Flask, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from emnnet.domain.errors import DomainError
from emnnet.extensions import writing
from emnnet.web import (
    about,
    access,
    account_admin,
    accounts,
    arrived_mail,
    attachments,
    away,
    calendars,
    calls,
    clearance,
    clocks,
    closures,
    contacts,
    contributions,
    coverage,
    desk,
    digests,
    embedding,
    errors,
    exports,
    feeds,
    filters,
    frames,
    history,
    home,
    institutions,
    intakes,
    invitations,
    jobs,
    keeping,
    ladder,
    languages,
    links,
    mail_wordings,
    mailbox,
    network,
    network_files,
    organogram,
    outbox,
    planned_mail,
    previews,
    public,
    publishing,
    queries,
    reminding,
    routing,
    security,
    sending_out,
    sessions,
    settings,
    static_files,
    word_forms,
    workbench,
)
from emnnet.web.organogram import comparing, editions, paper
from emnnet.web.requests import CleanRequest

BLUEPRINTS = (
    arrived_mail.bp,
    account_admin.bp,
    accounts.bp,
    invitations.bp,
    previews.bp,
    languages.bp,
    attachments.bp,
    away.bp,
    calendars.bp,
    closures.bp,
    contacts.bp,
    contributions.bp,
    desk.bp,
    digests.bp,
    history.bp,
    intakes.bp,
    links.bp,
    mailbox.bp,
    outbox.bp,
    public.bp,
    publishing.bp,
    queries.bp,
    reminding.bp,
    routing.bp,
    workbench.bp,
    word_forms.bp,
    feeds.bp,
    calls.bp,
    clearance.bp,
    clocks.bp,
    exports.bp,
    sending_out.bp,
    home.bp,
    about.bp,
    institutions.bp,
    organogram.bp,
    comparing.bp,
    editions.bp,
    paper.bp,
    network.bp,
    network_files.bp,
    embedding.bp,
    coverage.bp,
    settings.bp,
    ladder.bp,
    planned_mail.bp,
    mail_wordings.bp,
    jobs.bp,
    keeping.bp,
)
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    """Register the blueprints and the rules they share."""
    app.request_class = CleanRequest
    app.before_request(_say_whether_it_writes)
    app.teardown_request(_writing_is_over)
    app.before_request(access.enforce)
    app.after_request(security.add_headers)
    security.mask_access_logs()
    sessions.init_app(app)
    static_files.init_app(app)
    filters.init_app(app)
    frames.init_app(app)
    for error, page in PAGES.items():
        app.register_error_handler(error, page)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)


PAGES = {
    403: errors.closed,
    404: errors.not_found,
    413: errors.too_large,
    CSRFError: errors.expired,
    DomainError: errors.refused,
    StaleDataError: errors.overtaken,
    OperationalError: errors.busy,
}


def _say_whether_it_writes() -> None:
    """A request that may change something takes its turn from the first read on."""
    writing.set(request.method not in SAFE_METHODS)


def _writing_is_over(_error: BaseException | None) -> None:
    """Whoever works in this thread next says anew whether it writes."""
    writing.set(False)
