"""`masar database`: the tables."""

from contextlib import closing
from pathlib import Path

import click

from engine.cli.plainly import Plainly
from engine.masar import open_masar
from engine.settings import load_settings
from engine.store import schema
from engine.store.archive import write_backup
from engine.store.database import Database
from engine.store.keys import KeyStore
from engine.upgrading import refuse_unloadable, what_would_go


@click.group(cls=Plainly)
def database() -> None:
    """The tables of the database."""


@database.command("upgrade")
def upgrade() -> None:
    """Bring the database (empty or older) and the key store to this version.

    First everything that open cases run on is loaded under this version; what does not load is named, and nothing is
    changed.
    """
    settings = load_settings()
    with closing(Database(settings.database_url)) as db, closing(KeyStore(settings.keys_url)) as keys:
        before = schema.revision_of(db)
        bundles = refuse_unloadable(db)
        schema.upgrade(db)
        keys.create()
        after = schema.newest()
    told = f"Database at {after}." if before == after else f"Database brought from {before or 'nothing'} to {after}."
    click.echo(f"{told} {bundles} bundles in use, all of them load.")


@database.command("check")
def check() -> None:
    """Say whether everything that cases run on loads under this version; changes nothing."""
    with closing(Database(load_settings().database_url)) as db:
        click.echo(f"{refuse_unloadable(db)} bundles in use, all of them load.")


@database.command("rollback")
@click.argument("revision")
@click.option("--backup", "file", required=True, type=click.Path(path_type=Path, dir_okay=False, exists=False))
@click.option("--lose-rows", is_flag=True, help="Go back even where rows of newer tables are lost.")
def rollback(revision: str, file: Path, lose_rows: bool) -> None:
    """Take the tables back to REVISION, for older code, after writing a backup. Stop web and workers first.

    What was done since stays; only rows of tables that are newer than REVISION are lost, and only with --lose-rows.
    """
    if file.exists():
        raise click.ClickException(f"{file} is there already.")
    with closing(open_masar()) as masar:
        lost = what_would_go(masar.db, revision)
        if lost and not lose_rows:
            told = ", ".join(f"{name}: {count}" for name, count in lost.items())
            raise click.ClickException(f"Rows would be lost ({told}). Nothing is done; --lose-rows does it anyhow.")
        write_backup(masar.db, masar.vault, file, masar.clock())
        schema.downgrade(masar.db, revision)
    click.echo(f"Database at {revision}; what was there before is in {file}.")


@database.command("status")
def status() -> None:
    """Say which version the tables are at."""
    with closing(Database(load_settings().database_url)) as db:
        click.echo(f"{schema.revision_of(db) or 'empty'} (newest: {schema.newest()})")
