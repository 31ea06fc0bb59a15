"""From a plan to a running migration: an analyst begins and proposes it, another one approves it, anybody of them may
pause it. None of them sees a case: what they get is numbers."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.access import may
from engine.actor import SYSTEM, Actor
from engine.bpmn.migrating import Plan, judge, propose
from engine.commands import migration_words as words
from engine.commands.migrating import Migration
from engine.commands.migration_job import load
from engine.commands.releasing import said
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.findings import Finding
from engine.masar import Masar
from engine.queries.in_force import newest_bundle
from engine.store import case_migrations, studio_log

UNDER_WAY = ("draft", "waiting", "running", "paused")


class Refused(Invalid):
    """The plan cannot be followed; `findings` say what is to be mended."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(words.WRONG)
        self.findings = tuple(findings)


def begin(masar: Masar, actor: Actor, old_bundle: int) -> int:
    """Begins a plan for the cases of a bundle, as the comparison with the newest suggests it; returns its id. Where one
    is under way already, that is it. Raises Invalid, NotAllowed, NotFound."""
    _demand(actor, "plan_migrations")
    plan, new_bundle = proposed_plan(masar, old_bundle)
    now = masar.clock()

    def work(conn: Connection) -> int:
        there: Any = case_migrations.of_bundle(conn, old_bundle, UNDER_WAY)
        if there is not None:
            return int(there.id)
        values = _said(plan) | {
            "state": "draft", "old_bundle_id": old_bundle, "new_bundle_id": new_bundle, "begun_by": actor.id,
            "begun_at": now,
        }
        made = case_migrations.add(conn, values)
        _log(conn, masar, "begun", made, plan.sha256, actor.id, now)
        return made

    return masar.db.run(work)


def begin_all(masar: Masar, actor: Actor) -> list[int]:
    """Begins a plan for every older bundle under which cases run; returns their ids, those under way already too.
    Raises Invalid where all cases run under the newest, NotAllowed."""
    _demand(actor, "plan_migrations")
    with masar.db.read() as conn:
        newest = newest_bundle(conn)
        old = sorted(case_migrations.running(conn).keys() - {newest})
    if not old:
        raise Invalid(words.NOTHING_OLD)
    return [begin(masar, actor, one) for one in old]


def proposed_plan(masar: Masar, old_bundle: int) -> tuple[Plan, int]:
    """What the comparison of a bundle with the newest suggests, and that one's id. Raises Invalid, NotFound."""
    with masar.db.read() as conn:
        new_bundle = newest_bundle(conn)
        if old_bundle not in case_migrations.running(conn):
            raise NotFound
        if old_bundle == new_bundle:
            raise Invalid(words.NEWEST)
        old, new = masar.library.of(conn, old_bundle), masar.library.of(conn, new_bundle)
    return propose(old.bpmn, new.bpmn), new_bundle


def save(masar: Masar, actor: Actor, migration_id: int, plan: Plan, revision: int) -> None:
    """Keeps a changed plan while it is a draft. Raises Conflict where somebody else saved since."""
    _demand(actor, "plan_migrations")

    def work(conn: Connection) -> None:
        row = _there(conn, migration_id)
        authors = sorted({*json.loads(row.authors), actor.id})
        values = _said(plan) | {"revision": revision + 1, "authors": json.dumps(authors)}
        _change(conn, migration_id, "draft", values, revision)

    masar.db.run(work)


def propose_it(masar: Masar, actor: Actor, migration_id: int, revision: int, note: str) -> None:
    """Gives a plan to a second person. Raises Refused with findings, Invalid, Conflict."""
    propose_together(masar, actor, {migration_id: revision}, note)


