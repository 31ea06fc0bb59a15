"""`masar key`: the master key and the keys of cases."""

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy import Connection

from engine.actor import SYSTEM
from engine.errors import MasarError
from engine.masar import Masar, open_masar
from engine.settings import load_settings
from engine.store import cases, events, people, projection
from engine.store.events import NewEvent
from engine.store.keys import KeyStore
from engine.store.master_key import escrow, load_master_key, new_master_key, open_escrow, save_master_key
from engine.store.rotation import rotate

_LOSS = (
    "Keep a copy away from this machine (masar key escrow FILE): without the master key every case is lost for good,"
    " backups included."
)


class _Plainly(click.Group):
    """Says what went wrong in words, without a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except MasarError as error:
            raise click.ClickException(error.text.en) from error


@click.group(cls=_Plainly)
def key() -> None:
    """The master key, and the keys of cases."""


@key.command()
def create() -> None:
    """Make the master key of a new installation."""
    path = load_settings().master_key_file
    save_master_key(path, new_master_key())
    click.echo(f"Master key written to {path}.\n{_LOSS}")


@key.command()
def status() -> None:
    """Say how many case keys each master key wraps."""
    settings = load_settings()
    master = load_master_key(settings.master_key_file)
    with closing(KeyStore(settings.keys_url)) as keys:
        counts = keys.counts()
    for name in dict.fromkeys((*master.wrapping, *counts)):
        role = "current" if name == master.current else "retired" if name in master.wrapping else "NOT IN THE KEY FILE"
        click.echo(f"{name}: {counts.get(name, 0)} case keys ({role})")


@key.command("escrow")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--passphrase-stdin", is_flag=True, help="Read the passphrase from standard input.")
def make_escrow(file: Path, passphrase_stdin: bool) -> None:
    """Write a copy of the master key that only a passphrase opens."""
    master = load_master_key(load_settings().master_key_file)
    file.write_bytes(escrow(master, _passphrase(passphrase_stdin, confirm=True)))
    click.echo(f"Escrow copy written to {file}. Keep file and passphrase apart, both away from this machine.")


@key.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--passphrase-stdin", is_flag=True, help="Read the passphrase from standard input.")
def recover(file: Path, passphrase_stdin: bool) -> None:
    """Put the master key back from an escrow copy."""
    path = load_settings().master_key_file
    save_master_key(path, open_escrow(file.read_bytes(), _passphrase(passphrase_stdin)))
    click.echo(f"Master key written to {path}.")


@key.command("rotate")
def rotate_key() -> None:
    """Wrap every case key with a fresh master key, while everything runs."""
    settings = load_settings()
    with closing(KeyStore(settings.keys_url)) as keys:
        done = rotate(settings.master_key_file, keys)
    click.echo(f"{done.rewrapped} case keys are wrapped by {done.current} now. Make a new escrow copy.")


@key.command()
@click.argument("number")
@click.option("--yes", is_flag=True, help="Do not ask.")
def destroy(number: str, yes: bool) -> None:
    """Destroy the key of a closed case or report, so that nobody can ever read it again."""
    with closing(open_masar()) as masar:
        with masar.db.read() as conn:
            case_id = cases.by_number(conn, number)
        if case_id is None:
            raise click.ClickException(f"There is no case or report {number}.")
        if not yes:
            click.confirm(f"Everything in {number} becomes unreadable for ever. Go on?", abort=True)
        masar.db.run(lambda conn: record_destruction(masar, conn, case_id))
        masar.vault.destroy(case_id)
    click.echo(f"{number} can no longer be read. Its chain of events still verifies. Older backups of the keys still"
               " hold the key: delete them too.")  # fmt: skip


def record_destruction(masar: Masar, conn: Connection, case_id: int) -> None:
    """Writes that the key of a closed case is destroyed. Raises ClickException where the case is not over."""
    case = cases.load(conn, masar.vault, case_id)
    if case is None or case.status != "closed":
        raise click.ClickException("Only a closed case can be destroyed.")
    if projection.stored(conn, case_id):
        raise click.ClickException("The checks after its closure are not over yet.")
    now = masar.clock()
    fact = NewEvent("key_destroyed", SYSTEM.id, now, b"{}")
    head = events.append(conn, masar.vault, case_id, case.head, [fact], now)
    cases.save(conn, masar.vault, case, replace(case, head=head))
    people.forget_person(conn, case_id)


def _passphrase(from_stdin: bool, confirm: bool = False) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm))
