"""The commands that keep an installation: tables, keys, backup and restore."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from engine.cli.backup import backup
from engine.cli.database import database
from engine.cli.key import key
from engine.cli.restore import restore
from engine.clock import StoppedClock
from engine.settings import Settings
from engine.store import cases, events
from engine.store.cases import CaseFile
from engine.store.database import Database
from engine.store.master_key import load_master_key
from engine.store.schema import newest
from engine.store.vault import Vault, open_vault

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings) -> Run:
    """Runs a command on the test's installation, or on the one at `home`."""

    def invoke(command: click.Command, *arguments: object, home: Path | None = None, typed: str = "") -> Result:
        url = "" if home else settings.database_url
        environment = {"MASAR_HOME": str(home or settings.home), "DATABASE_URL": url}
        environment["KEYS_URL"] = f"sqlite:///{(home or settings.home) / 'keys.db'}"
        return CliRunner(env=environment).invoke(command, [str(each) for each in arguments], input=typed)

    return invoke


def test_a_new_installation_is_made_by_two_commands(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "fresh"
    assert run(key, "create", home=home).exit_code == 0
    assert "from nothing" in run(database, "upgrade", home=home).output
    assert run(database, "status", home=home).output.startswith(newest())
    again = run(key, "create", home=home)
    assert (again.exit_code, "already" in again.output) == (1, True)


def test_the_master_key_comes_back_from_escrow(run: Run, settings: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "escrow"
    assert run(key, "escrow", copy, "--passphrase-stdin", typed="طريق طويل\n").exit_code == 0
    wrong = run(key, "recover", copy, "--passphrase-stdin", home=tmp_path / "b", typed="x\n")
    assert (wrong.exit_code, "Traceback" in wrong.output) == (1, False)
    assert run(key, "recover", copy, "--passphrase-stdin", home=tmp_path / "b", typed="طريق طويل\n").exit_code == 0
    assert load_master_key(tmp_path / "b" / "master.key") == load_master_key(settings.home / "master.key")


def test_rotating_keeps_every_case_readable_in_processes_that_run_already(
    run: Run, settings: Settings, db: Database, case: CaseFile, sqlite_settings: Settings
) -> None:
    running = open_vault(sqlite_settings)
    for _ in range(3):
        assert run(key, "rotate").exit_code == 0
        running.new_key(100)
        with db.read() as conn:
            assert cases.load(conn, running, case.id) == case
    assert "2 case keys (current)" in run(key, "status").output
    assert len(load_master_key(settings.master_key_file).wrapping) == 2
    with db.read() as conn:
        assert cases.load(conn, open_vault(sqlite_settings), case.id) == case


def test_only_a_closed_case_is_destroyed_and_its_chain_still_verifies(
    run: Run, db: Database, vault: Vault, case: CaseFile
) -> None:
    refused = run(key, "destroy", case.number, "--yes")
    assert (refused.exit_code, "closed" in refused.output) == (1, True)
    db.run(lambda conn: cases.save(conn, vault, case, replace(case, status="closed")))
    assert run(key, "destroy", case.number, "--yes").exit_code == 0
    vault.close()
    with db.read() as conn:
        head = cases.head_of(conn, case.id)
        assert head is not None
        assert (head.seq, events.verify(conn, vault, case.id, head)) == (1, [])
        assert cases.load_many(conn, vault, [case.id]) == []


def test_a_backup_is_restored_on_a_new_machine(
    run: Run, case: CaseFile, tmp_path: Path, settings: Settings, clock: StoppedClock
) -> None:
    new = tmp_path / "new"
    assert run(backup, tmp_path / "all", "--keys", tmp_path / "keys").exit_code == 0
    run(key, "escrow", tmp_path / "escrow", "--passphrase-stdin", typed="x y z\n")
    assert run(restore, tmp_path / "all", home=new).exit_code == 1
    run(key, "recover", tmp_path / "escrow", "--passphrase-stdin", home=new, typed="x y z\n")
    done = run(restore, tmp_path / "all", "--keys", tmp_path / "keys", home=new)
    assert done.exit_code == 0, done.output
    there = replace(
        settings, home=new, master_key_file=new / "master.key", keys_url=f"sqlite:///{new / 'keys.db'}"
    )  # fmt: skip
    restored = Database(f"sqlite:///{new / 'masar.db'}")
    with closing(open_vault(there, clock)) as vault, restored.read() as conn:
        assert cases.load(conn, vault, case.id) == case
    restored.close()
