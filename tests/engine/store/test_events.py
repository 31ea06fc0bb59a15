"""The history is numbered, chained and sealed, and says so when somebody has been at it."""

from datetime import timedelta

import pytest
from sqlalchemy import Delete, Update, delete, update

from engine.clock import StoppedClock
from engine.errors import Conflict
from engine.store import events
from engine.store.database import Database
from engine.store.events import NO_EVENTS, Head, NewEvent, event
from engine.store.master_key import KeyTrouble
from engine.store.vault import Vault

CASE = 17


@pytest.fixture
def head(db: Database, vault: Vault, clock: StoppedClock) -> Head:
    """A history of five facts."""
    vault.new_key(CASE)
    facts = [
        NewEvent("work_completed", 3, clock.now - timedelta(hours=n), f'{{"name":"سلمى {n}"}}'.encode() * 30)
        for n in range(5)
    ]
    return db.run(lambda conn: events.append(conn, vault, CASE, NO_EVENTS, facts, clock.now))


@pytest.mark.usefixtures("head")
def test_facts_come_back_as_they_were_recorded(db: Database, vault: Vault, clock: StoppedClock) -> None:
    with db.read() as conn:
        facts = events.read(conn, vault, CASE, after_seq=3)
        newest = events.read_back(conn, vault, CASE, limit=2)
    assert [fact.seq for fact in facts] == [4, 5]
    assert facts[0].payload == '{"name":"سلمى 3"}'.encode() * 30
    assert facts[0].happened_at == clock.now - timedelta(hours=3)
    assert facts[0].recorded_at == clock.now
    assert [fact.seq for fact in newest] == [5, 4]


def test_a_whole_chain_verifies(db: Database, vault: Vault, head: Head) -> None:
    with db.read() as conn:
        assert events.verify(conn, vault, CASE, head) == []


@pytest.mark.parametrize(
    "tampering",
    [
        update(event).where(event.c.seq == 3).values(actor_id=4),
        update(event).where(event.c.seq == 3).values(kind="work_cancelled"),
        update(event).where(event.c.seq == 3).values(on_behalf_of_id=9),
        update(event).where(event.c.seq == 3).values(payload=b"\x01"),
        update(event).where(event.c.seq == 3).values(mac=b"0" * 32),
        delete(event).where(event.c.seq == 3),
        delete(event).where(event.c.seq == 5),
    ],
)
def test_tampering_is_told(db: Database, vault: Vault, head: Head, tampering: Update | Delete) -> None:
    db.run(lambda conn: conn.execute(tampering))
    with db.read() as conn:
        assert len(events.verify(conn, vault, CASE, head)) == 1


def test_a_destroyed_case_cannot_be_read_and_still_verifies(db: Database, vault: Vault, head: Head) -> None:
    assert vault.destroy(CASE)
    with db.read() as conn:
        assert events.verify(conn, vault, CASE, head) == []
        with pytest.raises(KeyTrouble):
            events.read(conn, vault, CASE)


def test_two_writers_after_the_same_head_do_not_both_win(
    db: Database, vault: Vault, head: Head, clock: StoppedClock
) -> None:
    fact = [NewEvent("work_claimed", 3, clock.now, b"{}")]
    db.run(lambda conn: events.append(conn, vault, CASE, head, fact, clock.now))
    with pytest.raises(Conflict):
        db.run(lambda conn: events.append(conn, vault, CASE, head, fact, clock.now))


def test_appending_takes_one_statement(db: Database, vault: Vault, head: Head, clock: StoppedClock) -> None:
    facts = [NewEvent("work_claimed", 3, clock.now, b"{}")] * 3
    with db.counted() as counted:
        db.run(lambda conn: events.append(conn, vault, CASE, head, facts, clock.now))
    assert (len(counted.statements), counted.commits) == (1, 1)
