"""Unstructured graphs, with joins in loops: the engine and a player of flows agree on every open item and every token
that waits at a join."""

import json
from collections import Counter
from random import Random

import pytest

from engine.bpmn import commands
from tests.engine.bpmn.story import Story, bundle
from tests.engine.bpmn.unstructured import MOST, Player, drawn, thrown

SEEDS = 400


def played(seed: int, steps: int = 25) -> int:
    """Plays one graph; returns how many moves were made."""
    random = Random(seed)
    web = thrown(random)
    player, story = Player(web), Story(bundle(drawn(web)), pick=[])
    for step in range(steps):
        if player.size > MOST:
            return step
        waiting = Counter(
            memo["via"] for _, rows in json.loads(story.out.state)["flows"] for _, _, _, memo in rows if "via" in memo)
        assert Counter(story.items) == +player.open
        assert waiting == Counter({"__".join(along): count for along, count in player.on.items() if count})
        stalled = bool(waiting) and not story.items
        assert bool(story.out.incidents) == stalled and story.out.finished == (not waiting and not story.items)
        if not story.items:
            return step
        task, pick = random.choice(sorted(story.items)), sorted(random.sample(range(3), random.randint(0, 2)))
        player.complete(task, pick)
        story.do(commands.Complete(story.item(task).id, {"pick": pick}))
    story.replay()
    return steps


@pytest.mark.parametrize("first", range(0, SEEDS, 100))
def test_engine_and_player_agree_on_unstructured_graphs(first: int) -> None:
    assert sum(played(seed) for seed in range(first, first + 100)) > 300
