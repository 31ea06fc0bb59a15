"""New code takes over only where everything in use loads under it; and there is a way back that loses no case."""

import json
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection, insert, update

from engine.cli import main
from engine.clock import StoppedClock
from engine.definitions import sources_in
from engine.library import publish
from engine.settings import Settings, load_settings
from engine.setup import prepare_installation
from engine.store import cases, events, schema, worker_passes
from engine.store.archive import BadArchive, restore_backup, write_backup
from engine.store.cases import CaseFile, case_file
from engine.store.database import Database
from engine.store.definitions import definition
from engine.store.events import NO_EVENTS, NewEvent
from engine.store.vault import Vault
from engine.upgrading import Unloadable, refuse_unloadable, what_would_go
from tests.engine.store.conftest import SALMA


@pytest.fixture
def run(settings: Settings) -> Iterator["Run"]:
    """The command line on the test's installation."""
    yield Run(settings)


class Run:
    """Calls `masar …` in this process."""

    def __init__(self, settings: Settings) -> None:
        self.env = {"MASAR_HOME": str(settings.home), "DATABASE_URL": settings.database_url,
                    "KEYS_URL": settings.keys_url}  # fmt: skip

    def __call__(self, *arguments: object) -> Result:
        return CliRunner(env=self.env).invoke(main, [str(each) for each in arguments])


@pytest.fixture
def used(settings: Settings, db: Database, vault: Vault, case: CaseFile, clock: StoppedClock) -> CaseFile:
    """A case with a history that runs on the shipped content."""
    sources = sources_in(settings.processes, settings.forms)

    def work(conn: Connection) -> CaseFile:
        conn.execute(update(case_file).values(bundle_id=publish(conn, sources, 0, "", clock.now)))
        done = NewEvent("work_completed", SALMA, clock.now, b"x")
        head = events.append(conn, vault, case.id, NO_EVENTS, [done], clock.now)
        loaded = cases.load(conn, vault, case.id)
        assert loaded is not None
        return cases.save(conn, vault, loaded, replace(loaded, head=head))

    return db.run(work)


def spoil(db: Database, key: str) -> None:
    """Makes a published definition one that this code does not load."""
    db.run(lambda conn: conn.execute(update(definition).where(definition.c.key == key).values(source=b"{not this}")))


def test_everything_in_use_loads_and_is_counted(run: Run, used: CaseFile) -> None:
    assert "bundles in use, all of them load" in run("database", "check").output
    assert run("database", "upgrade").exit_code == 0


@pytest.mark.parametrize("key", ["form_0_report", "D06_timeframes", "assessment"])
def test_what_does_not_load_is_named_with_its_cases_and_stops_the_upgrade(
    run: Run, db: Database, used: CaseFile, key: str
) -> None:
    schema.downgrade(db, "0004")
    spoil(db, key)
    refused = run("database", "upgrade")
    assert (refused.exit_code, key in refused.output, "Traceback" in refused.output) == (1, True, False)
    assert "1 open cases run on it" in refused.output
    assert schema.revision_of(db) == "0004"


def test_starting_new_code_refuses_too_and_leaves_the_tables(run: Run, db: Database, used: CaseFile) -> None:
    schema.downgrade(db, "0004")
    spoil(db, "form_0_report")
    with pytest.raises(Unloadable):
        prepare_installation(load_settings(run.env))
    assert schema.revision_of(db) == "0004"


def test_content_that_only_closed_cases_had_stops_nothing(db: Database, used: CaseFile, settings: Settings) -> None:
    db.run(lambda conn: conn.execute(update(case_file).values(status="closed", bundle_id=1)))
    assert refuse_unloadable(db) == 1


def test_rolling_back_keeps_every_case_and_leaves_a_backup(
    run: Run, db: Database, vault: Vault, used: CaseFile, tmp_path: Path
) -> None:
    done = run("database", "rollback", "0004", "--backup", tmp_path / "before")
    assert done.exit_code == 0, done.output
    assert schema.revision_of(db) == "0004"
    assert stat.S_IMODE((tmp_path / "before").stat().st_mode) == 0o600
    assert run("database", "upgrade").exit_code == 0
    with db.read() as conn:
        assert cases.load(conn, vault, used.id) == used
        assert events.verify(conn, vault, used.id, used.head) == []
    assert run("database", "rollback", "0004", "--backup", tmp_path / "before").exit_code == 1  # never over a backup


