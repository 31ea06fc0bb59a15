"""A plan on its way to running cases: its file, its second person, and the command line."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select

from engine.actor import Actor
from engine.bpmn.migrating import Place, Plan, ProcessPlan
from engine.cli import main
from engine.commands import migration_plans as plans
from engine.commands.work import complete_work
from engine.errors import Conflict, Invalid, NotAllowed
from engine.migration_file import read_plan, write_plan
from engine.queries.accounts import actor_named
from engine.queries.rehearsal import rehearse
from engine.store import case_migrations, studio_log
from engine.store.accounts import account, membership
from engine.store.units import unit
from engine.worker import run_pass
from tests.engine.commands.house import House
from tests.engine.commands.test_migrating import line, migration_to
from tests.engine.commands.test_migration_job import many


@pytest.fixture
def analysts(house: House) -> tuple[Actor, Actor]:
    """Two analysts, who see no case."""

    def work(conn: Any) -> None:
        place = conn.scalar(select(unit.c.id).where(unit.c.code == "ministry"))
        for login in ("dima", "wael"):
            row = {"login": login, "name_ar": login, "name_en": login, "created_at": house.clock()}
            made = conn.execute(insert(account).values(row).returning(account.c.id)).scalar_one()
            conn.execute(insert(membership).values(account_id=made, role="process_analyst", unit_id=place))

    house.masar.db.run(work)
    with house.masar.db.read() as conn:
        found = [actor_named(conn, login) for login in ("dima", "wael")]
    assert found[0] and found[1]
    return found[0], found[1]


def begun(house: House, actor: Actor) -> int:
    """A plan for three cases that stand at `a` and one that stands at `b`, which is gone in the new version."""
    ids = many(house, 4, stop=1)
    old = migration_to(house, ids[0], line("a", "x", "y")).old.id
    return plans.begin(house.masar, actor, old)


def row_of(house: House, number: int) -> Any:
    with house.masar.db.read() as conn:
        return case_migrations.get(conn, number)


def test_one_proposes_and_another_approves_and_the_worker_does_it(house: House, analysts: tuple[Actor, Actor]) -> None:
    dima, wael = analysts
    number = begun(house, dima)
    assert plans.begin(house.masar, wael, row_of(house, number).old_bundle_id) == number
    with pytest.raises(Invalid):
        plans.propose_it(house.masar, dima, number, 1, " ")
    plans.propose_it(house.masar, dima, number, 1, "زيارتان في الأسبوع")
    for act in (plans.approve, lambda m, a, n: plans.refuse(m, a, n, "لا")):
        with pytest.raises(NotAllowed):
            act(house.masar, dima, number)
    with pytest.raises(NotAllowed):
        plans.approve(house.masar, house.person("huda"), number)
    with pytest.raises(NotAllowed):
        plans.withdraw(house.masar, wael, number)
    plans.approve(house.masar, wael, number)
    while run_pass(house.masar).anything:
        pass
    row = row_of(house, number)
    assert (row.state, row.total, row.moved, row.stayed) == ("done", 4, 3, 1)
    with house.masar.db.read() as conn:
        acts = [(one.act, one.actor_id) for one in studio_log.of_definition(conn, "migration", str(number))]
        assert studio_log.verify(conn, house.masar.vault) == []
    assert acts == [("approved", wael.id), ("proposed", dima.id), ("begun", dima.id)]


def test_those_that_stayed_are_tried_again_and_a_running_one_is_paused(
    house: House, analysts: tuple[Actor, Actor]
) -> None:
    dima, wael = analysts
    number = begun(house, dima)
    plans.propose_it(house.masar, dima, number, 1, "لأن")
    plans.approve(house.masar, wael, number)
    plans.pause(house.masar, dima, number)
    assert not run_pass(house.masar).anything
    plans.resume(house.masar, dima, number)
    while run_pass(house.masar).anything:
        pass
    stood = [case for case in range(1, 200) if "b" in house.items(case)]
    complete_work(house.masar, house.person("mona"), house.key(stood[0], "b"), {"text": ["x"]}, "t")
    plans.resume(house.masar, wael, number)
    while run_pass(house.masar).anything:
        pass
    assert (row_of(house, number).moved, row_of(house, number).stayed) == (3, 0)
    with pytest.raises(Conflict):
        plans.resume(house.masar, wael, number)


def test_whoever_changed_the_plan_does_not_approve_it_and_nobody_overwrites_another(
    house: House, analysts: tuple[Actor, Actor]
) -> None:
    dima, wael = analysts
    number = begun(house, dima)
    plan = Plan({"case": ProcessPlan("case", {"b": Place("x")}, {}, {"b": "x"})})
    plans.save(house.masar, wael, number, plan, 1)
    with pytest.raises(Conflict):
        plans.save(house.masar, dima, number, plan, 1)
    plans.propose_it(house.masar, dima, number, 2, "لأن")
    with pytest.raises(NotAllowed):
        plans.approve(house.masar, wael, number)
    with pytest.raises(Conflict):
        plans.save(house.masar, dima, number, plan, 2)
    plans.withdraw(house.masar, dima, number)
    assert row_of(house, number).state == "withdrawn"


def test_a_plan_that_cannot_be_followed_or_is_for_an_older_version_is_not_proposed(
    house: House, analysts: tuple[Actor, Actor]
) -> None:
    dima, _wael = analysts
    number = begun(house, dima)
    plans.save(house.masar, dima, number, Plan({"case": ProcessPlan("case", {"b": Place("nowhere")})}), 1)
    with pytest.raises(plans.Refused) as problem:
        plans.propose_it(house.masar, dima, number, 2, "لأن")
    assert [one.rule for one in problem.value.findings if one.severity == "error"] == ["target-gone"]
    plans.save(house.masar, dima, number, Plan(), 2)
    house.publish(line("a", "b", "z"))
    with pytest.raises(Conflict):
        plans.propose_it(house.masar, dima, number, 3, "لأن")


def test_a_rehearsal_tells_numbers_and_reasons_and_writes_nothing(house: House) -> None:
    ids = many(house, 4, stop=1)
    migration = migration_to(house, ids[0], line("a", "x", "y"))
    with house.masar.db.counted() as counted:
        found = rehearse(house.masar, migration)
    assert counted.commits == 0
    assert (found.total, found.looked, found.moves, found.stays) == (4, 4, 3, 1)
    assert {(one.key, one.element): count for one, count in found.reasons.items()} == {("no-target", "b"): 1}


def test_a_plan_comes_back_from_its_file_as_it_went_in(house: House) -> None:
    ids = many(house, 1)
    migration = migration_to(house, ids[0], line("a", "x"))
    plan = Plan({
        "case": ProcessPlan("case", {
            "a": Place("call_1/no"), "b": Place(None), "c d": Place(drop=True), "yes": Place("x", recompute=True)},
            {"f1": Place('f"2\\')}, {"b": "x"}),
        "gone": ProcessPlan(None)})
    written = write_plan(plan, migration.old, migration.new, ["form note: 1 → 2"])
    found = read_plan(written.encode())
    assert found.plan == plan
    assert (found.old, found.new) == (migration.old.sha256, migration.new.sha256)
    assert found.plan.undecided() == (("case", "b"),)


@pytest.mark.parametrize("text", [
    "", "a: [", "masar_migration: 1", "masar_migration: 2\nprocesses: {}", "[1, 2]",
    "masar_migration: 1\nold: {sha256: x}\nnew: {sha256: y}\nprocesses: {p: 7}",
    "masar_migration: 1\nold: {sha256: x}\nnew: {sha256: y}\nprocesses: {p: {to: p, elements: {a: [b]}}}",
    "masar_migration: 1\nold: {sha256: x}\nnew: {sha256: y}\nprocesses: {p: {to: p, elements: {a: {go: b}}}}",
    "masar_migration: 1\nold: 3\nnew: {sha256: y}\nprocesses: {}",
])
def test_what_is_no_plan_is_refused_in_both_languages(text: str) -> None:
    with pytest.raises(Invalid) as problem:
        read_plan(text.encode())
    assert problem.value.text.ar and problem.value.text.en


@pytest.fixture
def run(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The command line on the installation of the house."""
    monkeypatch.setattr("engine.cli.migrate.open_masar", lambda: house.masar)
    monkeypatch.setattr(type(house.masar), "close", lambda _self: None)
    yield lambda *args: CliRunner().invoke(main, ["migrate", *map(os.fspath, args)])


