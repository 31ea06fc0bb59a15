"""`masar backup`: everything in one file, while everything runs."""

from contextlib import closing
from pathlib import Path

import click

from engine.errors import MasarError
from engine.masar import open_masar
from engine.store.archive import write_backup
from engine.store.key_archive import write_keys


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--keys", "keys_file", type=click.Path(path_type=Path, dir_okay=False),
    help="Also back up the wrapped case keys, into a file of their own.",
)  # fmt: skip
def backup(file: Path, keys_file: Path | None) -> None:
    """Write database and definitions to FILE, consistent while everything runs.

    The case keys go to a file of their own, which must be kept for a short time only: a key that was destroyed lives
    on in it. The master key is in neither (masar key escrow).
    """
    try:
        with closing(open_masar()) as masar:
            now = masar.clock()
            counts = write_backup(masar.db, masar.vault, file, now)
            # the keys second: a case opened in between then has a key too many, never one too few
            keys = write_keys(masar.vault, keys_file, now) if keys_file else None
    except (MasarError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{sum(counts.values())} rows of {len(counts)} tables written to {file}.")
    if keys_file:
        click.echo(f"{keys} case keys written to {keys_file}. Keep this file for a short time only.")
