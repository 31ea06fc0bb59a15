"""`masar user`: accounts, passwords and roles."""

import secrets
import sys
from contextlib import closing

import click

from engine.cli.tokens import TOKEN_COMMANDS
from engine.commands.accounts import (
    add_membership,
    create_account,
    deactivate_account,
    remove_membership,
    set_password,
)
from engine.errors import MasarError
from engine.masar import open_masar
from engine.queries.accounts import all_accounts
from engine.text import Text


@click.group()
def user() -> None:
    """Accounts: who may sign in, and what they may be where."""


@user.command()
@click.argument("login")
@click.option("--name", required=True, help="Name in Arabic.")
@click.option("--name-en", default="", help="Name in English.")
@click.option("--locale", type=click.Choice(["ar", "en"]), default="ar", show_default=True)
@click.option("--role", "roles", multiple=True, metavar="ROLE@UNIT", help="A role in a unit; repeatable.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(
    login: str, name: str, name_en: str, locale: str, roles: tuple[str, ...], password_stdin: bool
) -> None:
    """Create an account. Without --password-stdin a password is made up and printed once."""
    password, told = _password(password_stdin)
    try:
        pairs = [_role_and_unit(role) for role in roles]
        with closing(open_masar()) as masar:
            create_account(masar, login, Text(name, name_en), password, locale, pairs)
    except MasarError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{login.lower()} may sign in.{told}")


@user.command("list")
def list_accounts() -> None:
    """List all accounts with their roles."""
    with closing(open_masar()) as masar:
        rows = all_accounts(masar)
    for row in rows:
        roles = ", ".join(f"{role}@{unit}" for role, unit in row.memberships) or "-"
        click.echo(f"{row.login}\t{row.name.ar}\t{'active' if row.active else 'deactivated'}\t{roles}")


@user.command()
@click.argument("login")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def password(login: str, password_stdin: bool) -> None:
    """Set a new password and end every session of the account."""
    chosen, told = _password(password_stdin)
    try:
        with closing(open_masar()) as masar:
            set_password(masar, login, chosen)
    except MasarError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The password of {login.lower()} is changed.{told}")


@user.command()
@click.argument("login")
@click.argument("role_in_unit", metavar="ROLE@UNIT")
@click.option("--remove", is_flag=True, help="Take the role away instead.")
def role(login: str, role_in_unit: str, remove: bool) -> None:
    """Give an account a role in a unit, or take it away; it holds at the next request."""
    key, unit = _role_and_unit(role_in_unit)
    try:
        with closing(open_masar()) as masar:
            (remove_membership if remove else add_membership)(masar, login, key, unit)
    except MasarError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{login.lower()} {'is no longer' if remove else 'is'} {key} in {unit}.")


@user.command()
@click.argument("login")
def deactivate(login: str) -> None:
    """Let nobody sign in as this account any more, and end its sessions at once."""
    try:
        with closing(open_masar()) as masar:
            deactivate_account(masar, login)
    except MasarError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{login.lower()} is deactivated.")


for command in TOKEN_COMMANDS:
    user.add_command(command)


def _password(from_stdin: bool) -> tuple[str, str]:
    """The password, and what to print of it."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n"), ""
    made_up = secrets.token_urlsafe(12)
    return made_up, f" Password: {made_up}"


def _role_and_unit(text: str) -> tuple[str, str]:
    role, sign, unit = text.partition("@")
    if not (role and sign and unit):
        raise click.BadParameter(f"{text!r} is not ROLE@UNIT, for example case_manager@centre-1")
    return role, unit
