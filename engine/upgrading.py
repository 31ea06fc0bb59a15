"""Before new code takes over an installation: what is in use must still load under it; and the way back."""

import json
import tempfile
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, inspect, or_, select, table

from engine.definitions import Source, load_definitions
from engine.errors import MasarError
from engine.store import schema
from engine.store.cases import case_file
from engine.store.database import Database
from engine.store.definitions import bundle, definition
from engine.store.timers import timer
from engine.text import Text

_ALONE = frozenset({"decision", "form", "list", "process"})  # what a finding can be pinned on


class Unloadable(MasarError):
    """What cases run on does not load under this code: they would stand still."""


@dataclass(frozen=True)
class Trouble:
    """A bundle that does not load, and why."""

    bundle_id: int
    cases: int
    """open cases that are bound to it"""
    newest: bool
    """whether new cases begin with it"""
    why: str


def refuse_unloadable(db: Database) -> int:
    """Loads everything that open cases run on or new ones begin with; returns how many bundles these are. Raises
    Unloadable, naming each bundle and what in it does not load; nothing was changed then."""
    with db.read() as conn:
        if schema.revision_in(conn) is None:
            return 0
        used = _used(conn)
        troubles = [trouble for bundle_id, cases, newest in used if (trouble := _try(conn, bundle_id, cases, newest))]
    if troubles:
        raise Unloadable(Text("\n".join(map(_told_ar, troubles)), "\n".join(map(_told_en, troubles))))
    return len(used)


def what_would_go(db: Database, revision: str) -> dict[str, int]:
    """The rows that going back to an older revision would lose, by table: those of tables that came later. What later
    columns hold is not counted. The database is not changed."""
    with tempfile.TemporaryDirectory() as scratch, closing(Database(f"sqlite:///{scratch}/then.db")) as then:
        schema.upgrade(then, revision)
        with then.read() as conn:
            kept = set(inspect(conn).get_table_names())
    with db.read() as conn:
        gone = sorted(set(inspect(conn).get_table_names()) - kept)
        counts = {name: conn.scalar(select(func.count()).select_from(table(name))) or 0 for name in gone}
    return {name: count for name, count in counts.items() if count}


def _used(conn: Connection) -> list[tuple[int, int, bool]]:
    """Every bundle in use: its id, how many cases hold it that are open or still checked on after their closure, and
    whether it is the newest."""
    newest = conn.scalar(select(func.max(bundle.c.id)))
    waits = exists().where(timer.c.case_id == case_file.c.id)
    held = select(case_file.c.bundle_id, func.count()).where(or_(case_file.c.status != "closed", waits))
    counts: dict[int, int] = {row[0]: row[1] for row in conn.execute(held.group_by(case_file.c.bundle_id))}
    return [(each, counts.get(each, 0), each == newest) for each in sorted({*counts} | ({newest} if newest else set()))]


def _try(conn: Connection, bundle_id: int, cases: int, newest: bool) -> Trouble | None:
    """None when the bundle loads. Whatever goes wrong in reading it is its trouble, never the end of the others."""
    ids = json.loads(conn.scalar(select(bundle.c.content).where(bundle.c.id == bundle_id)) or "[]")
    chosen = select(definition.c.kind, definition.c.key, definition.c.version, definition.c.source)
    rows = conn.execute(chosen.where(definition.c.id.in_(ids)).order_by(definition.c.id)).all()
    sources = {f"{row.kind} {row.key} version {row.version}": Source(row.kind, row.key, row.source) for row in rows}
    try:
        load_definitions(sources.values())
    except Exception as error:
        alone = [name for name, source in sources.items() if source.kind in _ALONE and _fails(source)]
        named = f"{', '.join(alone)}: " if alone else ""
        return Trouble(bundle_id, cases, newest, f"{named}{_why(error)}")
    return None


def _fails(source: Source) -> bool:
    try:
        load_definitions([source])
    except Exception:
        return True
    return False


def _why(error: Exception) -> str:
    return error.text.in_("en") if isinstance(error, MasarError) else type(error).__name__


def _told_en(trouble: Trouble) -> str:
    held = f"{trouble.cases} open cases run on it" + (", new cases begin with it" if trouble.newest else "")
    return f"Bundle {trouble.bundle_id} does not load under this version ({held}): {trouble.why}"


def _told_ar(trouble: Trouble) -> str:
    held = f"تجري عليها {trouble.cases} حالات مفتوحة" + ("، وبها تبدأ الحالات الجديدة" if trouble.newest else "")
    return f"الحزمة {trouble.bundle_id} لا تُحمَّل في هذا الإصدار ({held}): {trouble.why}"
