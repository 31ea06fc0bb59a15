"""Simulated years: the same seed makes the same history, and it verifies."""

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine.clock import StoppedClock
from engine.demo.ministry import seed_ministry
from engine.errors import MasarError
from engine.masar import open_masar
from engine.replay import verify_case
from engine.scenarios import Stage
from engine.settings import Settings, load_settings
from engine.setup import publish_shipped
from engine.simulation import Told, Years, read_habits
from engine.simulation.staff import hire
from engine.store.cases import case_file
from engine.store.events import event

ROOT = Path(__file__).resolve().parents[2]
HABITS = ROOT / "processes" / "demo" / "simulation.yaml"


def lived(settings: Settings, seed: int) -> tuple[Told, list[Any]]:
    """A few months of a ministry, and all its events."""
    clock = StoppedClock(datetime(2025, 1, 5, 6, tzinfo=UTC))
    stage = Stage(ROOT / "processes", ROOT / "forms")
    with closing(open_masar(settings, clock)) as masar:
        publish_shipped(masar)
        seed_ministry(masar, ROOT / "processes" / "demo", "unused", stage.definitions.lists)
        hire(masar, stage.cast, 6)
        told = Years(masar, clock, stage, read_habits(HABITS), seed).run(4, 0.1)
        with masar.db.read() as conn:
            files = list(conn.scalars(select(case_file.c.id)))
            columns = (event.c.case_id, event.c.seq, event.c.kind, event.c.actor_id, event.c.recorded_at)
            events = [tuple(row) for row in conn.execute(select(*columns).order_by(*columns[:2]))]
        assert all(verify_case(masar, one).problems == () for one in files)
    return told, events


@pytest.fixture
def two_homes(tmp_path: Path, sqlite_template: Path) -> list[Settings]:
    """Two empty installations."""
    homes = [tmp_path / name for name in ("one", "other")]
    for home in homes:
        shutil.copytree(sqlite_template, home)
    return [load_settings({"MASAR_HOME": str(home)}) for home in homes]


def test_the_same_seed_makes_the_same_history_and_it_verifies(two_homes: list[Settings]) -> None:
    (told, events), (again, same) = lived(two_homes[0], 5), lived(two_homes[1], 5)
    assert told.reports == 4 and told.completed > 8
    assert events == same and told.left == again.left


def test_habits_that_make_no_sense_are_told(tmp_path: Path) -> None:
    file = tmp_path / "simulation.yaml"
    file.write_text("late: often\n", encoding="utf-8")
    with pytest.raises(MasarError, match=r"simulation\.yaml"):
        read_habits(file)
