"""`masar user`: accounts, passwords and roles."""

import sys
from contextlib import closing
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click

from engine.cli.plainly import Plainly
from engine.cli.tokens import TOKEN_COMMANDS
from engine.commands.accounts import (
    add_membership,
    create_account,
    deactivate_account,
    remove_membership,
    set_password,
)
from engine.commands.founding import found
from engine.commands.sign_in_codes import give_code
from engine.masar import Masar, open_masar
from engine.queries.accounts import all_accounts
from engine.text import Text

BASE = "SY"
"""Whose calendar and places the base is shipped with."""


@click.group(cls=Plainly)
def user() -> None:
    """Accounts: who may sign in, and what they may be where."""


@user.command("first-admin")
@click.argument("login")
@click.option("--name", required=True, help="Name in Arabic.")
@click.option("--name-en", default="", help="Name in English.")
@click.option("--ministry", required=True, help="Name of the ministry in Arabic.")
@click.option("--ministry-en", default="", help="Its name in English.")
@click.option("--code", default="ministry", show_default=True, help="Code of its unit.")
@click.option("--country", default="", help="Two letters; those of MASAR_COUNTRY, else SY.")
def first_admin(login: str, name: str, name_en: str, ministry: str, ministry_en: str, code: str, country: str) -> None:
    """Make the first administrator of a new installation, and the ministry that all units stand under."""
    with closing(open_masar()) as masar:
        country = (country or masar.settings.country or BASE).upper()
        one = found(masar, login, Text(name, name_en), Text(ministry, ministry_en), code, country)
        click.echo(_told(masar, one.login, one.code, one.expires_at))


@user.command("code")
@click.argument("login")
@click.option("--days", type=click.IntRange(1, 30), default=3, show_default=True, help="How long it is good.")
def make_code(login: str, days: int) -> None:
    """Print a one-time code with which its owner chooses a new password; the old one holds until then."""
    with closing(open_masar()) as masar:
        code, until = give_code(masar, login, timedelta(days=days))
        click.echo(_told(masar, login.lower(), code, until))


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
    """Create an account. Without --password-stdin a one-time code is printed, with which its owner chooses one."""
    password = _password() if password_stdin else None
    pairs = [_role_and_unit(role) for role in roles]
    with closing(open_masar()) as masar:
        create_account(masar, login, Text(name, name_en), password, locale, pairs)
        if password is None:
            click.echo(_told(masar, login.lower(), *give_code(masar, login)))
        else:
            click.echo(f"{login.lower()} may sign in.")


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
def password(login: str) -> None:
    """Set a password, read from standard input, and end every session of the account. Better: masar user code."""
    chosen = _password()
    with closing(open_masar()) as masar:
        set_password(masar, login, chosen)
    click.echo(f"The password of {login.lower()} is changed.")


@user.command()
@click.argument("login")
@click.argument("role_in_unit", metavar="ROLE@UNIT")
@click.option("--remove", is_flag=True, help="Take the role away instead.")
def role(login: str, role_in_unit: str, remove: bool) -> None:
    """Give an account a role in a unit, or take it away; it holds at the next request."""
    key, unit = _role_and_unit(role_in_unit)
    with closing(open_masar()) as masar:
        (remove_membership if remove else add_membership)(masar, login, key, unit)
    click.echo(f"{login.lower()} {'is no longer' if remove else 'is'} {key} in {unit}.")


@user.command()
@click.argument("login")
def deactivate(login: str) -> None:
    """Let nobody sign in as this account any more, and end its sessions at once."""
    with closing(open_masar()) as masar:
        deactivate_account(masar, login)
    click.echo(f"{login.lower()} is deactivated.")


for command in TOKEN_COMMANDS:
    user.add_command(command)


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _told(masar: Masar, login: str, code: str, until: datetime) -> str:
    ends = until.astimezone(ZoneInfo(masar.settings.time_zone))
    address = f"{masar.settings.public_url.rstrip('/')}/sign-in/code"
    return f"{login}: one-time code: {code}\nGood until {ends:%Y-%m-%d %H:%M}, once, at {address}"


def _role_and_unit(text: str) -> tuple[str, str]:
    role, sign, unit = text.partition("@")
    if not (role and sign and unit):
        raise click.BadParameter(f"{text!r} is not ROLE@UNIT, for example case_manager@centre-1")
    return role, unit
