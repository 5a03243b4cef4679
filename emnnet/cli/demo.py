"""`emnnet demo`: thousands of made-up queries, for measuring and for trying out."""

import time
from collections.abc import Iterator

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from emnnet import clock
from emnnet.cli.accounts import new_password
from emnnet.cli.database import migrate
from emnnet.cli.first_start import take_in_data
from emnnet.domain.roles import COMMAND, Role
from emnnet.extensions import db
from emnnet.models.contact import Contact
from emnnet.models.user import User
from emnnet.rehearsal.bulk.writing import write_queries
from emnnet.services.accounts import add_account
from emnnet.transaction import committing

NEEDED = (
    (Role.COORDINATOR, "coordinator@example.org", "Coordinator"),
    (Role.APPROVER, "approver@example.org", "Approver"),
)


@click.command()
@click.option("--size", default=1000, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=1, show_default=True, help="Same seed, same queries.")
@with_appcontext
def demo(size: int, seed: int) -> None:
    """Add made-up queries, most of them over, with answers and history."""
    if current_app.config["PRODUCTION"]:
        raise click.ClickException("Not in production: these queries are made up.")
    migrate()
    take_in_data()
    _numbers()
    for line in _accounts():
        click.echo(line)
    begun = time.monotonic()
    for done in write_queries(size, seed, clock.today()):
        if done % 1000 == 0 or done == size:
            click.echo(f"{done} queries, {time.monotonic() - begun:.0f} s")


def _numbers() -> None:
    """Numbers that nobody has, so that the call list has something to show."""
    with committing() as session:
        for contact in session.scalars(select(Contact).where(Contact.phone.is_(None))):
            contact.phone = f"+370 000 {contact.id:05}"


def _accounts() -> Iterator[str]:
    """A coordinator and an approver, where there are none yet."""
    for role, email, name in NEEDED:
        if db.session.scalar(select(User.id).where(User.role == role)) is None:
            password = new_password()
            with committing() as session:
                add_account(
                    session, email, name, role, password, by=COMMAND, now=clock.now()
                )
            yield f"{role:11} {email:26} {password}"