def propose_together(masar: Masar, actor: Actor, revisions: Mapping[int, int], note: str) -> None:
    """Gives several plans to a second person, all or none: one for each older version, say. Raises Refused with the
    findings of the first that cannot be followed, Invalid, Conflict, NotFound."""
    _demand(actor, "plan_migrations")
    note, now = said(note, "note", words.NOTE), masar.clock()
    for migration_id in _some(revisions):
        _demand_sound(masar, migration_id)

    def work(conn: Connection) -> None:
        for migration_id, revision in revisions.items():
            row = _there(conn, migration_id)
            if row.new_bundle_id != newest_bundle(conn):
                raise Conflict(words.NEWER)
            values = {"state": "waiting", "note": note, "proposed_by": actor.id, "proposed_at": now}
            _change(conn, migration_id, "draft", values, revision)
            _log(conn, masar, "proposed", migration_id, row.plan_sha256, actor.id, now, note)

    masar.db.run(work)


def approve(masar: Masar, actor: Actor, migration_id: int) -> None:
    """Lets it run, as its second person. Raises NotAllowed for whoever wrote or proposed it, Conflict."""
    approve_together(masar, actor, [migration_id])


def approve_together(masar: Masar, actor: Actor, ids: Collection[int]) -> None:
    """Lets several run, all or none; the worker then moves a few cases of each in turn. Raises as `approve`."""
    _demand(actor, "decide_migrations")
    for migration_id in _some(ids):
        _demand_sound(masar, migration_id)
    now = masar.clock()

    def work(conn: Connection) -> None:
        totals = case_migrations.running(conn)
        for migration_id in ids:
            row = _there(conn, migration_id)
            _demand_other(actor, row)
            values = {"state": "running", "decided_by": actor.id, "decided_at": now, "next_at": now,
                      "total": totals.get(row.old_bundle_id, 0)}
            _change(conn, migration_id, "waiting", values)
            _log(conn, masar, "approved", migration_id, row.plan_sha256, actor.id, now)

    masar.db.run(work)


def refuse(masar: Masar, actor: Actor, migration_id: int, reason: str) -> None:
    """Sends it back for good, with the reason. Raises Invalid, NotAllowed, Conflict."""
    _demand(actor, "decide_migrations")
    reason, now = said(reason, "reason", words.REASON), masar.clock()

    def work(conn: Connection) -> None:
        row = _there(conn, migration_id)
        _demand_other(actor, row)
        values = {"state": "refused", "decided_by": actor.id, "decided_at": now, "reason": reason}
        _change(conn, migration_id, "waiting", values)
        _log(conn, masar, "refused", migration_id, row.plan_sha256, actor.id, now, reason)

    masar.db.run(work)


def withdraw(masar: Masar, actor: Actor, migration_id: int) -> None:
    """Gives up what does not run yet: a draft, or what one proposed oneself. Raises NotAllowed, Conflict."""
    _demand(actor, "plan_migrations")

    def work(conn: Connection) -> None:
        row = _there(conn, migration_id)
        if row.state == "waiting" and row.proposed_by != actor.id:
            raise NotAllowed
        _change(conn, migration_id, "draft" if row.state == "draft" else "waiting", {"state": "withdrawn"})
        _log(conn, masar, "withdrawn", migration_id, row.plan_sha256, actor.id, masar.clock())

    masar.db.run(work)


def pause(masar: Masar, actor: Actor, migration_id: int) -> None:
    """Stops it behind the case that is being moved. Raises Conflict."""
    _demand(actor, "plan_migrations")
    _pause(masar, actor.id, migration_id)


def resume(masar: Masar, actor: Actor, migration_id: int) -> None:
    """Lets a paused one go on, or one that is done try those again that stayed. Raises Conflict."""
    _demand(actor, "plan_migrations")
    _resume(masar, actor.id, migration_id)


