"""Which definitions differ between two bundles."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.store.definitions import bundle, definition


@dataclass(frozen=True)
class Different:
    """A definition in both versions; None where one of them lacks it."""

    kind: str
    key: str
    old: int | None
    new: int | None


def changed_between(conn: Connection, old_bundle: int, new_bundle: int) -> list[Different]:
    """What differs, by kind and key."""
    old, new = _versions(conn, old_bundle), _versions(conn, new_bundle)
    return [
        Different(*key, old.get(key), new.get(key))
        for key in sorted({*old, *new}) if old.get(key) != new.get(key)
    ]


def told(one: Different) -> str:
    """In one line: kind, key and both versions."""
    return f"{one.kind} {one.key}: {one.old or '—'} → {one.new or '—'}"


def _versions(conn: Connection, bundle_id: int) -> dict[tuple[str, str], int]:
    content = conn.scalar(select(bundle.c.content).where(bundle.c.id == bundle_id))
    columns = (definition.c.kind, definition.c.key, definition.c.version)
    rows = conn.execute(select(*columns).where(definition.c.id.in_(json.loads(content or "[]"))))
    return {(row.kind, row.key): row.version for row in rows}
