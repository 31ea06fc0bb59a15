"""A backup taken while everything runs comes back whole, on either database, or not at all."""

import itertools
import json
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, event, func, insert, select

from engine.clock import StoppedClock
from engine.settings import Settings
from engine.store import cases, events, numbers, people, reads, schema
from engine.store.accounts import account
from engine.store.archive import BadArchive, restore_backup, verify_all, write_backup
from engine.store.cases import CaseFile
from engine.store.database import Database
from engine.store.events import NO_EVENTS, NewEvent
from engine.store.key_archive import restore_keys, write_keys
from engine.store.keys import KeyStore
from engine.store.master_key import load_master_key, new_master_key
from engine.store.metadata import metadata
from engine.store.vault import Vault
from tests import postgres
from tests.conftest import DATABASES
from tests.engine.store.conftest import SALMA
from tests.engine.store.test_projection import everything, settle

NAME = "ليلى الدروبي".encode()


@pytest.fixture
def full(db: Database, vault: Vault, case: CaseFile, clock: StoppedClock) -> CaseFile:
    """A case with history, open work, a name to find it by and a reading."""

    def work(conn: Connection) -> CaseFile:
        facts = [NewEvent("work_completed", SALMA, clock.now, NAME)] * 3
        head = events.append(conn, vault, case.id, NO_EVENTS, facts, clock.now)
        people.index_person(conn, vault, case.id, [NAME.decode()])
        reads.record(conn, vault, case.id, SALMA, "identity", clock.now)
        numbers.take_case(conn, "case", 2026)
        return cases.save(conn, vault, case, replace(case, head=head, facts=NAME))

    saved = db.run(work)
    settle(db, vault, case, clock, *everything(case, clock))
    return saved


@pytest.fixture(params=DATABASES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables, on each in turn."""
    url = postgres.empty_database() if request.param == "postgresql" else f"sqlite:///{tmp_path / 'empty.db'}"
    database = Database(url)
    yield database
    database.close()
    if request.param == "postgresql":
        postgres.drop_database(url)


@pytest.fixture
def elsewhere(sqlite_settings: Settings, tmp_path: Path) -> Iterator[Vault]:
    """The vault of a new machine: the same master key, no case keys."""
    keys = KeyStore(f"sqlite:///{tmp_path / 'new' / 'keys.db'}")
    vault = Vault(load_master_key(sqlite_settings.master_key_file), keys)
    yield vault
    vault.close()


def counted(db: Database) -> dict[str, int]:
    with db.read() as conn:
        tables = metadata.sorted_tables
        return {table.name: conn.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_a_backup_comes_back_whole_on_either_database(
    db: Database, vault: Vault, full: CaseFile, empty: Database, elsewhere: Vault, tmp_path: Path, clock: StoppedClock
) -> None:
    write_backup(db, vault, tmp_path / "all", clock.now)
    assert write_keys(vault, tmp_path / "keys", clock.now) == 1
    restore_backup(empty, elsewhere, tmp_path / "all")
    assert restore_keys(elsewhere, tmp_path / "keys") == 1
    assert counted(empty) == counted(db)
    with empty.read() as conn:
        assert cases.load(conn, elsewhere, full.id) == full
        assert [fact.payload for fact in events.read(conn, elsewhere, full.id)] == [NAME] * 3
        assert people.find_people(conn, elsewhere, "ليلي") == [full.id]
        assert verify_all(conn, elsewhere) == []
    values = {"login": "new", "name_ar": "جديد", "created_at": clock.now}
    made = insert(account).values(values).returning(account.c.id)
    assert empty.run(lambda conn: conn.execute(made).scalar_one()) > SALMA
    assert empty.run(lambda conn: numbers.take_case(conn, "case", 2026)) == (2, "C-2026-000002")


def test_a_backup_is_one_moment_while_others_write(
    db: Database, vault: Vault, full: CaseFile, empty: Database, tmp_path: Path, clock: StoppedClock
) -> None:
    tables_before = counted(db)
    names = itertools.count()

    def sign_up(*_: object) -> None:
        values = {"login": f"new{next(names)}", "name_ar": "جديد", "created_at": clock.now}
        other.run(lambda conn: conn.execute(insert(account).values(values)))

    other = Database(db.url.render_as_string(hide_password=False))
    event.listen(db.engine, "after_cursor_execute", sign_up)
    write_backup(db, vault, tmp_path / "all", clock.now)
    event.remove(db.engine, "after_cursor_execute", sign_up)
    assert counted(other)["account"] > tables_before["account"]
    restore_backup(empty, vault, tmp_path / "all")
    assert counted(empty)["account"] <= tables_before["account"] + 1
    with empty.read() as conn:
        assert cases.load(conn, vault, full.id) == full
    other.close()


def test_a_backup_is_private_and_shows_nothing_sealed(
    db: Database, vault: Vault, full: CaseFile, tmp_path: Path, clock: StoppedClock
) -> None:
    write_backup(db, vault, tmp_path / "all", clock.now)
    write_keys(vault, tmp_path / "keys", clock.now)
    with zipfile.ZipFile(tmp_path / "all") as content:
        together = b"".join(content.read(name) for name in content.namelist())
    assert full.number.encode() in together
    assert NAME not in together
    assert json.dumps(NAME.decode())[1:-1].encode() not in together
    for name in ("all", "keys"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


@pytest.mark.usefixtures("full")
def test_a_backup_goes_into_an_empty_database_only(
    db: Database, vault: Vault, tmp_path: Path, clock: StoppedClock
) -> None:
    before = counted(db)
    write_backup(db, vault, tmp_path / "all", clock.now)
    write_keys(vault, tmp_path / "keys", clock.now)
    with pytest.raises(BadArchive):
        restore_backup(db, vault, tmp_path / "all")
    with pytest.raises(BadArchive):
        restore_keys(vault, tmp_path / "keys")
    assert counted(db) == before


@pytest.mark.usefixtures("full")
def test_a_changed_or_foreign_backup_restores_nothing(
    db: Database, vault: Vault, empty: Database, tmp_path: Path, clock: StoppedClock
) -> None:
    write_backup(db, vault, tmp_path / "all", clock.now)
    write_keys(vault, tmp_path / "keys", clock.now)
    foreign = Vault(new_master_key(), vault.keys)
    with zipfile.ZipFile(tmp_path / "all") as old, zipfile.ZipFile(tmp_path / "changed", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'"salma"', b'"zalma"'))
    (tmp_path / "junk").write_bytes(b"PK\x03\x04 nothing")
    for opened, name in ((vault, "changed"), (foreign, "all"), (vault, "junk"), (vault, "keys"), (vault, "absent")):
        with pytest.raises(BadArchive):
            restore_backup(empty, opened, tmp_path / name)
    schema.upgrade(empty)
    assert sum(counted(empty).values()) == 0
    (tmp_path / "keys").write_text((tmp_path / "keys").read_text().replace("[7,", "[8,"))
    for opened in (vault, foreign):
        with pytest.raises(BadArchive):
            restore_keys(opened, tmp_path / "keys")


@pytest.mark.usefixtures("full")
def test_a_backup_whose_history_is_broken_is_not_taken_for_sound(
    db: Database, vault: Vault, empty: Database, tmp_path: Path, clock: StoppedClock
) -> None:
    db.run(lambda conn: conn.execute(delete(events.event).where(events.event.c.seq == 2)))
    write_backup(db, vault, tmp_path / "all", clock.now)
    with pytest.raises(BadArchive, match="not sound"):
        restore_backup(empty, vault, tmp_path / "all")
