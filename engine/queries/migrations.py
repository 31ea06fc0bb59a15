"""The pages of migrations: which versions still have running cases, and one plan with everything that can be chosen.
Numbers only: nothing here is of a case."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.access import may
from engine.actor import Actor
from engine.bpmn.migrating import Choice, Reason, choices, judge
from engine.commands.migrating import Migration
from engine.commands.migration_job import load
from engine.commands.migration_plans import UNDER_WAY, is_own
from engine.errors import NotFound
from engine.findings import Finding
from engine.masar import Masar
from engine.migration_file import write_plan
from engine.queries.changed import Different, changed_between, told
from engine.queries.in_force import newest_bundle
from engine.queries.naming import Names, element_name, process_name
from engine.queries.rehearsal import Rehearsal, rehearse
from engine.queries.studio import demand_reader
from engine.store import case_migrations
from engine.store.definitions import bundle
from engine.text import Text

MOST_REHEARSED, MOST_SECONDS = 1_000, 8.0
"""How many cases a page looks at, and for how long; `./run migrate check` looks at all."""


@dataclass(frozen=True)
class OldVersion:
    """An older bundle under which cases and reports run. `under_way` is the migration away from it, if there is one."""

    bundle_id: int
    made_at: datetime
    running: int
    under_way: int | None


@dataclass(frozen=True)
class Head:
    """A migration in the list of all."""

    id: int
    state: str
    note: str
    by: Text
    at: datetime
    total: int
    moved: int
    stayed: int
    revision: int
    own: bool
    """Whether the reader began, wrote or proposed it."""


@dataclass(frozen=True)
class MigrationsPage:
    """Versions with running cases, and migrations, newest first."""

    old: tuple[OldVersion, ...]
    newest: int
    rows: tuple[Head, ...]
    may_plan: bool

    @property
    def drafts(self) -> tuple[Head, ...]:
        """Plans that may be proposed together."""
        return tuple(row for row in self.rows if row.state == "draft")

    @property
    def to_decide(self) -> tuple[Head, ...]:
        """Plans of others that may be approved together."""
        return tuple(row for row in self.rows if row.state == "waiting" and not row.own)


@dataclass(frozen=True)
class Group:
    """One process with what can be chosen in it; numbers are those of the choices in the whole plan."""

    process: str
    name: Text
    changes: tuple[tuple[int, Choice], ...]
    same: tuple[tuple[int, Choice], ...]


@dataclass(frozen=True)
class Counted:
    """So many cases stay for a reason; `name` is what the element is called."""

    count: int
    text: Text
    name: Text


@dataclass(frozen=True)
class MigrationPage:
    """One plan, as its author or its second person reads it."""

    head: Head
    old: int
    new: int
    running: int
    revision: int
    plan_sha256: str
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]
    variables: tuple[tuple[str, str, str], ...]
    changed: tuple[Different, ...]
    stays: tuple[Counted, ...]
    decided_by: Text | None
    decided_at: datetime | None
    reason: str
    own: bool
    may_plan: bool
    may_decide: bool
    may_withdraw: bool


def migrations_page(masar: Masar, actor: Actor) -> MigrationsPage:
    """All of it. Raises NotAllowed."""
    demand_reader(actor)
    with masar.db.read() as conn:
        newest, running = newest_bundle(conn), case_migrations.running(conn)
        made = {row.id: row.created_at for row in conn.execute(select(bundle.c.id, bundle.c.created_at))}
        old = []
        for bundle_id in sorted(running.keys() - {newest}, reverse=True):
            there: Any = case_migrations.of_bundle(conn, bundle_id, UNDER_WAY)
            at = there.id if there is not None else None
            old.append(OldVersion(bundle_id, made[bundle_id], running[bundle_id], at))
        rows: Sequence[Any] = case_migrations.newest(conn)
        names = Names(conn, [row.proposed_by or row.begun_by for row in rows])
    heads = tuple(_head(row, names, actor) for row in rows)
    return MigrationsPage(tuple(old), running.get(newest, 0), heads, may(actor, "plan_migrations"))


def migration_page(masar: Masar, actor: Actor, migration_id: int) -> MigrationPage:
    """One plan. Raises NotAllowed, NotFound."""
    row, migration = _loaded(masar, actor, migration_id)
    old, new, plan = migration.old, migration.new, migration.plan
    with masar.db.read() as conn:
        names = Names(conn, [row.begun_by, row.proposed_by, row.decided_by])
        running = case_migrations.running(conn).get(old.id, 0)
        changed = changed_between(conn, old.id, new.id)
        stays: Sequence[Any] = case_migrations.stays_of(conn, row.id)
    counts = Counter(Reason(*one) for stay in stays for one in json.loads(stay.reasons))
    own, plans = is_own(actor, row), may(actor, "plan_migrations")
    waits = row.state == "waiting"
    return MigrationPage(
        _head(row, names, actor), old.id, new.id, running, row.revision, row.plan_sha256, _groups(migration),
        tuple(judge(old.bpmn, new.bpmn, plan)),
        tuple((id, a, b) for id, one in plan.processes.items() for a, b in one.variables.items()),
        tuple(changed), counted(migration, counts), names.account(row.decided_by), row.decided_at, row.reason, own,
        plans, waits and not own and may(actor, "decide_migrations"),
        plans and (row.state == "draft" or (waits and row.proposed_by == actor.id)))


def plan_file(masar: Masar, actor: Actor, migration_id: int) -> str:
    """The plan as a file. Raises NotAllowed, NotFound."""
    _row, migration = _loaded(masar, actor, migration_id)
    with masar.db.read() as conn:
        changed = [told(one) for one in changed_between(conn, migration.old.id, migration.new.id)]
    return write_plan(migration.plan, migration.old, migration.new, changed)


def rehearsed(masar: Masar, actor: Actor, migration_id: int) -> tuple[Rehearsal, tuple[Counted, ...]]:
    """How it would go, in numbers. Raises NotAllowed, NotFound."""
    _row, migration = _loaded(masar, actor, migration_id)
    found = rehearse(masar, migration, MOST_REHEARSED, MOST_SECONDS)
    return found, counted(migration, found.reasons)


def counted(migration: Migration, reasons: Counter[Reason]) -> tuple[Counted, ...]:
    """Reasons with their numbers, the most frequent first."""
    return tuple(
        Counted(count, reason.text, element_name(migration.old, reason.process, reason.element))
        for reason, count in sorted(reasons.items(), key=lambda one: (-one[1], one[0])))


def _loaded(masar: Masar, actor: Actor, migration_id: int) -> tuple[Any, Migration]:
    demand_reader(actor)
    with masar.db.read() as conn:
        row = case_migrations.get(conn, migration_id)
    if row is None:
        raise NotFound
    return row, load(masar, row)


def _groups(migration: Migration) -> tuple[Group, ...]:
    found: dict[str, list[tuple[int, Choice]]] = {}
    for number, one in enumerate(choices(migration.old.bpmn, migration.new.bpmn, migration.plan)):
        found.setdefault(one.process, []).append((number, one))
    groups = [
        Group(
            process, process_name(migration.old, process), tuple(pair for pair in pairs if pair[1].changes),
            tuple(pair for pair in pairs if not pair[1].changes))
        for process, pairs in found.items()
    ]
    return tuple(sorted(groups, key=lambda one: not one.changes))


def _head(row: Any, names: Names, actor: Actor) -> Head:
    by = names.account(row.proposed_by if row.proposed_by is not None else row.begun_by) or Text("—")
    return Head(
        row.id, row.state, row.note, by, row.proposed_at or row.begun_at, row.total, row.moved, row.stayed,
        row.revision, is_own(actor, row))
