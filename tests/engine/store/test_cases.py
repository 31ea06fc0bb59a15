"""Case files are saved over the version that was read, and the small tables beside them keep their promises."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, select, update

from engine.clock import StoppedClock
from engine.errors import Conflict
from engine.store import cases, drafts, numbers, reads, submissions
from engine.store.cases import CaseFile, case_scope
from engine.store.database import Database, StaleVersion
from engine.store.events import Head
from engine.store.reads import read_log
from engine.store.vault import Vault
from tests.engine.store.conftest import KHALID, SALMA, open_case
from tests.engine.store.test_worklist import plan_of


def test_a_case_comes_back_as_it_was_kept(db: Database, vault: Vault, case: CaseFile) -> None:
    with db.read() as conn, db.counted() as counted:
        assert cases.load(conn, vault, case.id) == case
        assert cases.load(conn, vault, 99) is None
    assert len(counted.statements) == 2


def test_saving_takes_one_statement_and_counts_the_version(db: Database, vault: Vault, case: CaseFile) -> None:
    after = replace(case, stage="assessment", risk="high", head=Head(3, b"m"), state=b"{}", manager_id=SALMA)
    with db.counted() as counted:
        saved = db.run(lambda conn: cases.save(conn, vault, case, after))
    assert len(counted.statements) == 1
    assert saved == replace(after, version=2)
    with db.read() as conn:
        assert cases.load(conn, vault, case.id) == saved
        assert cases.head_of(conn, case.id) == Head(3, b"m")


def test_a_case_that_changed_meanwhile_is_not_overwritten(db: Database, vault: Vault, case: CaseFile) -> None:
    def save(conn: Connection) -> CaseFile:
        return cases.save(conn, vault, case, replace(case, stage="planning"))

    db.run(save)
    with pytest.raises(Conflict) as told:
        db.run(save)
    assert isinstance(told.value.__cause__, StaleVersion)


def test_a_case_that_moves_to_another_unit_is_listed_there(db: Database, vault: Vault, case: CaseFile) -> None:
    def units() -> set[int]:
        with db.read() as conn:
            return set(conn.scalars(select(case_scope.c.unit_id).where(case_scope.c.case_id == case.id)))

    assert units() == {1, 4, 9}
    db.run(lambda conn: cases.save(conn, vault, case, replace(case, unit_id=5, unit_path="/1/5/")))
    assert units() == {1, 5}


def test_the_newest_cases_of_units_and_managers_are_paged(
    db: Database, vault: Vault, case: CaseFile, clock: StoppedClock
) -> None:
    for number in (8, 9, 10):
        open_case(db, vault, clock, number)
    open_case(db, vault, clock, 11, unit_id=5, unit_path="/1/5/")
    open_case(db, vault, clock, 12, unit_id=5, unit_path="/1/5/", manager_id=KHALID)
    with db.read() as conn:
        first = cases.newest_ids(conn, {4, 9}, SALMA, limit=2)
        rest = cases.newest_ids(conn, {4, 9}, SALMA, first[-1], limit=9)
        mine = cases.newest_ids(conn, set(), KHALID)
        plan = plan_of(db, lambda conn: cases.newest_ids(conn, {4, 9}, SALMA, 10))
    assert ([*first, *rest], mine) == ([10, 9, 8, case.id], [12])
    assert "SCAN case" not in plan
    assert "Seq Scan" not in plan


@pytest.mark.usefixtures("ministry")
def test_the_same_opening_twice_gives_one_case(db: Database, vault: Vault, clock: StoppedClock) -> None:
    open_case(db, vault, clock, 8, origin_key="report 3 person 1")
    with pytest.raises(Conflict):
        open_case(db, vault, clock, 9, origin_key="report 3 person 1")
    with db.read() as conn:
        assert cases.by_origin(conn, "report 3 person 1") == 8
        assert cases.by_origin(conn, "report 3 person 2") is None


def test_numbers_are_handed_out_once_and_per_year(db: Database) -> None:
    taken = [db.run(partial(numbers.take_case, kind="case", year=year)) for year in (2026, 2026, 2027)]
    assert taken == [(1, "C-2026-000001"), (2, "C-2026-000002"), (3, "C-2027-000001")]
    assert db.run(lambda conn: numbers.take(conn, "x", 5)) == 1
    assert db.run(lambda conn: numbers.take(conn, "x")) == 6


def test_a_draft_keeps_the_newest_typing_of_each_person(
    db: Database, vault: Vault, case: CaseFile, clock: StoppedClock
) -> None:
    item = case.id << 22
    for who, typed in ((SALMA, b"first"), (KHALID, b"other"), (SALMA, b"second")):
        db.run(partial(drafts.save, vault=vault, case_id=case.id, item_id=item, account_id=who, payload=typed,
                       now=clock.now))
    with db.read() as conn:
        assert drafts.load(conn, vault, item, SALMA) == (b"second", clock.now)
        assert drafts.load(conn, vault, item, KHALID) == (b"other", clock.now)


def test_a_submission_is_found_again(db: Database, clock: StoppedClock) -> None:
    db.run(lambda conn: submissions.record(conn, b"t", SALMA, 7, clock.now, "R-2026-000001"))
    with db.read() as conn:
        found = submissions.find(conn, b"t")
        assert submissions.find(conn, b"u") is None
    assert found is not None
    assert (found.case_id, found.result) == (7, "R-2026-000001")
    assert db.run(lambda conn: submissions.forget_before(conn, clock.now + timedelta(days=1))) == 1


def test_readings_are_chained(db: Database, vault: Vault, case: CaseFile, clock: StoppedClock) -> None:
    for who in (SALMA, KHALID, SALMA):
        db.run(partial(reads.record, vault=vault, case_id=case.id, account_id=who, section="reporter", now=clock.now))
    with db.read() as conn:
        assert [row.account_id for row in reads.of_case(conn, case.id)] == [SALMA, KHALID, SALMA]
        assert reads.verify(conn, vault, case.id) == []
    db.run(lambda conn: conn.execute(update(read_log).where(read_log.c.seq == 2).values(account_id=SALMA)))
    with db.read() as conn:
        assert len(reads.verify(conn, vault, case.id)) == 1
