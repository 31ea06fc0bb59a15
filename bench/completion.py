"""One completed work item over HTTP beside the floor, in pairs, on one database; early and late in a case's life."""

import secrets
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.floor import open_item as floor_item
from bench.floor import prepare
from bench.serving import FLOOR, MASAR, Served, served
from bench.world import MANAGER, SECRET, new_world, open_item, open_session, open_visits, visit_answers
from engine.masar import Masar, open_masar
from engine.settings import load_settings
from engine.store import cases
from engine.store.database import Database

CASES, WARM = 4, 12


@dataclass
class Completion:
    """Milliseconds of CPU (medians), and what one completion costs the database."""

    masar: float
    floor: float
    ratio: float
    opened: float
    early: float
    late: float
    visits: int
    state_bytes: int


def measure(home: Path, url: str, floor_url: str, pairs: int, visits: int) -> Completion:
    """Measures on the databases of these URLs (both empty)."""
    environment = {"MASAR_HOME": str(home), "DATABASE_URL": url, "FLOOR_URL": floor_url}
    settings = load_settings(environment)
    with closing(new_world(settings)) as masar:
        token = open_session(masar, MANAGER)
        known = [open_visits(masar, f"case {number}") for number in range(CASES)]
        old, young = open_visits(masar, "old"), open_visits(masar, "young")
    prepare(floor_url, token, SECRET, CASES)
    with (
        served(MASAR, environment, f"masar_session={token}") as ours,
        served(FLOOR, environment, f"session={token}") as floor,
        closing(open_masar(settings)) as masar,
        closing(Database(floor_url)) as floor_db,
    ):
        pair_times = _pairs(ours, floor, masar, floor_db, known, pairs)
        opened = median(_open(ours, masar, known[0]) for _ in range(30))
        early, late = _loop(ours, masar, young, old, visits)
        with masar.db.read() as conn:
            case = cases.load(conn, masar.vault, old)
    assert case is not None
    mine, least = (median(times) for times in zip(*pair_times, strict=True))
    ratio = median(a / b for a, b in pair_times)
    return Completion(mine, least, ratio, opened, early, late, visits, len(case.state))


def _pairs(
    ours: Served, floor: Served, masar: Masar, floor_db: Database, known: list[int], pairs: int
) -> list[tuple[float, float]]:
    times = []
    for number in range(pairs + WARM):
        mine = _complete(ours, masar, known[number % CASES])
        item = floor_item(floor_db, number % CASES + 1)
        least = _checked(floor.post(f"/work/{item}", _form()), 303)
        times.append((mine, least))
    return times[WARM:]


def _loop(ours: Served, masar: Masar, young: int, old: int, visits: int) -> tuple[float, float]:
    """The CPU of the first visits of a fresh case beside those of a case that has been visited so often, in pairs."""
    while _visits_of(masar, old) < visits:
        _complete(ours, masar, old)
    early, late = [], []
    for _ in range(40):
        early.append(_complete(ours, masar, young))
        late.append(_complete(ours, masar, old))
    return median(early), median(late)


def _visits_of(masar: Masar, case_id: int) -> int:
    with masar.db.read() as conn:
        case = cases.load(conn, masar.vault, case_id)
    assert case is not None
    return case.head.seq


def _complete(ours: Served, masar: Masar, case_id: int) -> float:
    return _checked(ours.post(f"/work/{open_item(masar, case_id)}", _form()), 303)


def _open(ours: Served, masar: Masar, case_id: int) -> float:
    return _checked(ours.get(f"/work/{open_item(masar, case_id)}"), 200)


def _form() -> Mapping[str, object]:
    return {"_csrf": SECRET, "_token": secrets.token_urlsafe(16), **visit_answers()}


def _checked(answer: tuple[int, float], status: int) -> float:
    if answer[0] != status:
        raise SystemExit(f"answered {answer[0]} instead of {status}")
    return answer[1]