def test_the_command_line_proposes_checks_applies_and_tells(house: House, run: Any, tmp_path: Path) -> None:
    ids = many(house, 13, stop=1)
    migration_to(house, ids[0], line("a", "x", "y"))
    file = tmp_path / "plan.yaml"
    assert run("propose", "--out", file).exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert "b: null  # قل إلى أين يذهب · say where it goes" in text
    checked = run("check", file)
    assert "12 of 13 would move, 1 would stay." in checked.output, checked.output
    assert "1: case: it is not said where “b” goes" in checked.output
    file.write_text(text.replace("b: null", "b: nowhere"), encoding="utf-8")
    assert run("apply", file, "--note", "لأن").exit_code != 0
    file.write_text(text, encoding="utf-8")
    applied = run("apply", file, "--note", "لأن")
    assert "migration 1: done, bundle 1 to 2: 12 of 13 moved, 1 stay" in applied.output, applied.output
    told = run("status", "1")
    assert "it is not said where “b” goes" in told.output and "C-2026-0000" in told.output
    assert json.loads(run("status", "--json").output.splitlines()[0])["moved"] == 12
    assert run("resume", "1").exit_code == 0 and run("pause", "1").exit_code == 0
    assert run("pause", "7").exit_code != 0 and run("status", "7").exit_code != 0
    house.publish(line("a", "x", "y", "z"))
    assert "a newer version" in run("check", file).output
