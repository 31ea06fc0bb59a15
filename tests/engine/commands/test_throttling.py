"""The brake on the public pages: it counts over all processes, on both databases, and forgets."""

from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import func, insert, select

from engine.commands.sessions import Throttled
from engine.commands.throttling import REMEMBERED, SLOT, admit, network_of
from engine.store.accounts import sign_in_attempt
from engine.store.visits import visit
from engine.worker import work_until
from tests.engine.commands.house import House

HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"


def test_who_comes_too_often_is_held_back_and_nobody_else(house: House) -> None:
    for _ in range(3):
        admit(house.masar, "report", HERE, 3)
    with pytest.raises(Throttled):
        admit(house.masar, "report", HERE, 3)
    admit(house.masar, "report", ELSEWHERE, 3)
    admit(house.masar, "track", HERE, 3)


def test_after_ten_minutes_at_most_nothing_counts_any_more(house: House) -> None:
    admit(house.masar, "report", HERE, 1)
    house.clock.advance(SLOT)
    with pytest.raises(Throttled):
        admit(house.masar, "report", HERE, 1)
    house.clock.advance(REMEMBERED)
    admit(house.masar, "report", HERE, 1)


def test_the_worker_forgets_what_is_over_when_nobody_comes(house: House) -> None:
    admit(house.masar, "report", HERE, 1)
    row = {"subject_hash": b"address", "at": house.clock()}
    house.masar.db.run(lambda conn: conn.execute(insert(sign_in_attempt).values(row)))
    house.clock.advance(REMEMBERED + timedelta(minutes=6))

    class OnePass(Event):
        def wait(self, timeout: float | None = None) -> bool:
            self.set()
            return True

    work_until(house.masar, OnePass())
    with house.masar.db.read() as conn:
        kept = [conn.scalar(select(func.count()).select_from(table)) for table in (visit, sign_in_attempt)]
    assert kept == [0, 0]


def test_one_household_counts_as_one_whatever_address_of_its_network_it_takes() -> None:
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:203.0.113.77") == network_of("203.0.113.77")


@pytest.mark.parametrize("proxy", ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.4", "fd00::1", "", "unix:"])
def test_a_proxy_that_nobody_told_us_of_holds_nobody_back(house: House, proxy: str) -> None:
    for _ in range(3):
        admit(house.masar, "report", proxy, 1)
