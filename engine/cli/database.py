"""`masar database`: the tables."""

from contextlib import closing

import click

from engine.settings import load_settings
from engine.store import schema
from engine.store.database import Database
from engine.store.keys import KeyStore


@click.group()
def database() -> None:
    """The tables of the database."""


@database.command("upgrade")
def upgrade() -> None:
    """Bring the database (empty or older) and the key store to this version."""
    settings = load_settings()
    with closing(Database(settings.database_url)) as db, closing(KeyStore(settings.keys_url)) as keys:
        before = schema.revision_of(db)
        schema.upgrade(db)
        keys.create()
        after = schema.newest()
    told = f"Database at {after}." if before == after else f"Database brought from {before or 'nothing'} to {after}."
    click.echo(told)


@database.command("status")
def status() -> None:
    """Say which version the tables are at."""
    with closing(Database(load_settings().database_url)) as db:
        click.echo(f"{schema.revision_of(db) or 'empty'} (newest: {schema.newest()})")