def test_rolling_back_tells_what_would_be_lost_and_does_nothing_unasked(
    run: Run, db: Database, used: CaseFile, clock: StoppedClock, tmp_path: Path
) -> None:
    db.run(lambda conn: worker_passes.note(conn, 1, clock()))
    assert what_would_go(db, "0004") == {"worker_pass": 1}
    refused = run("database", "rollback", "0004", "--backup", tmp_path / "b")
    assert (refused.exit_code, "worker_pass: 1" in refused.output) == (1, True)
    assert (schema.revision_of(db), (tmp_path / "b").exists()) == (schema.newest(), False)
    assert run("database", "rollback", "0004", "--backup", tmp_path / "b", "--lose-rows").exit_code == 0


def test_a_backup_of_older_tables_is_restored_under_newer_code(
    db: Database, vault: Vault, used: CaseFile, settings: Settings, tmp_path: Path, run: Run
) -> None:
    schema.downgrade(db, "0003")
    old = CliRunner(env=run.env).invoke(main, ["backup", str(tmp_path / "old"), "--keys", str(tmp_path / "keys")])
    assert old.exit_code == 0, old.output
    home = tmp_path / "new"
    home.mkdir(0o700)
    (home / "master.key").write_bytes(settings.master_key_file.read_bytes())
    new = CliRunner(env={"MASAR_HOME": str(home)})
    restored = new.invoke(main, ["restore", str(tmp_path / "old"), "--keys", str(tmp_path / "keys")])
    assert restored.exit_code == 0, restored.output
    assert new.invoke(main, ["database", "status"]).output.startswith(schema.newest())


def test_an_older_backup_whose_history_is_broken_leaves_an_empty_database(
    db: Database, vault: Vault, used: CaseFile, settings: Settings, tmp_path: Path, run: Run
) -> None:
    schema.downgrade(db, "0003")
    db.run(lambda conn: conn.execute(update(events.event).values(payload=b"another")))
    write_backup(db, vault, tmp_path / "old", used.opened_at)
    with closing(Database(f"sqlite:///{tmp_path / 'new.db'}")) as new:
        with pytest.raises(BadArchive, match="not sound"):
            restore_backup(new, vault, tmp_path / "old")
        assert schema.revision_of(new) is None


# What is lost

@pytest.fixture
def alone(sqlite_settings: Settings, clock: StoppedClock) -> Path:
    """A SQLite installation with content and an account, closed; its folder."""
    settings = replace(sqlite_settings, home=sqlite_settings.home)
    with closing(Database(settings.database_url)) as db:
        values = {"id": 1, "number": "1", "kind": "case", "process": "case", "unit_id": 1, "unit_path": "/1/",
                  "bundle_id": 1, "status": "open", "version": 1, "head_seq": 0, "head_mac": b"", "state": b"",
                  "facts": b"", "opened_at": clock()}  # fmt: skip
        row = "INSERT INTO unit (id, code, path, kind, name_ar) VALUES (1, 'u', '/1/', 'centre', 'و')"
        db.run(lambda conn: conn.exec_driver_sql(row))
        kept = "INSERT INTO bundle (id, sha256, content, created_at) VALUES (1, '', '[]', 0)"
        db.run(lambda conn: conn.exec_driver_sql(kept))
        db.run(lambda conn: conn.execute(insert(case_file).values(values)))
    return settings.home


@pytest.mark.parametrize(("lost", "told"), [("keys.db", "Put its backup back"), ("master.key", "key recover")])
def test_starting_without_a_file_of_keys_says_which_and_makes_no_new_one(alone: Path, lost: str, told: str) -> None:
    (alone / lost).unlink()
    refused = CliRunner(env={"MASAR_HOME": str(alone)}).invoke(main, ["set-up", "--no-demo"])
    assert (refused.exit_code, told in refused.output) == (1, True)
    assert not (alone / "master.key").exists() or lost != "master.key"


def test_everything_that_an_installation_writes_is_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "var"
    done = CliRunner(env={"MASAR_HOME": str(home)}).invoke(main, ["set-up", "--no-demo"])
    assert done.exit_code == 0, done.output
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in home.iterdir()}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert set(modes.values()) == {"0o600"}, json.dumps(modes)