def begun_by_the_server(masar: Masar, migration: Migration, note: str) -> int:
    """Lets a migration run that whoever owns the server begins, as `deploy` publishes: no second person is asked.
    Returns its id; begun again, it goes on. Raises Conflict where another plan is under way for these cases."""
    note, now = said(note, "note", words.NOTE), masar.clock()

    def work(conn: Connection) -> int:
        there: Any = case_migrations.of_bundle(conn, migration.old.id, UNDER_WAY)
        if there is not None:
            if there.state != "running" or there.plan_sha256 != migration.plan.sha256:
                raise Conflict(words.ANOTHER)
            return int(there.id)
        total = case_migrations.running(conn).get(migration.old.id, 0)
        made = case_migrations.add(conn, _said(migration.plan) | {
            "state": "running", "old_bundle_id": migration.old.id, "new_bundle_id": migration.new.id, "note": note,
            "begun_by": 0, "begun_at": now, "proposed_by": 0, "proposed_at": now, "decided_by": 0, "decided_at": now,
            "next_at": now, "total": total,
        })
        _log(conn, masar, "approved", made, migration.plan.sha256, 0, now, note)
        return made

    return masar.db.run(work)


def turn_from_the_server(masar: Masar, migration_id: int, to: str) -> None:
    """Pauses a migration or lets it go on, for whoever owns the server. Raises NotFound, Conflict."""
    (_pause if to == "paused" else _resume)(masar, SYSTEM.id, migration_id)


def _pause(masar: Masar, actor_id: int, migration_id: int) -> None:
    _turn(masar, actor_id, migration_id, "running", {"state": "paused", "next_at": None})


def _resume(masar: Masar, actor_id: int, migration_id: int) -> None:
    with masar.db.read() as conn:
        row = _there(conn, migration_id)
    on = {"state": "running", "next_at": masar.clock()}
    if row.state != "done":
        _turn(masar, actor_id, migration_id, "paused", on)
    elif row.stayed:
        _turn(masar, actor_id, migration_id, "done", on | {"after_id": 0, "stayed": 0, "finished_at": None})
    else:
        raise Conflict(words.CHANGED)


def _turn(masar: Masar, actor_id: int, migration_id: int, state: str, values: dict[str, Any]) -> None:
    def work(conn: Connection) -> None:
        row = _there(conn, migration_id)
        if state == "done":
            case_migrations.forget_stays(conn, migration_id)
        _change(conn, migration_id, state, values)
        act = "paused" if values["state"] == "paused" else "resumed"
        _log(conn, masar, act, migration_id, row.plan_sha256, actor_id, masar.clock())

    masar.db.run(work)


def _some(ids: Collection[int]) -> Collection[int]:
    if not ids:
        raise Invalid(words.NONE_CHOSEN)
    return ids


def _demand(actor: Actor, action: str) -> None:
    if not may(actor, action):
        raise NotAllowed


def _demand_other(actor: Actor, row: Any) -> None:
    if is_own(actor, row):
        raise NotAllowed(words.OWN)


def is_own(actor: Actor, row: Any) -> bool:
    """Whether the actor began, wrote or proposed a migration."""
    return actor.id in {row.begun_by, row.proposed_by, *json.loads(row.authors)}


def _demand_sound(masar: Masar, migration_id: int) -> None:
    with masar.db.read() as conn:
        row = _there(conn, migration_id)
    migration = load(masar, row)
    findings = judge(migration.old.bpmn, migration.new.bpmn, migration.plan)
    if any(one.severity == "error" for one in findings):
        raise Refused(findings)


def _there(conn: Connection, migration_id: int) -> Any:
    row = case_migrations.get(conn, migration_id)
    if row is None:
        raise NotFound
    return row


def _change(conn: Connection, migration_id: int, state: str, values: dict[str, Any], revision: int = 0) -> None:
    if not case_migrations.change(conn, migration_id, state, values, revision):
        raise Conflict(words.CHANGED)


def _said(plan: Plan) -> dict[str, Any]:
    """A plan as its row holds it, with everything that a person said of it, also that something stays."""
    return {"plan": json.dumps(plan.document(), ensure_ascii=False), "plan_sha256": plan.sha256}


def _log(
    conn: Connection, masar: Masar, act: str, migration_id: int, sha256: str, actor_id: int, now: datetime,
    note: str = "",
) -> None:  # fmt: skip
    studio_log.record(conn, masar.vault, act, "migration", str(migration_id), actor_id, now, sha256=sha256, note=note)
