"""Plays one random process in the engine and in the oracle at once, and compares them after every move."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from engine.bpmn import commands, move
from engine.bpmn.run import BROADCAST
from engine.feel.codec import decode
from tests.engine.bpmn.blocks import Block, Pick
from tests.engine.bpmn.dice import Dice
from tests.engine.bpmn.drawing import draw
from tests.engine.bpmn.expected import Event, Item
from tests.engine.bpmn.oracle import Oracle
from tests.engine.bpmn.story import Moving, Story, bundle

MovingOn = Callable[[Sequence[bytes]], Moving]
FIRST = {"x": 1, "y": 2, "z": 3, "k": 0}
CAMPAIGN_DEPTH = 4
EVENT_CHANCE = 0.15


class Deviation(AssertionError):
    """The engine and the oracle do not agree."""


def frozen(value: Any) -> Any:
    """A value that can be counted."""
    if isinstance(value, dict):
        return tuple(sorted((key, frozen(inner)) for key, inner in value.items()))
    if isinstance(value, list | tuple):
        return tuple(frozen(inner) for inner in value)
    return value


def levels_in(state: bytes) -> Counter[Any]:
    """All scopes of a state document: whose they are, and what is in them."""
    document = json.loads(state)
    names = {row[0]: row[1].removesuffix(" [item]") for _, rows in document["flows"] for row in rows}
    return Counter(
        (("-" if id < 0 else "") + names.get(abs(id), ""), frozen(decode(values)))
        for id, _, values, *_ in document["scopes"])


def places_in(state: bytes) -> dict[int, tuple[int, ...]]:
    """For each token, of all the multi-instances around it, which items it is in, innermost first."""
    found: dict[int, tuple[int, ...]] = {}
    for host, rows in json.loads(state)["flows"]:
        for id, _, _, memo in rows:
            own = (memo["loop"],) if "loop" in memo else ()
            found[id] = own + found.get(host, ())
    return found


def keys(story: Story) -> dict[int, tuple[Any, ...]]:
    """How the open items and waits are told apart: element, place, and for items what they show."""
    places = places_in(story.out.state)
    found: dict[int, tuple[Any, ...]] = {
        item.id: (item.element, places[item.id], frozen(item.properties["seen"])) for item in story.out.items}
    return found | {wait.id: (wait.element, places[wait.id]) for wait in story.out.waits}


def compare(story: Story, oracle: Oracle) -> None:
    """Raises Deviation where anything open, any item's data or any variable differs."""
    out = story.out
    wanted_open: list[Item | Event] = [*oracle.items, *outside(oracle)]
    if out.incidents:
        raise Deviation(f"incidents {out.incidents}")
    pairs: list[tuple[str, Any, Any]] = [
        ("finished", out.finished, oracle.finished),
        ("open", Counter(keys(story).values()), Counter(frozen(thing.key) for thing in wanted_open)),
        ("signals to tell", sum(call.type == BROADCAST for call in out.calls), oracle.told),
        ("variables", frozen(dict(out.variables)), frozen(oracle.root.own)),
    ]
    if not oracle.finished:
        pairs.append(("scopes", levels_in(out.state), Counter((v.name, frozen(v.own)) for v in oracle.levels())))
    for what, got, wanted in pairs:
        if got != wanted:
            raise Deviation(f"{what}: engine {got} oracle {wanted}")


def last_state(seed: int) -> bytes:
    """The state document in which a random case ends."""
    return played(seed, 3).out.state


def play(seed: int, depth: int = CAMPAIGN_DEPTH, moving_on: MovingOn | None = None) -> int:
    """One seed, and its replay; returns the number of moves. Raises Deviation, or AssertionError where the replay ends
    in another state document."""
    story = played(seed, depth, moving_on=moving_on)
    story.replay()
    return len(story.past)


def played(seed: int, depth: int, steps: int = 60, moving_on: MovingOn | None = None) -> Story:
    """Throws a process and plays it with save and load before every step; `moving_on` says who moves it on which
    diagrams."""
    random = Random(seed)
    block = Dice(random).process(depth)
    choices, sources = picks(block), draw(block)
    moving = moving_on(sources) if moving_on else move
    story, oracle = Story(bundle(*sources), variables=FIRST, moving=moving), Oracle(block, FIRST)
    oracle.tidy()
    compare(story, oracle)
    for _ in range(steps):
        if oracle.finished and not oracle.told:
            break
        step(story, oracle, random, choices)
        oracle.conditions()
        compare(story, oracle)
    return story


def step(story: Story, oracle: Oracle, random: Random, choices: dict[str, Pick]) -> None:
    """One thing happens, in the engine and in the oracle."""
    events, chance = outside(oracle), random.random()
    if oracle.told and (oracle.finished or chance > 1 - EVENT_CHANCE):
        oracle.told -= 1
        story.do(commands.FinishCall(next(call.id for call in story.out.calls)))
    elif events and chance < EVENT_CHANCE:
        if any(event.kind == "signal" for event in events) and random.random() < 0.5:
            oracle.broadcast()
            story.do(commands.Signal("alarm"))
        else:
            fire(story, oracle, random.choice(events), random)
    elif oracle.items:
        complete(story, random.choice(oracle.items), random, choices)
    else:
        fire(story, oracle, random.choice(events), random)


def outside(oracle: Oracle) -> list[Event]:
    """What may come from outside now."""
    return [event for event in oracle.events if event.outside]


def find(story: Story, thing: Item | Event) -> int:
    """The id of an open thing in the engine."""
    wanted = frozen(thing.key)
    return next(id for id, key in keys(story).items() if key == wanted)


def fire(story: Story, oracle: Oracle, event: Event, random: Random) -> None:
    """Let a message with some variables or a signal come, or the time pass until a timer is due."""
    id = find(story, event)
    due = next(wait.due for wait in story.out.waits if wait.id == id)
    said = {name: random.randint(10, 99) for name in ("x", "y") if random.random() < 0.4 and event.kind == "message"}
    oracle.happen(event, said)
    story.now = max(story.now, due) if due else story.now
    story.do(commands.Fire(id, said))


def complete(story: Story, item: Item, random: Random, choices: dict[str, Pick]) -> None:
    """Do a work item."""
    pick = choices.get(item.task.id)
    answers: dict[str, Any] = {"v": random.randint(10, 99), "again": random.random() < 0.5, "pick": []}
    if pick is not None:
        count = random.randint(1, len(pick.blocks))  # of several, an exclusive gateway takes the first
        answers["pick"] = sorted(random.sample(range(len(pick.blocks)), count))
    found = find(story, item)
    item.done(dict(answers))
    story.do(commands.Complete(found, answers), minutes=1)


def picks(block: Block) -> dict[str, Pick]:
    """The gateways by the work item that decides them."""
    found: dict[str, Pick] = {}
    todo: list[Any] = [block]
    while todo:
        at = todo.pop()
        if isinstance(at, Pick):
            found[at.asks.id] = at
        for name in ("blocks", "body", "instead"):
            inner = getattr(at, name, None)
            todo += inner if isinstance(inner, list) else [inner] if inner is not None else []
    return found
