"""`masar restore`: a backup into an empty database, SQLite or PostgreSQL."""

from contextlib import closing
from pathlib import Path

import click

from engine.commands.sealing import keep_where_seals_end
from engine.errors import MasarError
from engine.masar import open_masar
from engine.store.archive import restore_backup
from engine.store.key_archive import restore_keys

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--keys", "keys_file", type=_FILE, help="The case keys that were backed up with it.")
def restore(file: Path, keys_file: Path | None) -> None:
    """Load the backup FILE into the empty database that DATABASE_URL names, and verify it.

    Needs the master key of the installation that made the backup (masar key recover), and its case keys. A backup
    made on SQLite may be restored on PostgreSQL, and the other way round.
    """
    try:
        with closing(open_masar()) as masar:
            counts = restore_backup(masar.db, masar.vault, file)
            keys = restore_keys(masar.vault, keys_file) if keys_file else None
            masar.vault.keys.create()
            keep_where_seals_end(masar)
    except (MasarError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{sum(counts.values())} rows of {len(counts)} tables restored; every chain verifies.")
    if keys is not None:
        click.echo(f"{keys} case keys restored.")
