"""`masar user token`, `tokens` and `revoke-token`: what programs sign in with."""

from contextlib import closing
from datetime import datetime

import click

from engine.access import SCOPES
from engine.commands.tokens import DAYS, create_token, revoke_token
from engine.errors import MasarError
from engine.masar import open_masar
from engine.queries.tokens import TokenRow, tokens_of


@click.command()
@click.argument("login")
@click.option("--name", required=True, help="The program that will use it.")
@click.option("--expires-days", default=DAYS, show_default=True, help="For how long it lives.")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES), default=("read", "write"),
              show_default=True, help="What it may be used for; repeatable.")  # fmt: skip
def token(login: str, name: str, expires_days: int, scopes: tuple[str, ...]) -> None:
    """Make an access token for the JSON API and print it, this once. It acts with the rights of the account."""
    try:
        with closing(open_masar()) as masar:
            made = create_token(masar, login, name, scopes, expires_days)
    except MasarError as error:
        raise click.ClickException(str(error)) from error
    click.echo(made)


@click.command()
@click.argument("login")
def tokens(login: str) -> None:
    """List the access tokens of an account, never the tokens themselves."""
    with closing(open_masar()) as masar:
        now = masar.clock()
        for row in tokens_of(masar, login):
            used = f"used {row.used_at:%Y-%m-%d %H}h" if row.used_at else "never used"
            click.echo(f"{row.id}\t{row.name}\t{','.join(row.scopes)}\t{_standing(row, now)}\t{used}")


@click.command("revoke-token")
@click.argument("login")
@click.argument("number")
def revoke(login: str, number: str) -> None:
    """End an access token, by its number in `masar user tokens`; it holds at once."""
    try:
        with closing(open_masar()) as masar:
            revoke_token(masar, login, number)
    except MasarError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Token {number} of {login.lower()} is revoked.")


def _standing(row: TokenRow, now: datetime) -> str:
    if row.revoked_at is not None:
        return f"revoked {row.revoked_at:%Y-%m-%d}"
    return f"{'expired' if row.expires_at <= now else 'until'} {row.expires_at:%Y-%m-%d}"


TOKEN_COMMANDS = (token, tokens, revoke)
