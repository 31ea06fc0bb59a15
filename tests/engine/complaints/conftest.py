"""The town on each database."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from engine.clock import StoppedClock
from engine.masar import open_masar
from engine.settings import Settings
from tests.engine.complaints.town import Town


@pytest.fixture
def town(sqlite_settings: Settings, clock: StoppedClock) -> Iterator[Town]:
    """A furnished town."""
    yield from _made(sqlite_settings, clock)


@pytest.fixture
def town_on_both(settings: Settings, clock: StoppedClock) -> Iterator[Town]:
    """The same on SQLite and on PostgreSQL."""
    yield from _made(settings, clock)


def _made(settings: Settings, clock: StoppedClock) -> Iterator[Town]:
    with closing(open_masar(settings, clock)) as masar:
        made = Town(masar, clock)
        made.furnish()
        yield made
