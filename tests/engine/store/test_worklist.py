"""A worklist is a range of an index per membership: right, in order, and at one price."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, event

from engine.clock import StoppedClock
from engine.store import work_items, worklist
from engine.store.cases import CaseFile
from engine.store.database import Database
from engine.store.vault import Vault
from engine.store.worklist import Place, Reader, View
from tests.engine.store.conftest import KHALID, SALMA
from tests.engine.store.test_projection import an_item, settle

Parameters = Sequence[Any] | Mapping[str, Any]
SALMA_READS = Reader(SALMA, (("reception_officer", 4), ("duty_supervisor", 1)))


@pytest.fixture
def items(db: Database, vault: Vault, case: CaseFile, clock: StoppedClock) -> list[int]:
    """Ten items of unit 9, due an hour apart, the first two overdue; number 3 without a due date; one of unit 5."""
    wanted = [replace(an_item(case, clock, n), due_at=clock.now + timedelta(hours=n - 3)) for n in range(1, 11)]
    wanted[2] = replace(an_item(case, clock, 3), due_at=None)
    elsewhere = replace(an_item(case, clock, 11), unit_id=5, unit_path="/1/5/", groups=("reception_officer",))
    settle(db, vault, case, clock, *wanted, elsewhere)
    return [item.id for item in [*wanted, elsewhere]]


def read(db: Database, reader: Reader, view: View, clock: StoppedClock) -> list[int]:
    with db.read() as conn:
        return [row.id for row in worklist.rows(conn, reader, view, clock.now)]


def test_groups_see_what_lies_at_or_below_their_unit_once_and_earliest_first(
    db: Database, items: list[int], clock: StoppedClock
) -> None:
    expected = [*items[:2], *items[3:10], items[2]]
    assert read(db, SALMA_READS, "groups", clock) == expected
    assert read(db, Reader(SALMA, (("reception_officer", 5),)), "groups", clock) == [items[10]]
    assert read(db, Reader(SALMA, (("auditor", 1),)), "groups", clock) == []
    assert read(db, Reader(SALMA, ()), "groups", clock) == []


def test_pages_follow_each_other_without_gap_or_repeat(db: Database, items: list[int], clock: StoppedClock) -> None:
    seen: list[int] = []
    after = None
    with db.read() as conn:
        while page := worklist.rows(conn, SALMA_READS, "groups", clock.now, after, limit=3):
            seen += [row.id for row in page]
            after = Place(page[-1].sort_at, page[-1].id)
    assert seen == [*items[:2], *items[3:10], items[2]]


def test_claimed_work_moves_from_the_groups_to_its_owner(db: Database, items: list[int], clock: StoppedClock) -> None:
    db.run(lambda conn: work_items.assign(conn, items[4], SALMA))
    assert read(db, SALMA_READS, "mine", clock) == [items[4]]
    assert items[4] not in read(db, SALMA_READS, "groups", clock)
    assert items[4] not in read(db, Reader(KHALID, (("reception_officer", 1),)), "groups", clock)
    db.run(lambda conn: work_items.assign(conn, items[4], None))
    assert items[4] in read(db, SALMA_READS, "groups", clock)


def test_overdue_is_what_is_late_of_mine_and_my_groups(db: Database, items: list[int], clock: StoppedClock) -> None:
    db.run(lambda conn: work_items.assign(conn, items[1], SALMA))
    assert read(db, SALMA_READS, "overdue", clock) == items[:2]
    with db.read() as conn:
        assert worklist.counts(conn, SALMA_READS, clock.now) == {"mine": 1, "groups": 9, "overdue": 2}


def test_nobody_is_offered_work_they_are_barred_from(
    db: Database, vault: Vault, case: CaseFile, clock: StoppedClock
) -> None:
    settle(db, vault, case, clock, replace(an_item(case, clock, 1), barred=(SALMA, 33)))
    assert read(db, SALMA_READS, "groups", clock) == []
    assert len(read(db, Reader(KHALID, SALMA_READS.memberships), "groups", clock)) == 1


@pytest.mark.usefixtures("items")
def test_a_row_carries_its_case(db: Database, case: CaseFile, clock: StoppedClock) -> None:
    with db.read() as conn, db.counted() as counted:
        row = worklist.rows(conn, SALMA_READS, "groups", clock.now)[0]
    assert (row.case_number, row.case_kind, row.has_draft) == (case.number, "case", False)
    assert len(counted.statements) == 1


def test_no_statement_scans_a_table(db: Database, clock: StoppedClock, items: list[int]) -> None:
    place = Place(clock.now, items[0])
    with db.read() as conn, db.counted() as counted:
        worklist.rows(conn, SALMA_READS, "overdue", clock.now, place)
        worklist.counts(conn, SALMA_READS, clock.now)
    assert len(counted.statements) == 2
    for view in ("mine", "groups", "overdue"):
        plan = plan_of(db, partial(worklist.rows, reader=SALMA_READS, view=view, now=clock.now, after=place))
        assert "SCAN work_item" not in plan
        assert "Seq Scan on work_item" not in plan
        assert "worklist" in plan or "mine" in plan


def plan_of(db: Database, work: Callable[[Connection], object]) -> str:
    """How the database goes about the last statement of `work`."""
    taken: list[tuple[str, Parameters]] = []

    def listen(_c: object, _cursor: object, statement: str, parameters: Parameters, _x: object, _m: object) -> None:
        taken.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", listen)
    with db.read() as conn:
        if not db.is_sqlite:  # so few rows are read fastest as a whole; what matters is that they need not be
            conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
        work(conn)
        event.remove(db.engine, "before_cursor_execute", listen)
        statement, parameters = taken[-1]
        explain = "EXPLAIN QUERY PLAN " if db.is_sqlite else "EXPLAIN "
        rows = conn.exec_driver_sql(explain + statement, parameters).all()
    return "\n".join(str(row[-1]) for row in rows)
