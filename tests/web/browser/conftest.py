"""A fresh demo ministry for each story."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from engine.clock import StoppedClock
from engine.demo.ministry import seed_ministry
from engine.library import Library
from engine.masar import Masar
from engine.scenarios import Stage
from engine.settings import Settings
from engine.setup import publish_shipped
from engine.store.database import Database
from engine.store.vault import Vault
from tests.web.browser.house import House
from tests.web.browser.people import PASSWORD, Seen

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def stage() -> Stage:
    """The shipped content with the people and filled forms of the stories."""
    return Stage(ROOT / "processes", ROOT / "forms")


@pytest.fixture(scope="session")
def looked_at() -> set[tuple[str, str, int]]:
    """The kinds of pages that axe has looked at in any story."""
    return set()


@pytest.fixture
def house(
    sqlite_settings: Settings, vault: Vault, clock: StoppedClock, stage: Stage, chromium: Browser,
    looked_at: set[tuple[str, str, int]],
) -> Iterator[House]:
    """The demo ministry without any case. At the end nothing may have been found on any page."""
    database = Database(sqlite_settings.database_url)
    masar = Masar(sqlite_settings, database, vault, Library(), clock)
    publish_shipped(masar)
    seed_ministry(masar, masar.settings.processes / "demo", PASSWORD, stage.definitions.lists)
    seen = Seen(looked_at)
    yield House(masar, stage, chromium, seen)
    database.close()
    assert seen.faults == []
