"""A backup: one file with every row of the database as it was at one moment, in a form that both databases read."""

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text

from engine.errors import MasarError
from engine.store import cases, events, reads, schema
from engine.store.database import Database
from engine.store.vault import Vault
from engine.text import Text

_MANIFEST = "manifest.json"
_BATCH = 1000


class BadArchive(MasarError):
    """A backup that cannot be restored here."""


def write_backup(db: Database, vault: Vault, path: Path, now: datetime) -> dict[str, int]:
    """Writes the backup while everything runs, from one read transaction; returns the rows of each table. Sealed
    columns stay sealed; the file is readable by its owner only."""
    path.touch()
    path.chmod(0o600)
    counts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive, db.read() as conn:
        sums: dict[str, str] = {}
        for table in _tables(conn):
            counts[table.name], sums[table.name] = _write_table(archive, conn, table)
        manifest: dict[str, object] = {
            "masar": "backup", "format": 1, "revision": schema.revision_in(conn), "made_at": now.isoformat(),
            "counts": counts, "sha256": sums,
        }  # fmt: skip
        archive.writestr(_MANIFEST, json.dumps(manifest | {"mac": _mac(vault, manifest)}, indent=1))
    return counts


def restore_backup(db: Database, vault: Vault, path: Path) -> dict[str, int]:
    """Loads a backup into an empty database (its tables are made first) and verifies it by counts, sums and the chain
    of every case, all before the one commit; then brings it to this version. Raises BadArchive and leaves the
    database empty when anything is wrong."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive, vault)
            schema.upgrade(db, str(manifest["revision"]))
            counts = db.run(lambda conn: _load(conn, vault, archive, manifest))
            if schema.upgrade_is_due(db):
                _bring_on(db, vault)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise _bad("هذا ليس نسخة احتياطية سليمة.", f"This is not a sound backup ({error}).") from error
    return counts


def _bring_on(db: Database, vault: Vault) -> None:
    """Brings the tables of an older backup to this version, whose code can then verify them; empties the database
    again when they are not sound."""
    schema.upgrade(db)
    with db.read() as conn:
        problems = verify_all(conn, vault)
    if problems:
        schema.downgrade(db, "base")
        raise _unsound(problems[0])


def verify_all(conn: Connection, vault: Vault) -> list[str]:
    """What is wrong with any chain of any case, as plain sentences; a few cases at a time."""
    problems: list[str] = []
    last = 0
    query = select(cases.case_file.c.id, cases.case_file.c.head_seq, cases.case_file.c.head_mac)
    query = query.order_by(cases.case_file.c.id).limit(_BATCH)
    while page := conn.execute(query.where(cases.case_file.c.id > last)).all():
        for row in page:
            found = events.verify(conn, vault, row.id, events.Head(row.head_seq, row.head_mac))
            problems += [problem.in_("en") for problem in (*found, *reads.verify(conn, vault, row.id))]
        last = page[-1].id
    return problems


def _tables(conn: Connection) -> list[Table]:
    """The tables as they are there, parents before children."""
    found = MetaData()
    found.reflect(conn)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _write_table(archive: zipfile.ZipFile, conn: Connection, table: Table) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    # a unit's path begins with its parent's, so that parents come first
    order = [table.c.path] if table.name == "unit" else list(table.primary_key)
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as file:
        for row in conn.execution_options(yield_per=_BATCH).execute(select(table).order_by(*order)):
            line = json.dumps({name: _plain(value) for name, value in row._mapping.items()}).encode() + b"\n"
            digest.update(line)
            file.write(line)
            count += 1
    return count, digest.hexdigest()


def _manifest(archive: zipfile.ZipFile, vault: Vault) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read(_MANIFEST))
    if not isinstance(manifest, dict) or manifest.pop("mac", None) != _mac(vault, manifest):
        raise _bad(
            "لم تُنشأ هذه النسخة بهذا المفتاح الرئيسي أو جرى تعديلها.",
            "This backup was not made under this master key, or was changed since.",
        )
    return manifest


def _load(
    conn: Connection, vault: Vault, archive: zipfile.ZipFile, manifest: Mapping[str, Any]
) -> dict[str, int]:
    tables = _tables(conn)
    if {table.name for table in tables} != set(manifest["counts"]):
        raise _bad("جداول النسخة غير جداول القاعدة.", "The backup's tables are not those of the database.")
    for table in tables:
        if conn.scalar(select(func.count()).select_from(table)):
            raise _bad("قاعدة البيانات ليست فارغة.", f"The database is not empty: there are rows in {table.name}.")
    for table in tables:
        digest = hashlib.sha256()
        for batch in _batches(archive, table.name, digest):
            conn.execute(insert(table), batch)
        kept = conn.scalar(select(func.count()).select_from(table))
        if kept != manifest["counts"][table.name] or digest.hexdigest() != manifest["sha256"][table.name]:
            raise _bad("النسخة ناقصة أو معدلة.", f"The rows of {table.name} are not those that were backed up.")
        _catch_up(conn, table)
    if str(manifest["revision"]) == schema.newest():  # older tables are verified once they are at this version
        problems = verify_all(conn, vault)
        if problems:
            raise _unsound(problems[0])
    return dict(manifest["counts"])


def _unsound(problem: str) -> BadArchive:
    return _bad("سلسلة الأحداث في النسخة غير سليمة.", f"The history in the backup is not sound: {problem}")


def _batches(archive: zipfile.ZipFile, name: str, digest: "hashlib._Hash") -> Iterator[list[dict[str, object]]]:
    batch: list[dict[str, object]] = []
    with archive.open(f"{name}.jsonl") as file:
        for line in file:
            digest.update(line)
            batch.append({column: _stored(value) for column, value in json.loads(line).items()})
            if len(batch) == _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _catch_up(conn: Connection, table: Table) -> None:
    """PostgreSQL's sequences do not notice rows that bring their ids."""
    if conn.dialect.name == "sqlite":
        return
    for column in inspect(conn).get_columns(table.name):
        sequence = conn.scalar(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": table.name, "c": column["name"]})
        highest = conn.scalar(select(func.max(table.c[column["name"]]))) if sequence else None
        if highest:
            conn.execute(select(func.setval(sequence, highest)))


def _plain(value: object) -> object:
    return {"b": base64.b64encode(value).decode()} if isinstance(value, bytes | memoryview) else value


def _stored(value: object) -> object:
    return base64.b64decode(value["b"]) if isinstance(value, dict) else value


def _mac(vault: Vault, manifest: Mapping[str, object]) -> str:
    return vault.mac("backup", json.dumps(manifest, sort_keys=True).encode()).hex()


def _bad(ar: str, en: str) -> BadArchive:
    return BadArchive(Text(ar, en))
