"""What `emnnet run` prepares: network, calendars, samples, one sign-in a role."""

import logging
from datetime import date
from pathlib import Path
from typing import cast

import click
from flask import Flask, current_app
from sqlalchemy import select

from emnnet import clock
from emnnet.cli.accounts import new_password
from emnnet.cli.network import shipped
from emnnet.documents.holidays_source import (
    CALENDARS,
    country_holidays,
    covered_years,
    source_of,
    version_of,
)
from emnnet.documents.network_files import read_network
from emnnet.domain.roles import COMMAND, Role
from emnnet.extensions import db
from emnnet.jobs.layouts import arrange_network
from emnnet.mail.transport import mail_folder
from emnnet.models.institution import Institution
from emnnet.models.query import Query
from emnnet.models.user import User
from emnnet.rehearsal.samples import load_samples
from emnnet.services.accounts import add_account
from emnnet.services.holidays import load_year
from emnnet.services.network import load_network
from emnnet.transaction import committing

YEARS_AHEAD = 2
FIRST_YEAR = 2012
SIGN_INS = (
    (Role.ADMIN, "admin@example.org", "Administrator"),
    (Role.COORDINATOR, "coordinator@example.org", "Coordinator"),
    (Role.APPROVER, "approver@example.org", "Approver"),
    (Role.CONTACT, "contact@example.org", "Focal point"),
    (Role.READER, "reader@example.org", "Reader"),
)
CONTACT_OF = "vsat"

log = logging.getLogger(__name__)


def take_in_data() -> None:
    """Load the network into empty tables, and the holidays that are not known yet."""
    if db.session.scalar(select(Institution.id).limit(1)) is None:
        _take_in_network()
        arrange_network(current_app._get_current_object())  # type: ignore[attr-defined]
    load_holidays(clock.today())


def _take_in_network() -> None:
    """Load it; an office of another country begins with an empty one."""
    try:
        folder = shipped()
    except click.ClickException as error:
        click.echo(error.message)
        return
    click.echo(f"Loading the network of {current_app.config['OFFICE_COUNTRY']}")
    load_from(folder)


def load_shipped_network() -> None:
    """Load the network that came with emnnet."""
    load_from(shipped())


def load_from(folder: Path) -> None:
    """Load the files of a folder. Raises `NetworkProblems`."""
    description = read_network(folder)
    with committing() as session:
        load_network(session, description, by=COMMAND, now=clock.now())


def load_holidays(today: date, *, first_year: int = FIRST_YEAR) -> None:
    """Fill the calendars up to two years ahead."""
    wanted = range(first_year, today.year + YEARS_AHEAD + 1)
    with committing() as session:
        for calendar in CALENDARS:
            years = sorted(covered_years(calendar, wanted))
            days = country_holidays(calendar, years)
            for year in years:
                load_year(
                    session,
                    calendar,
                    year,
                    days,
                    source=source_of(calendar),
                    version=version_of(calendar),
                    by=COMMAND,
                    now=clock.now(),
                )


def take_in_samples(server_name: str) -> None:
    """Play the sample queries up to yesterday, for trying out only.

    `server_name` is the host in the links of their mails. Not where mail really
    leaves, not in production, not where a query is known already.
    """
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    if app.config["PRODUCTION"] or app.config["MAIL_MODE"] != "mailbox":
        return
    if db.session.scalar(select(Query.id).limit(1)) is not None:
        return
    try:
        samples = shipped() / "queries"
    except click.ClickException:  # it was said when the network was to be loaded
        return
    if not samples.is_dir():
        return
    click.echo("Playing the sample queries; this takes some seconds")
    app.config["SERVER_NAME"] = server_name
    try:
        load_samples(app, samples, mail_folder(), now=clock.now())
    except Exception as error:  # the rest of the program is of use without them
        log.exception("samples")
        click.echo(f"The samples could not be played to their end: {error}", err=True)


def sign_ins(kept_in: Path) -> list[str]:
    """One account a role, made at the first start; the lines that tell of them."""
    if db.session.scalar(select(User.id).limit(1)) is not None:
        return [f"sign-ins    as printed at the first start; they stand in {kept_in}"]
    body = _contact_of()
    lines = [
        _sign_in(role, email, name, body if role is Role.CONTACT else None)
        for role, email, name in SIGN_INS
        if role is not Role.CONTACT or body is not None
    ]
    if not current_app.config["PRODUCTION"]:
        kept_in.touch(mode=0o600)
        kept_in.write_text("\n".join(lines) + "\n")
    return lines


def _contact_of() -> int | None:
    """The institution of the contact to try with: the known one, else any; or none."""
    known = (Institution.slug == CONTACT_OF).desc()
    wanted = select(Institution.id).order_by(known, Institution.id).limit(1)
    return db.session.scalar(wanted)


def _sign_in(role: Role, email: str, name: str, body: int | None) -> str:
    password = new_password()
    with committing() as session:
        institution = session.get(Institution, body) if body else None
        add_account(
            session,
            email,
            name,
            role,
            password,
            institution=institution,
            by=COMMAND,
            now=clock.now(),
        )
    return f"{role:11} {email:26} {password}"
