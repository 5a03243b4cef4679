"""`emnnet accounts`: who may sign in."""

import secrets

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from emnnet import clock
from emnnet.domain.errors import DomainError
from emnnet.domain.roles import COMMAND, Role
from emnnet.extensions import db
from emnnet.models.institution import Institution
from emnnet.models.user import User
from emnnet.services.accounts import (
    add_account,
    deactivate,
    get_user,
    reset_password,
)
from emnnet.services.invitations import invite
from emnnet.transaction import committing

accounts = AppGroup("accounts", help="Who may sign in, and as what.")
ROLE = click.Choice([role.value for role in Role])


def new_password() -> str:
    """A password that can be read out on the telephone: four groups of letters."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ["".join(secrets.choice(letters) for _ in range(4)) for _ in range(4)]
    return "-".join(groups)


@accounts.command()
@click.argument("email")
@click.option("--role", type=ROLE, required=True)
@click.option("--name", help="How the history calls this person; the role if left out.")
@click.option("--institution", help="The id of a contact's institution: vsat.")
@click.option("--language", type=click.Choice(["en", "lt"]), default="en")
def add(
    email: str, role: str, name: str | None, institution: str | None, language: str
) -> None:
    """Make an account for EMAIL and print its password, once."""
    password = new_password()
    try:
        with committing() as session:
            add_account(
                session,
                email,
                name or role.capitalize(),
                Role(role),
                password,
                institution=_institution(institution),
                language=language,
                by=COMMAND,
                now=clock.now(),
            )
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email.strip().lower()}  {role}  {password}")


@accounts.command("invite")
@click.argument("email")
@click.option("--role", type=ROLE, required=True)
@click.option("--name", help="How the history calls this person; the role if left out.")
@click.option("--institution", help="The id of a contact's institution: vsat.")
@click.option("--language", type=click.Choice(["en", "lt"]), default="en")
def invite_(
    email: str, role: str, name: str | None, institution: str | None, language: str
) -> None:
    """Invite EMAIL by mail: the link in it lets them choose a password."""
    try:
        with committing() as session:
            invite(
                session,
                email,
                name or role.capitalize(),
                Role(role),
                institution=_institution(institution),
                language=language,
                by=COMMAND,
                now=clock.now(),
            )
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email.strip().lower()}  {role}  invited")


@accounts.command("list")
def list_() -> None:
    """Print all accounts."""
    users = db.session.scalars(
        select(User).options(joinedload(User.institution)).order_by(User.email)
    ).all()
    for user in users:
        body = user.institution.slug if user.institution else "-"
        state = "invited" if user.is_open_invitation else "active"
        state = "deactivated" if user.deactivated_at else state
        click.echo(f"{user.email}  {user.role}  {body}  {state}")
    if not users:
        click.echo("No account yet: emnnet accounts add EMAIL --role admin")


@accounts.command()
@click.argument("email")
def reset(email: str) -> None:
    """Give EMAIL a new password, print it once, and end all its sessions."""
    password = new_password()
    try:
        with committing() as session:
            user = get_user(session, email)
            reset_password(session, user, password, by=COMMAND, now=clock.now())
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email.strip().lower()}  {password}")


@accounts.command("deactivate")
@click.argument("email")
def deactivate_(email: str) -> None:
    """Close the account of EMAIL and end its sessions."""
    try:
        with committing() as session:
            deactivate(session, get_user(session, email), by=COMMAND, now=clock.now())
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{email.strip().lower()} can no longer sign in.")


def _institution(slug: str | None) -> Institution | None:
    if slug is None:
        return None
    found = db.session.scalar(select(Institution).where(Institution.slug == slug))
    if found is None:
        raise click.ClickException(f"There is no institution {slug}.")
    return found
