"""Processes are killed while people work: two of them here; `./run chaos` kills fifty on each database."""

import time
from contextlib import closing

from bench.world import new_world
from tests.campaigns.chaos import campaign
from tests.campaigns.stage import stage, wait_for

RETURN_SECONDS = 5.0


def test_nothing_acknowledged_is_lost_doubled_or_half_done_when_processes_are_killed() -> None:
    report = campaign("postgresql", 2, seed=7, between=3)
    assert report.problems == [], report.told()


def test_a_lost_database_answers_503_and_pages_are_back_within_five_seconds() -> None:
    with stage("postgresql") as on:
        with closing(new_world(on.settings)):
            on.start()
        on.lose_database()
        wait_for(lambda: on.status() != 200, "the loss to be noticed")
        assert {on.status("/health"), on.status("/sign-in")} <= {503, 200}
        assert on.status("/health") == 503
        on.return_database()
        began = time.monotonic()
        wait_for(lambda: on.status() == 200 and on.status("/work") == 200, "the pages")
        assert time.monotonic() - began < RETURN_SECONDS
