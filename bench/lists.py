"""What must not depend on how much there is: a person's worklist, and a worker's pass when nothing is due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from time import process_time
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, insert, select

from bench.world import MANAGER, UNIT, open_visits
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.queries.worklist import counts_for, worklist_for
from engine.store.cases import case_file
from engine.store.timers import timer
from engine.store.units import ancestors, unit
from engine.store.work_items import work_item, work_item_audience
from engine.worker import run_pass

ROUNDS, WARM, BATCH = 150, 10, 5_000
NOISE = 1 << 40  # where the ids of synthetic rows begin
Values: TypeAlias = dict[str, Any]
"""A row by its columns."""


@dataclass
class Flatness:
    """Milliseconds of CPU with few and with many open items, and the statements of one look."""

    few: int
    many: int
    worklist_few: float
    worklist_many: float
    worklist_statements: int
    pass_few: float
    pass_many: float
    pass_statements: int


def measure(small: Masar, large: Masar, few: int, many: int) -> Flatness:
    """Looks in turns at an installation with `few` open items and at one with `many`, each with its case, timer and
    audience beside a few dozen real ones."""
    for masar, count in ((small, few), (large, many)):
        open_visits(masar, "a case to copy")
        grow(masar, 0, count)
        _settle(masar)
    lists, passes = _in_turns(_look, small, large), _in_turns(_idle, small, large)
    with large.db.counted() as looking:
        _look(large)
    with large.db.counted() as passing:
        _idle(large)
    return Flatness(few, many, *lists, len(looking.statements), *passes, len(passing.statements))


def _look(masar: Masar) -> None:
    """What the page of a worklist asks for; reading the account stands for the session."""
    with masar.db.read() as conn:
        mona = actor_named(conn, MANAGER)
    assert mona is not None
    counts_for(masar, mona)
    worklist_for(masar, mona, "groups")


def _idle(masar: Masar) -> None:
    run_pass(masar)


def _settle(masar: Masar) -> None:
    if not masar.db.is_sqlite:
        with masar.db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            conn.exec_driver_sql("VACUUM ANALYZE")


def _in_turns(work: Callable[[Masar], None], small: Masar, large: Masar) -> tuple[float, float]:
    times: dict[Masar, list[float]] = {small: [], large: []}
    for number in range(ROUNDS + WARM):
        for masar in (small, large):
            began = process_time()
            work(masar)
            if number >= WARM:
                times[masar].append((process_time() - began) * 1e3)
    return median(times[small]), median(times[large])


def grow(masar: Masar, start: int, end: int) -> None:
    """Adds synthetic open items in all units but the reader's own, as copies of a real one."""
    with masar.db.read() as conn:
        places = conn.execute(
            select(unit.c.id, unit.c.path).where(unit.c.code != UNIT, unit.c.kind.in_(("centre", "department")))
        ).all()
        item = conn.execute(select(work_item).where(work_item.c.element == "visit").limit(1)).one()._asdict()
        file = conn.execute(select(case_file).where(case_file.c.id == item["case_id"])).one()._asdict()
        bell = conn.execute(select(timer).where(timer.c.case_id == item["case_id"]).limit(1)).one()._asdict()
    for first in range(start, end, BATCH):
        numbers = range(first, min(first + BATCH, end))

        def rows(conn: Connection, numbers: range = numbers) -> None:
            _insert(conn, numbers, places, item, file, bell)

        masar.db.run(rows)


def _insert(conn: Connection, numbers: range, places: Sequence[Row[int, str]], item: Values, file: Values,
            bell: Values) -> None:
    items, files, bells, audience = [], [], [], []
    for number in numbers:
        key, place = NOISE + number, places[number % len(places)]
        there = {"unit_id": place.id, "unit_path": place.path}
        due = item["due_at"] + timedelta(minutes=number)
        files.append(file | there | {"id": key, "number": f"N-{number}", "origin_key": None, "manager_id": None})
        items.append(item | there | {
            "id": key << 22, "case_id": key, "due_at": due, "sort_at": due, "assignee_id": None, "next_check_at": due})
        bells.append(bell | {"id": key << 22 | 1, "case_id": key})
        audience += [
            {"item_id": key << 22, "role": "case_manager", "unit_id": above, "claimed": False, "sort_at": due,
             "barred": ","} for above in ancestors(place.path)
        ]
    for table, rows in ((case_file, files), (work_item, items), (timer, bells), (work_item_audience, audience)):
        conn.execute(insert(table), rows)
