"""What is open is reconciled by id: only differences are written, and what people did to an item stays."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, select

from engine.clock import StoppedClock
from engine.store import drafts, incidents, jobs, projection, work_items, worklist
from engine.store.cases import CaseFile
from engine.store.database import Database
from engine.store.incidents import OpenIncident
from engine.store.jobs import OpenJob
from engine.store.messages import OpenMessage
from engine.store.projection import Changes, Closing, OpenThing
from engine.store.timers import OpenTimer
from engine.store.vault import Vault
from engine.store.work_items import OpenItem, work_item_audience
from engine.store.worklist import Reader
from tests.engine.store.conftest import KHALID, SALMA


def an_item(case: CaseFile, clock: StoppedClock, token: int = 1) -> OpenItem:
    return OpenItem(
        (case.id << 22) + token, case.id, "reception", "reception_interview", clock.now, 9, "/1/4/9/",
        groups=("reception_officer", "duty_supervisor"), due_at=clock.now + timedelta(days=1),
    )  # fmt: skip


def everything(case: CaseFile, clock: StoppedClock) -> list[OpenThing]:
    of = (case.id << 22, case.id, "reception", "e")
    base = case.id << 22
    return [
        an_item(case, clock),
        OpenTimer(base + 2, case.id, "p", "e", clock.now + timedelta(hours=1)),
        OpenMessage(base + 3, case.id, "p", "e", "message", "answer", b"k" * 32, clock.now, ("provider_user",), 5),
        OpenJob(base + 4, case.id, "p", "e", "mail", b'{"to":"x"}', clock.now, "ministry"),
        OpenIncident(base + 5, case.id, *of[2:], '{"ar":"تعذر"}'.encode(), clock.now),
    ]


def settle(db: Database, vault: Vault, case: CaseFile, clock: StoppedClock, *after: OpenThing,
           closing: Closing | None = None) -> Changes:
    def work(conn: Connection) -> Changes:
        before = projection.stored(conn, case.id)
        return projection.reconcile(conn, vault, before, after, closing or Closing(clock.now))

    return db.run(work)


def test_everything_a_move_opens_is_kept_and_closed_again(
    db: Database, vault: Vault, case: CaseFile, clock: StoppedClock
) -> None:
    opened = settle(db, vault, case, clock, *everything(case, clock))
    assert len(opened.added) == 5
    with db.read() as conn:
        assert len(projection.stored(conn, case.id)) == 5
        job = conn.execute(select(jobs.call_job)).one()
        assert jobs.open_payload(vault, case.id, job.payload) == b'{"to":"x"}'
        assert incidents.of_case(conn, vault, case.id)[0].text == '{"ar":"تعذر"}'.encode()
    closed = settle(db, vault, case, clock)
    assert len(closed.closed) == 5
    with db.read() as conn:
        assert projection.stored(conn, case.id) == {}
        assert conn.execute(select(work_item_audience)).all() == []


def test_nothing_changed_means_no_statement_but_the_look(
    db: Database, vault: Vault, case: CaseFile, clock: StoppedClock
) -> None:
    settle(db, vault, case, clock, *everything(case, clock))
    with db.counted() as counted:
        changes = settle(db, vault, case, clock, *everything(case, clock))
    assert len(counted.statements) == 1
    assert changes == Changes()


def test_a_finished_item_and_its_successor_take_five_statements(
    db: Database, vault: Vault, case: CaseFile, clock: StoppedClock
) -> None:
    first = an_item(case, clock)
    settle(db, vault, case, clock, first)
    with db.counted() as counted:
        settle(
            db, vault, case, clock, an_item(case, clock, 2),
            closing=Closing(clock.now, item_id=first.id, account_id=SALMA, token="t"))
    assert len(counted.statements) == 5
    with db.read() as conn:
        row = work_items.get(conn, first.id)
    assert row is not None
    assert (row.status, row.closed_by, row.closed_at, row.closed_token) == ("done", SALMA, clock.now, "t")


def test_an_item_that_vanishes_is_cancelled_and_its_drafts_go(
    db: Database, vault: Vault, case: CaseFile, clock: StoppedClock
) -> None:
    item = an_item(case, clock)
    settle(db, vault, case, clock, item)
    db.run(lambda conn: drafts.save(conn, vault, case.id, item.id, SALMA, b"{}", clock.now))
    settle(db, vault, case, clock, closing=Closing(clock.now, account_id=KHALID))
    with db.read() as conn:
        row = work_items.get(conn, item.id)
        assert row is not None
        assert row.status == "cancelled"
        assert drafts.load(conn, vault, item.id, SALMA) is None


def test_a_claim_outlives_a_move_and_ends_when_the_diagram_names_somebody_else(
    db: Database, vault: Vault, case: CaseFile, clock: StoppedClock
) -> None:
    item = an_item(case, clock)
    settle(db, vault, case, clock, item)
    assert db.run(lambda conn: work_items.assign(conn, item.id, SALMA))
    settle(db, vault, case, clock, replace(item, priority=90))
    with db.read() as conn:
        row = work_items.get(conn, item.id)
        assert row is not None
        assert (row.assignee_id, row.priority) == (SALMA, 90)
        assert {seen.claimed for seen in conn.execute(select(work_item_audience))} == {True}
    settle(db, vault, case, clock, replace(item, assignee_id=KHALID))
    with db.read() as conn:
        row = work_items.get(conn, item.id)
    assert row is not None
    assert row.assignee_id == KHALID


def test_a_moved_due_date_is_told_and_starts_the_ladder_over(
    db: Database, vault: Vault, case: CaseFile, clock: StoppedClock
) -> None:
    item = replace(an_item(case, clock), next_check_at=clock.now + timedelta(hours=20))
    settle(db, vault, case, clock, item)
    db.run(lambda conn: work_items.set_rung(conn, item.id, 2, clock.now + timedelta(hours=90)))
    settle(db, vault, case, clock, replace(item, risk="high"))
    with db.read() as conn:
        kept = work_items.get(conn, item.id)
    assert kept is not None
    assert (kept.rung, kept.next_check_at) == (2, clock.now + timedelta(hours=90))
    sooner = replace(item, due_at=clock.now + timedelta(hours=2), next_check_at=clock.now + timedelta(hours=1))
    changes = settle(db, vault, case, clock, sooner)
    assert changes.due_changed == {item.id: (item.due_at, sooner.due_at)}
    with db.read() as conn:
        moved = work_items.get(conn, item.id)
        (row,) = worklist.rows(conn, Reader(SALMA, (("reception_officer", 1),)), "groups", clock.now)
    assert moved is not None
    assert (moved.rung, moved.next_check_at) == (0, clock.now + timedelta(hours=1))
    assert row.sort_at == sooner.due_at
