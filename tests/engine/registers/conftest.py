"""The office: on SQLite for what is judged in Python, on each database for what the store does."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from engine.clock import StoppedClock
from engine.masar import open_masar
from engine.settings import Settings
from tests.engine.commands.house import House, furnish
from tests.engine.registers.office import Office


@pytest.fixture
def office(sqlite_settings: Settings, clock: StoppedClock) -> Iterator[Office]:
    """A furnished house with empty registers."""
    yield from _made(sqlite_settings, clock)


@pytest.fixture
def office_on_both(settings: Settings, clock: StoppedClock) -> Iterator[Office]:
    """The same on SQLite and on PostgreSQL."""
    yield from _made(settings, clock)


def _made(settings: Settings, clock: StoppedClock) -> Iterator[Office]:
    with closing(open_masar(settings, clock)) as masar:
        furnish(masar, clock)
        made = Office(House(masar, clock))
        made.furnish()
        yield made
