"""The job behind a migration: a few cases at a time, counted with their move, on both databases; killed, paused."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.bpmn.migrating import Place, Plan, ProcessPlan
from engine.commands.migrating import Migration, migrate_case
from engine.commands.migration_job import work_on_migrations
from engine.commands.work import complete_work
from engine.library import Library
from engine.replay import verify_case
from engine.store import case_migrations
from engine.worker import run_pass
from tests.engine.commands.house import House
from tests.engine.commands.test_migrating import line, migration_to


def begun(house: House, migration: Migration) -> int:
    """A migration that runs."""
    now = house.clock()
    plan = migration.plan.told()
    values = {
        "state": "running", "old_bundle_id": migration.old.id, "new_bundle_id": migration.new.id,
        "plan": json.dumps(plan.document()), "plan_sha256": plan.sha256, "begun_by": 1, "begun_at": now, "next_at": now,
    }
    return house.masar.db.run(lambda conn: case_migrations.add(conn, values))


def standing(house: House, migration_id: int) -> tuple[Any, ...]:
    with house.masar.db.read() as conn:
        row: Any = case_migrations.get(conn, migration_id)
    return row.state, row.moved, row.stayed


def many(house: House, count: int, stop: int = 0) -> list[int]:
    """Cases under one version, of which some stand where nothing can go on."""
    house.publish(line("a", "b"))
    ids = [house.open("case", f"n{number}").id for number in range(count)]
    for case in ids[:stop]:
        complete_work(house.masar, house.person("mona"), house.key(case, "a"), {"text": ["x"]}, f"t{case}")
    return ids


def test_the_worker_moves_all_cases_a_few_at_a_time_and_lists_those_that_stay(house: House) -> None:
    ids = many(house, 23, stop=2)
    plan = Plan({"case": ProcessPlan("case", {"b": Place(None)})})
    number = begun(house, migration_to(house, ids[0], line("a", "x"), plan=plan))
    assert run_pass(house.masar).migrated == 10
    assert standing(house, number) == ("running", 8, 2)
    while run_pass(house.masar).anything:
        pass
    assert standing(house, number) == ("done", 21, 2)
    with house.masar.db.read() as conn:
        told = [json.loads(row.reasons) for row in case_migrations.stays_of(conn, number)]
        left = case_migrations.running(conn)
    assert told == [[["no-target", "case", "b"]]] * 2
    assert sorted(left.values()) == [2, 21]
    assert all(verify_case(house.masar, case).problems == () for case in ids[:4])


class Killed(BaseException):
    """The process is gone."""


def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_half_done_and_another_goes_on(
    house: House, monkeypatch: Any
) -> None:
    ids = many(house, 14)
    number = begun(house, migration_to(house, ids[0], line("a", "b", "c")))
    count, calls = case_migrations.count, []

    def dies(*args: Any, **more: Any) -> bool:
        calls.append(1)
        if len(calls) == 6:
            raise Killed
        return count(*args, **more)

    monkeypatch.setattr(case_migrations, "count", dies)
    with pytest.raises(Killed):
        run_pass(house.masar)
    monkeypatch.undo()
    assert standing(house, number) == ("running", 5, 0)
    assert not run_pass(house.masar).migrated  # the lease of the dead one
    house.clock.advance(timedelta(seconds=61))
    while run_pass(house.masar).anything:
        pass
    assert standing(house, number) == ("done", 14, 0)
    assert [house.kinds(case).count("case_migrated") for case in ids] == [1] * 14


def test_a_paused_migration_stops_between_two_cases_and_goes_on_where_it_stopped(
    house: House, monkeypatch: Any
) -> None:
    ids = many(house, 12)
    number = begun(house, migration_to(house, ids[0], line("a", "b", "c")))
    count, calls = case_migrations.count, []

    def pauses(conn: Any, *args: Any, **more: Any) -> bool:
        calls.append(1)
        if len(calls) == 4:
            case_migrations.change(conn, number, "running", {"state": "paused"})
        return count(conn, *args, **more)

    monkeypatch.setattr(case_migrations, "count", pauses)
    run_pass(house.masar)
    monkeypatch.undo()
    assert standing(house, number)[1:] == (3, 0)  # the transaction of the fourth was undone, its pause with it
    house.masar.db.run(lambda conn: case_migrations.change(conn, number, "running", {"state": "paused"}))
    house.clock.advance(timedelta(seconds=61))
    assert not run_pass(house.masar).migrated
    now = house.clock()
    house.masar.db.run(lambda conn: case_migrations.change(
        conn, number, "paused", {"state": "running", "next_at": now}))
    while run_pass(house.masar).anything:
        pass
    assert standing(house, number) == ("done", 12, 0)


def test_two_workers_move_no_case_twice(house: House) -> None:
    ids = many(house, 5)
    number = begun(house, migration_to(house, ids[0], line("a", "b", "c")))
    migration_of = work_on_migrations(house.masar)
    house.masar.db.run(lambda conn: case_migrations.change(
        conn, number, "done", {"state": "running", "after_id": 0, "next_at": house.clock()}))
    work_on_migrations(replace(house.masar, library=Library()))
    assert migration_of.cases == 5
    assert standing(house, number) == ("done", 5, 0)
    assert [house.kinds(case).count("case_migrated") for case in ids] == [1] * 5


def test_the_cost_of_a_case_is_that_of_any_move(house: House) -> None:
    ids = many(house, 3)
    migration = migration_to(house, ids[0], line("a", "b", "c"))
    migrate_case(house.masar, migration, ids[0])
    with house.masar.db.counted() as counted:
        migrate_case(house.masar, migration, ids[1])
    assert len(counted.statements) <= 12, "\n".join(counted.statements)
    assert counted.commits == 1


