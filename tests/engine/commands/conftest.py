"""A furnished house on each database."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from engine.clock import StoppedClock
from engine.masar import open_masar
from engine.settings import Settings
from tests.engine.commands.house import House, furnish


@pytest.fixture
def house(settings: Settings, clock: StoppedClock) -> Iterator[House]:
    """One centre and its people, on SQLite and on PostgreSQL."""
    with closing(open_masar(settings, clock)) as masar:
        furnish(masar, clock)
        yield House(masar, clock)
