"""Drafts, proposals and the record of the studio, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from engine.clock import StoppedClock
from engine.errors import Conflict
from engine.store import definition_drafts, proposals, studio_log
from engine.store.database import Database
from engine.store.definition_drafts import Draft
from engine.store.proposals import Item
from engine.store.vault import Vault


def draft(clock: StoppedClock, revision: int, content: bytes | None) -> Draft:
    return Draft("form", "note", revision, content, 0, (4, 7), 7, clock())


def test_a_draft_is_written_over_the_revision_that_was_read_only(db: Database, clock: StoppedClock) -> None:
    first, second = draft(clock, 1, b"\x00\xff one"), draft(clock, 2, b"two")
    assert db.run(lambda conn: definition_drafts.write(conn, first, None))
    assert db.run(lambda conn: definition_drafts.write(conn, second, first))
    assert not db.run(lambda conn: definition_drafts.write(conn, replace(second, content=b"late"), first))
    with db.read() as conn:
        assert definition_drafts.get(conn, "form", "note") == second
        assert definition_drafts.all_open(conn) == [second]
    db.run(lambda conn: definition_drafts.write(conn, draft(clock, 3, None), second))
    with db.read() as conn:
        assert definition_drafts.all_open(conn) == []


def test_two_who_begin_the_same_draft_are_not_both_first(db: Database, clock: StoppedClock) -> None:
    db.run(lambda conn: definition_drafts.write(conn, draft(clock, 1, b"one"), None))
    with pytest.raises(Conflict):
        db.run(lambda conn: definition_drafts.write(conn, draft(clock, 1, b"two"), None))


def test_what_was_set_aside_is_kept_for_each_person(db: Database, clock: StoppedClock) -> None:
    def keep(conn: Connection) -> None:
        for account, content in ((4, b"old"), (7, b"theirs"), (4, b"mine")):
            definition_drafts.keep_aside(conn, "form", "note", account, content, clock())

    db.run(keep)
    db.run(lambda conn: definition_drafts.forget_aside(conn, "form", "note", 7))
    with db.read() as conn:
        assert definition_drafts.aside_of(conn, "form", "note", 4) == (b"mine", clock())
        assert definition_drafts.aside_of(conn, "form", "note", 7) is None


def test_a_proposal_is_frozen_and_decided_once(db: Database, clock: StoppedClock) -> None:
    items = [Item("form", "note", b"new", 1, (4,)), Item("list", "answers", b"a: []", 0, (4, 7))]
    made = db.run(lambda conn: proposals.add(conn, "لأن", 4, items, clock()))
    with db.read() as conn:
        assert proposals.items_of(conn, made) == items
        assert proposals.waiting_for(conn, "list", "answers") == made
        assert [row.id for row in proposals.waiting(conn)] == [made]
    assert db.run(lambda conn: proposals.decide(conn, made, "refused", 7, "غامض", clock()))
    assert not db.run(lambda conn: proposals.decide(conn, made, "published", 7, "", clock()))
    with db.read() as conn:
        assert proposals.waiting_for(conn, "form", "note") is None


def test_the_record_is_one_chain(db: Database, vault: Vault, clock: StoppedClock) -> None:
    def record(conn: Connection) -> None:
        for key in ("note", "case", "note"):
            studio_log.record(conn, vault, "begun", "form", key, 4, clock(), note="لأن")

    db.run(record)
    with db.read() as conn:
        assert [row.seq for row in studio_log.of_definition(conn, "form", "note")] == [3, 1]
        assert studio_log.verify(conn, vault) == []
    db.run(lambda conn: conn.execute(studio_log.studio_log.delete().where(studio_log.studio_log.c.seq == 2)))
    with db.read() as conn:
        assert studio_log.verify(conn, vault)
