"""Races for one work item, over HTTP, on both databases. `./run races` runs 500 on each."""

from bench.world import MANAGER, open_item
from engine.settings import Settings
from tests.campaigns.races import run_races, track


def test_of_two_completions_one_wins_and_the_other_is_told_who_and_when(settings: Settings) -> None:
    with track(settings) as on:
        assert run_races(on, 20) == []


def test_a_submit_sent_again_later_is_answered_with_what_the_first_did(settings: Settings) -> None:
    with track(settings) as on:
        item = open_item(on.masar, on.case)
        first, second = on.send(MANAGER, item, "the same"), on.send(MANAGER, item, "the same")
        assert (first.status_code, first.location) == (second.status_code, second.location) == (303, "/work?done=work")
        assert on.completed() == 1
