"""A furnished house, and the demo ministry, on each database."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.clock import StoppedClock
from engine.demo.ministry import seed_ministry
from engine.library import Library
from engine.masar import Masar, open_masar
from engine.scenarios import Stage
from engine.settings import Settings
from engine.setup import publish_shipped
from engine.store.database import Database
from engine.store.vault import Vault
from tests.engine.commands.house import House, furnish
from tests.web.browser import house as ministries
from tests.web.browser.people import PASSWORD, Seen

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def house(settings: Settings, clock: StoppedClock) -> Iterator[House]:
    """One centre and its people, on SQLite and on PostgreSQL."""
    with closing(open_masar(settings, clock)) as masar:
        furnish(masar, clock)
        yield House(masar, clock)


@pytest.fixture
def ministry(settings: Settings, db: Database, vault: Vault, clock: StoppedClock) -> ministries.House:
    """The demo ministry with the shipped content and no case."""
    masar = Masar(settings, db, vault, Library(), clock)
    publish_shipped(masar)
    stage = Stage(ROOT / "processes", ROOT / "forms")
    seed_ministry(masar, settings.processes / "demo", PASSWORD, stage.definitions.lists)
    return ministries.House(masar, stage, None, Seen())  # type: ignore[arg-type]  # nobody needs a browser here
