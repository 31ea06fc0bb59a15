"""What is in force: the newest version of every definition, which new cases begin with, and the drafts beside it."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from engine.check import Installed
from engine.checks.source import Source as File
from engine.countries import decision_tests
from engine.definitions import Kind, Source
from engine.findings import Finding
from engine.masar import Masar
from engine.powers import destinations
from engine.store import definition_drafts
from engine.store.definitions import bundle, definition, newest_bundle_id
from engine.studio import as_file, could_be_read
from engine.text import Text

Key = tuple[str, str]
"""Stored kind and key of a definition."""


UNCHECKED = Finding(
    "", "", "check-pending", "error", Text("لم تُفحص هذه المسودة بعد.", "This draft was not checked yet."),
    Text("احفظها مرة أخرى.", "Save it again."),
)


@dataclass(frozen=True)
class Version:
    """One stored version, without its content."""

    id: int
    kind: Kind
    key: str
    version: int
    sha256: str
    published_at: datetime
    published_by: int
    written_by: int
    approved_by: int | None
    note: str


_HEAD = (
    definition.c.id, definition.c.kind, definition.c.key, definition.c.version, definition.c.sha256,
    definition.c.published_at, definition.c.published_by, definition.c.written_by, definition.c.approved_by,
    definition.c.note,
)


def newest_bundle(conn: Connection) -> int:
    """The bundle that new cases begin with; 0 before anything was published."""
    return newest_bundle_id(conn)


def newest_versions(conn: Connection) -> dict[Key, Version]:
    """Of every definition the version in force."""
    content = conn.scalar(select(bundle.c.content).where(bundle.c.id == newest_bundle(conn)))
    if content is None:
        return {}
    rows = conn.execute(select(*_HEAD).where(definition.c.id.in_(json.loads(content))))
    return {(row.kind, row.key): Version(**row._asdict()) for row in rows}


def versions_of(conn: Connection, kind: str, key: str) -> list[Version]:
    """All versions of a definition, newest first."""
    query = select(*_HEAD).where(definition.c.kind == kind, definition.c.key == key)
    return [Version(**row._asdict()) for row in conn.execute(query.order_by(definition.c.version.desc()))]


def content_of(conn: Connection, kind: str, key: str, version: int | None = None) -> bytes | None:
    """The file of a version, of the newest where none is named."""
    query = select(definition.c.source).where(definition.c.kind == kind, definition.c.key == key)
    if version is not None:
        query = query.where(definition.c.version == version)
    return conn.scalar(query.order_by(definition.c.version.desc()).limit(1))


def sources_in_force(conn: Connection) -> list[Source]:
    """The files in force."""
    content = conn.scalar(select(bundle.c.content).where(bundle.c.id == newest_bundle(conn)))
    ids = json.loads(content) if content else []
    query = select(definition.c.kind, definition.c.key, definition.c.source).where(definition.c.id.in_(ids))
    return [Source(*row) for row in conn.execute(query)]


def beside_drafts(masar: Masar, conn: Connection) -> Installed:
    """What a draft is checked among: what is in force, and instead of it every other draft that could be read, since
    drafts are written to be published together."""
    found: dict[Key, Source] = {(source.kind, source.key): source for source in sources_in_force(conn)}
    for draft in definition_drafts.all_open(conn):
        if draft.content is not None and could_be_read(findings_in(draft.findings)):
            found[draft.kind, draft.key] = Source(draft.kind, draft.key, draft.content)  # type: ignore[arg-type]
    return installed(masar, found.values())


def installed(masar: Masar, sources: Iterable[Source]) -> Installed:
    """Definitions as the surroundings of a check, with the tests of decisions that lie beside the shipped ones."""
    files = [as_file(source) for source in sources]
    return Installed([*files, *_tests(masar, {file.stem for file in files})], destinations_of(masar))


def findings_in(told: str) -> list[Finding]:
    """Findings as a draft keeps them; one that says so where it was never checked."""
    found = json.loads(told)
    return [UNCHECKED] if found is None else [Finding.of_json(one) for one in found]


def destinations_of(masar: Masar) -> frozenset[str] | None:
    """Where mail and webhooks may go, as the engineers listed it."""
    return destinations(masar.settings.destinations_file)


def _tests(masar: Masar, tables: Collection[str]) -> list[File]:
    shipped = decision_tests(masar.settings.processes, masar.settings.country)
    return [
        File(path.name, Path("processes/decisions") / path.name, "tests", path.read_bytes())
        for path in shipped if path.name.split(".")[0] in tables
    ]
