"""Running cases are moved to newer definitions with everything that hangs on them, by the real commands, on both
databases; what cannot be moved stays, whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from engine.bpmn.migrating import CannotMove, Place, Plan, ProcessPlan, propose
from engine.commands import moving
from engine.commands.migrating import Migration, ThereAlready, migrate_case, why_it_stays
from engine.commands.work import claim_work, complete_work, save_draft
from engine.errors import Conflict, NotFound
from engine.queries.cases import case_page
from engine.queries.work import work_page
from engine.replay import verify_case
from engine.store import cases, drafts
from engine.store.cases import case_file
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import NOTE, House

DUE = '=opened_at + duration("P3D")'


def line(*users: str, due: str = DUE, reviews: str = "") -> bytes:
    """A process of work items one after the other, each with the form `note`; the last may review another."""
    parts = [
        d.user(id, groups="case_manager", form="note", due=due, not_done_by=reviews if id == users[-1] else "")
        for id in users
    ]
    return d.file(d.process("case", d.start(), d.end(), *parts, d.path("S", *users, "E")))


def case_of(house: House, *diagrams: bytes, origin: str = "one") -> int:
    """A case that was begun under these diagrams."""
    house.publish(*diagrams)
    return house.open("case", origin, person={"full_name": "ليلى"}).id


def migration_to(house: House, case: int, *diagrams: bytes, plan: Plan | None = None) -> Migration:
    """A migration from the version of a case to these diagrams, as it is proposed where no plan is given."""
    house.publish(*diagrams)
    with house.masar.db.read() as conn:
        stored = cases.load_plain(conn, case)
        assert stored is not None
        old, new = house.masar.library.of(conn, stored.bundle_id), house.masar.library.latest(conn)
    return Migration(1, plan or propose(old.bpmn, new.bpmn), old, new)


def rows(house: House, case: int) -> dict[str, Any]:
    return dict(house.items(case))


def test_an_open_work_item_keeps_its_id_its_holder_its_due_date_and_what_is_typed_in_it(house: House) -> None:
    case, mona = case_of(house, line("visit", "report")), house.person("mona")
    claim_work(house.masar, mona, house.key(case, "visit"))
    save_draft(house.masar, mona, house.key(case, "visit"), {"text": ["نصف جملة"]})
    before = rows(house, case)["visit"]
    house.clock.advance(timedelta(hours=5))
    later, plan = '=opened_at + duration("P9D")', Plan({"case": ProcessPlan("case", {"visit": Place("home")})})
    migrate_case(
        house.masar, migration_to(house, case, line("home", "more", "report", due=later), plan=plan), case)
    after = rows(house, case)["home"]
    kept = ("id", "assignee_id", "due_at", "since", "form_sha256", "rung", "next_check_at")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert work_page(house.masar, mona, str(after.id)).values == {"text": ["نصف جملة"]}
    assert house.kinds(case)[-1] == "case_migrated"
    complete_work(house.masar, mona, str(after.id), {"text": ["جملة"]}, "t")
    assert list(rows(house, case)) == ["more"]
    assert verify_case(house.masar, case).problems == ()


def test_the_record_tells_of_the_move_and_holds_before_and_after_it(house: House) -> None:
    case = case_of(house, line("visit", "report"))
    mona = house.person("mona")
    complete_work(house.masar, mona, house.key(case, "visit"), {"text": ["أولى"]}, "t")
    plan = Plan({"case": ProcessPlan("case", {"visit": Place("home"), "report": Place("told")}, {}, {"visit": "home"})})
    migration = replace(migration_to(house, case, line("home", "told"), plan=plan), approved_by=house.person("huda").id)
    migrate_case(house.masar, migration, case)
    page = case_page(house.masar, house.person("samer"), str(case))
    assert "approved by Huda" in page.timeline.rows[0].what.in_("en")
    assert {row.element for row in rows(house, case).values()} == {"told"}
    again = migration_to(house, case, line("home", "told", "third"))
    migrate_case(house.masar, again, case)
    complete_work(house.masar, mona, house.key(case, "told"), {"text": ["ثانية"]}, "u")
    assert verify_case(house.masar, case).problems == ()
    with house.masar.db.read() as conn:
        stored = cases.load_plain(conn, case)
    assert stored and stored.bundle_id == again.new.id
    house.masar.db.run(lambda conn: conn.execute(
        update(case_file).where(case_file.c.id == case).values(bundle_id=again.old.id)))
    assert verify_case(house.masar, case).problems != ()


def test_who_did_a_step_does_not_review_it_under_its_new_name(house: House) -> None:
    case, mona = case_of(house, line("visit", "review", reviews="visit")), house.person("mona")
    complete_work(house.masar, mona, house.key(case, "visit"), {"text": ["x"]}, "t")
    plan = Plan({"case": ProcessPlan("case", {"visit": Place("home")}, {}, {"visit": "home"})})
    migrate_case(
        house.masar, migration_to(house, case, line("home", "review", reviews="home"), plan=plan), case)
    with pytest.raises(NotFound):
        complete_work(house.masar, mona, house.key(case, "review"), {"text": ["y"]}, "u")
    complete_work(house.masar, house.person("karim"), house.key(case, "review"), {"text": ["y"]}, "v")
    assert verify_case(house.masar, case).problems == ()


def test_a_case_is_moved_once_and_one_of_another_version_not_at_all(house: House) -> None:
    case = case_of(house, line("a"))
    migration = migration_to(house, case, line("a", "b"))
    migrate_case(house.masar, migration, case)
    with pytest.raises(ThereAlready):
        migrate_case(house.masar, migration, case)
    other = migration_to(house, case, line("a", "b", "c"))
    with pytest.raises(CannotMove):
        migrate_case(house.masar, replace(other, old=migration.old), case)
    assert house.kinds(case).count("case_migrated") == 1


def test_nothing_is_written_of_a_case_that_cannot_be_moved(house: House) -> None:
    case = case_of(house, line("visit"))
    migration = migration_to(house, case, line("other", "another"))
    before = (house.kinds(case), rows(house, case))
    with pytest.raises(CannotMove) as problem:
        migrate_case(house.masar, migration, case)
    assert [(one.key, one.element) for one in problem.value.reasons] == [("no-target", "visit")]
    with house.masar.db.read() as conn:
        assert why_it_stays(house.masar, conn, migration, case) == problem.value.reasons
    assert (house.kinds(case), rows(house, case)) == before


SHORT = NOTE.replace(b'"key": "text"', b'"key": "words"')


def test_a_draft_that_the_new_form_has_no_place_for_keeps_its_case(house: House, monkeypatch: Any) -> None:
    case, mona = case_of(house, line("visit")), house.person("mona")
    save_draft(house.masar, mona, house.key(case, "visit"), {"text": ["كلام"], "risk": [""]})
    monkeypatch.setattr("tests.engine.commands.house.NOTE", SHORT)
    migration = migration_to(house, case, line("visit"))
    for _ in range(2):
        with pytest.raises(CannotMove) as problem:
            migrate_case(house.masar, migration, case)
        assert [one.key for one in problem.value.reasons] == ["draft-does-not-fit"]
    with house.masar.db.read() as conn:
        assert [one.key for one in why_it_stays(house.masar, conn, migration, case)] == ["draft-does-not-fit"]
    house.masar.db.run(lambda conn: drafts.discard(conn, int(house.key(case, "visit"))))
    save_draft(house.masar, mona, house.key(case, "visit"), {"risk": ["عالية"]})
    migrate_case(house.masar, migration, case)
    assert work_page(house.masar, mona, house.key(case, "visit")).values == {"risk": ["عالية"]}


def test_a_form_that_is_sent_after_the_case_went_on_under_a_newer_one_is_a_conflict(
    house: House, monkeypatch: Any
) -> None:
    case, mona = case_of(house, line("visit")), house.person("mona")
    seen = work_page(house.masar, mona, house.key(case, "visit")).form.sha256
    monkeypatch.setattr("tests.engine.commands.house.NOTE", SHORT)
    migrate_case(house.masar, migration_to(house, case, line("visit")), case)
    for act in (
        lambda: complete_work(house.masar, mona, house.key(case, "visit"), {"text": ["x"]}, "t", form_seen=seen),
        lambda: save_draft(house.masar, mona, house.key(case, "visit"), {"text": ["x"]}, seen),
    ):
        with pytest.raises(Conflict):
            act()
    complete_work(house.masar, mona, house.key(case, "visit"), {"words": ["x"]}, "t")


def test_whoever_completes_at_the_same_moment_is_not_lost_and_the_case_moves_behind_it(
    house: House, monkeypatch: Any
) -> None:
    case, mona = case_of(house, line("visit", "report")), house.person("mona")
    migration, raced = migration_to(house, case, line("visit", "report", "more")), list[bool]()
    think: Callable[..., Any] = moving.think

    def slow(*args: Any) -> Any:
        prepared = think(*args)
        if not raced:
            raced.append(True)
            complete_work(house.masar, mona, house.key(case, "visit"), {"text": ["x"]}, "t")
        return prepared

    monkeypatch.setattr(moving, "think", lambda *args: slow(*args) if args[4].onto else think(*args))
    migrate_case(house.masar, migration, case)
    assert house.kinds(case)[-2:] == ["work_completed", "case_migrated"]
    assert list(rows(house, case)) == ["report"]
    assert verify_case(house.masar, case).problems == ()
