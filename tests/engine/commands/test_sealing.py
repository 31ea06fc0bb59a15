"""Whatever is done to the record behind Masar's back is found, on both databases: each test does one such thing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, delete, insert, select, update

from engine.cli.verify import verify
from engine.commands.sealing import begin_sealing, keep_where_seals_end, seal_heads
from engine.commands.standing import TOKEN_BITS
from engine.commands.work import claim_work, complete_work
from engine.errors import Invalid
from engine.heads import against, heads_of
from engine.queries.cases import case_page
from engine.replay import verify_case, verify_seals
from engine.settings import Settings
from engine.store import reads, seals
from engine.store.cases import case_file, case_scope
from engine.store.events import event
from engine.store.reads import read_head, read_log
from engine.store.seals import seal, sealed_head
from engine.store.work_items import work_item, work_item_audience
from engine.worker import run_pass
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House

VISITS = d.simple(
    "case",
    d.user("first", groups="case_manager", form="note", outputs={"risk_level": "=first.risk"}),
    d.user("second", groups="case_manager", form="note", due='=opened_at + duration("P2D")'),
    d.user("third", groups="case_manager", form="note"),
    ids=("first", "second", "third"),
)
YEARS_AGO = datetime(2024, 1, 1, tzinfo=UTC)
OF_CASE = (case_file, case_scope, event, read_log, read_head, work_item, work_item_audience)
"""The tables with rows of one case, for whoever keeps a copy of them to put back later."""


@pytest.fixture
def case(house: House) -> int:
    """A case with two events and two readings, sealed; another one beside it."""
    house.publish(VISITS)
    house.open("case", origin="another")
    case = house.open("case", case_manager="mona").id
    mona = house.person("mona")
    complete_work(house.masar, mona, house.key(case, "first"), {"text": ["زيارة"], "risk": ["high"]}, "t1")
    for _ in range(2):
        case_page(house.masar, house.person("samer"), str(case))
    seal_heads(house.masar)
    assert problems(house, case) == []
    return case


def problems(house: House, case: int) -> list[str]:
    """Everything that a run over all cases names."""
    found = list(verify_case(house.masar, case).problems) if exists(house, case) else []
    return found + [one.in_("en") for one in verify_seals(house.masar)]


def exists(house: House, case: int) -> bool:
    with house.masar.db.read() as conn:
        return conn.scalar(select(case_file.c.id).where(case_file.c.id == case)) is not None


def tamper(house: House, *statements: Any) -> None:
    """What somebody does who owns the database and not the keys."""
    house.masar.db.run(lambda conn: [conn.execute(one) for one in statements])


def of(table: Any, case: int) -> Any:
    """The rows of a case in a table."""
    if table is work_item_audience:
        return table.c.item_id.between(case << TOKEN_BITS, (case + 1) << TOKEN_BITS)
    return (table.c.id if table is case_file else table.c.case_id) == case


def copy_of(house: House, case: int) -> dict[Any, list[dict[str, Any]]]:
    with house.masar.db.read() as conn:
        rows = {t: conn.execute(select(t).where(of(t, case))).all() for t in OF_CASE}
    return {table: [row._asdict() for row in found] for table, found in rows.items()}


def put_back(house: House, case: int, copy: dict[Any, list[dict[str, Any]]]) -> None:
    def work(conn: Connection) -> None:
        for table in reversed(OF_CASE):
            conn.execute(delete(table).where(of(table, case)))
        for table, rows in copy.items():
            if rows:
                conn.execute(insert(table), rows)

    house.masar.db.run(work)


def test_a_case_that_vanished_is_missed(house: House, case: int) -> None:
    put_back(house, case, {})
    assert any(f"case {case} was sealed" in one for one in problems(house, case))


def test_a_case_put_back_to_an_earlier_state_of_itself_is_found(house: House, case: int) -> None:
    before = copy_of(house, case)
    complete_work(house.masar, house.person("mona"), house.key(case, "second"), {"text": ["ما حدث"]}, "t2")
    seal_heads(house.masar)
    put_back(house, case, before)
    assert any("put back to an earlier state" in one for one in problems(house, case))


def test_a_case_put_back_and_carried_on_differently_is_found(house: House, case: int) -> None:
    before = copy_of(house, case)
    complete_work(house.masar, house.person("mona"), house.key(case, "second"), {"text": ["ما حدث"]}, "t2")
    seal_heads(house.masar)
    put_back(house, case, before)
    complete_work(house.masar, house.person("mona"), house.key(case, "second"), {"text": ["غيره"]}, "t3")
    seal_heads(house.masar)
    assert any("seal" in one or "written anew" in one for one in problems(house, case))


def test_seals_taken_away_with_what_they_seal_are_missed_in_the_key_store(house: House, case: int) -> None:
    before = copy_of(house, case)
    complete_work(house.masar, house.person("mona"), house.key(case, "second"), {"text": ["ما حدث"]}, "t2")
    seal_heads(house.masar)
    put_back(house, case, before)
    tamper(house, delete(sealed_head).where(sealed_head.c.seal_seq == 2), delete(seal).where(seal.c.seq == 2))
    assert any("the database was put back" in one for one in problems(house, case))
    keep_where_seals_end(house.masar)  # what the restoring of a backup does
    assert problems(house, case) == []


def test_the_row_of_one_case_taken_out_of_a_seal_is_found(house: House, case: int) -> None:
    tamper(house, delete(sealed_head).where(sealed_head.c.case_id == case))
    assert "seal 1 is not what was recorded" in problems(house, case)


def test_a_seal_taken_out_of_the_middle_is_found(house: House, case: int) -> None:
    for n in range(2):
        case_page(house.masar, house.person("samer"), str(case))
        assert seal_heads(house.masar) == 1, n
    tamper(house, delete(sealed_head).where(sealed_head.c.seal_seq == 2), delete(seal).where(seal.c.seq == 2))
    assert any("seal 2 is missing" in one for one in problems(house, case))


def swapped(conn: Connection, case: int) -> None:
    for of, to in ((1, 99), (2, 1), (99, 2)):
        conn.execute(update(event).where(event.c.case_id == case, event.c.seq == of).values(seq=to))


def rekeyed(conn: Connection, case: int) -> None:
    conn.execute(update(event).where(event.c.case_id == case).values(mac=b"k" * 32))
    conn.execute(update(case_file).where(case_file.c.id == case).values(head_mac=b"k" * 32))


CHAIN: dict[str, Callable[[Connection, int], Any]] = {
    "altered": lambda conn, case: conn.execute(
        update(event).where(event.c.case_id == case, event.c.seq == 2).values(on_behalf_of_id=7)),
    "its clock altered": lambda conn, case: conn.execute(
        update(event).where(event.c.case_id == case, event.c.seq == 2).values(happened_at=YEARS_AGO)),
    "reordered": swapped,
    "keyed anew": rekeyed,
    "cut off": lambda conn, case: conn.execute(delete(event).where(event.c.case_id == case, event.c.seq == 2)),
    "first one cut off": lambda conn, case: conn.execute(
        delete(event).where(event.c.case_id == case, event.c.seq == 1)),
    "moved to another case": lambda conn, case: conn.execute(
        update(event).where(event.c.case_id == case, event.c.seq == 2).values(case_id=case - 1)),
}


@pytest.mark.parametrize("way", CHAIN)
def test_events_that_were_tampered_with_are_found(house: House, case: int, way: str) -> None:
    house.masar.db.run(lambda conn: CHAIN[way](conn, case))
    assert any(check.key != "seals" and check.problems for check in verify_case(house.masar, case).checks)


READING: dict[str, tuple[Any, ...]] = {
    "the last one": (delete(read_log).where(read_log.c.seq == 2),),
    "all of them": (delete(read_log),),
    "all of them and their end": (delete(read_log), delete(read_head)),
    "the last one and the end": (delete(read_log).where(read_log.c.seq == 2), delete(read_head)),
    "the last one, the end set back": (
        delete(read_log).where(read_log.c.seq == 2), update(read_head).values(seq=1)),
    "who it was": (update(read_log).where(read_log.c.seq == 2).values(account_id=99),),
}


@pytest.mark.parametrize("what", READING)
def test_readings_that_were_taken_away_are_missed(house: House, case: int, what: str) -> None:
    tamper(house, *READING[what])
    assert problems(house, case)
    house.clock.advance(timedelta(seconds=1))
    case_page(house.masar, house.person("samer"), str(case))  # nobody is kept from reading meanwhile
    assert problems(house, case)


LISTS: dict[str, tuple[str, Callable[[int], Any]]] = {
    "hidden from its groups": ("not shown to those", lambda _: delete(work_item_audience)),
    "shown to others": (
        "not shown to those", lambda _: update(work_item_audience).where(work_item_audience.c.unit_id == 1)
        .values(role="dept_head")),
    "with somebody else": ("with somebody else", lambda case: of_item(case).values(assignee_id=1)),
    "for other groups": ("for other groups", lambda case: of_item(case).values(groups=",dept_head,")),
    "barring somebody": ("bars other people", lambda case: of_item(case).values(barred=",1,")),
    "due later": ("another due date", lambda case: of_item(case).values(due_at=None)),
    "done": ("missing from the lists", lambda case: of_item(case).values(status="done")),
    "its risk lowered": ("the risk level is not", lambda case: of_file(case).values(risk="low")),
    "its manager changed": ("the manager is not", lambda case: of_file(case).values(manager_id=2)),
}


def of_item(case: int) -> Any:
    return update(work_item).where(work_item.c.case_id == case, work_item.c.element == "second")


def of_file(case: int) -> Any:
    return update(case_file).where(case_file.c.id == case)


@pytest.mark.parametrize("way", LISTS)
def test_lists_and_heads_that_show_something_else_are_found(house: House, case: int, way: str) -> None:
    told, make = LISTS[way]
    tamper(house, make(case))
    found = verify_case(house.masar, case).problems
    assert any(told in one for one in found), found


def test_a_list_kept_outside_finds_what_the_owner_of_all_keys_did(house: House, case: int) -> None:
    before = copy_of(house, case)
    complete_work(house.masar, house.person("mona"), house.key(case, "second"), {"text": ["ما حدث"]}, "t2")
    seal_heads(house.masar)
    kept = "\n".join(heads_of(house.masar))
    assert against(house.masar, kept) == []
    put_back(house, case, before)
    tamper(house, delete(sealed_head).where(sealed_head.c.seal_seq == 2), delete(seal).where(seal.c.seq == 2))
    keep_where_seals_end(house.masar)
    assert problems(house, case) == []  # everything was put back, here and in the key store
    told = [one.in_("en") for one in against(house.masar, kept)]
    assert any("put back to an earlier state" in one for one in told) and any("seal 2" in one for one in told)
    put_back(house, case, {})
    assert any("no longer there" in one.in_("en") for one in against(house.masar, kept))
    with pytest.raises(Invalid):
        against(house.masar, kept.replace(f"case\t{case}\t", f"case\t{case + 1}\t"))


def test_the_worker_seals_what_grew_once_a_minute_and_nothing_else(house: House, case: int) -> None:
    begin_sealing(house.masar)
    run_pass(house.masar)
    with house.masar.db.read() as conn:
        last = seals.last(conn)
    assert last is not None and last.seq == 1
    with house.masar.db.counted() as counted:
        run_pass(house.masar)
    assert (len(counted.statements), counted.commits) == (1, 0)
    claim_work(house.masar, house.person("mona"), house.key(case, "second"))
    assert "1 events are not sealed yet" in verify_case(house.masar, case).unproven[0].in_("en")
    house.clock.advance(timedelta(minutes=1))
    run_pass(house.masar)
    with house.masar.db.read() as conn:
        rows = conn.execute(select(sealed_head.c.case_id).where(sealed_head.c.seal_seq == 2)).all()
    assert [row.case_id for row in rows] == [case]
    assert verify_case(house.masar, case).unproven == () and problems(house, case) == []


def test_logs_from_before_ends_were_kept_are_taken_over_by_the_first_seal(house: House) -> None:
    house.publish(VISITS)
    case = house.open("case").id
    case_page(house.masar, house.person("samer"), str(case))
    tamper(house, delete(read_head))
    seal_heads(house.masar)
    assert problems(house, case) == []
    with house.masar.db.read() as conn:
        assert reads.verify(conn, house.masar.vault, case) == []


def test_the_command_writes_heads_compares_them_and_says_what_it_proves(
    house: House, case: int, settings: Settings, tmp_path: Path
) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        environment = {
            "MASAR_HOME": str(settings.home), "DATABASE_URL": settings.database_url, "KEYS_URL": settings.keys_url,
        }
        done = CliRunner(env=environment).invoke(verify, list(arguments))
        return done.exit_code, done.output

    kept = tmp_path / "heads.txt"
    code, told = run("--heads", str(kept))
    assert (code, "2 cases and reports verified, 0 problems." in told, "Not proven:" in told) == (0, True, True)
    assert "case\t2\tC-2026-000002\t2\t" in kept.read_text("utf-8") and "زيارة" not in kept.read_text("utf-8")
    assert run("--against", str(kept)) == (code, told)
    assert run("C-2026-000002", "--heads", "-")[1].count("\tC-2026-") == 2
    put_back(house, case, {})
    code, told = run("--against", str(kept), "--heads", str(tmp_path / "bad.txt"))
    assert code == 1 and "no longer there" in told and "was sealed and is no longer there" in told
    assert not (tmp_path / "bad.txt").exists()
    kept.write_text("something else", "utf-8")
    assert "not a sound list" in run("--against", str(kept))[1]
