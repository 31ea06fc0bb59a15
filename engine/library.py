"""The library of definitions: published versions, and the bundles of them that cases are bound to."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from sqlalchemy import Connection, func, insert, select

from engine.definitions import Definitions, Source, load_definitions
from engine.errors import NotFound
from engine.store.definitions import bundle as bundle_table
from engine.store.definitions import definition


class Library:
    """Loads bundles once per process."""

    def __init__(self) -> None:
        self._loaded: dict[int, Definitions] = {}
        self._lock = Lock()

    def latest(self, conn: Connection) -> Definitions:
        """The bundle that new cases begin with; raises NotFound before anything was published."""
        bundle_id = conn.scalar(select(func.max(bundle_table.c.id)))
        if bundle_id is None:
            raise NotFound
        return self.of(conn, bundle_id)

    def of(self, conn: Connection, bundle_id: int) -> Definitions:
        """The bundle that a case is bound to."""
        with self._lock:
            if bundle_id not in self._loaded:
                self._loaded[bundle_id] = _load(conn, bundle_id)
            return self._loaded[bundle_id]

    def at_hand(self) -> Definitions | None:
        """The newest bundle that this process has loaded, without asking the database; None where it has none."""
        with self._lock:
            return self._loaded[max(self._loaded)] if self._loaded else None


def publish(
    conn: Connection, sources: Iterable[Source], actor_id: int, note: str, now: datetime,
    written_by: Mapping[tuple[str, str], int] | None = None, approved_by: int | None = None,
) -> int:  # fmt: skip
    """Stores what changed as new versions and makes the bundle of all newest ones; returns the bundle's id.
    Publishing the same again changes nothing. `written_by` names who wrote which (kind, key) where that was another
    person, `approved_by` the second person where it took one."""
    writers = written_by or {}
    newest = _newest(conn)
    for source in sources:
        known = newest.get((source.kind, source.key))
        if known and known.sha256 == source.sha256:
            continue
        row = {
            "kind": source.kind, "key": source.key, "version": known.version + 1 if known else 1,
            "sha256": source.sha256, "source": source.content, "published_at": now,
            "published_by": actor_id, "note": note, "approved_by": approved_by,
            "written_by": writers.get((source.kind, source.key), actor_id),
        }
        conn.execute(insert(definition).values(row))
    rows = sorted(_newest(conn).values(), key=lambda r: r.id)
    listing = "\n".join(f"{r.kind} {r.key} {r.version} {r.sha256}" for r in rows)
    sha256 = hashlib.sha256(listing.encode()).hexdigest()
    same = conn.scalar(select(bundle_table.c.id).where(bundle_table.c.sha256 == sha256))
    if same is not None:
        return int(same)
    content = json.dumps([r.id for r in rows])
    values = {"sha256": sha256, "content": content, "created_at": now}
    made = conn.execute(insert(bundle_table).values(values).returning(bundle_table.c.id)).scalar_one()
    return int(made)


@dataclass(frozen=True)
class _Version:
    id: int
    kind: str
    key: str
    version: int
    sha256: str


def _newest(conn: Connection) -> dict[tuple[str, str], _Version]:
    columns = (definition.c.id, definition.c.kind, definition.c.key, definition.c.version, definition.c.sha256)
    rows = conn.execute(select(*columns).order_by(definition.c.version))
    return {(r.kind, r.key): _Version(*r) for r in rows}


def _load(conn: Connection, bundle_id: int) -> Definitions:
    row = conn.execute(select(bundle_table).where(bundle_table.c.id == bundle_id)).one()
    chosen = select(definition.c.kind, definition.c.key, definition.c.source).where(
        definition.c.id.in_(json.loads(row.content))
    )
    return load_definitions([Source(*r) for r in conn.execute(chosen)], bundle_id, row.sha256)
