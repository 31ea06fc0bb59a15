"""Two versions of random processes, and a case that is moved from one to the other beside a twin that is not."""

import json
import re
from random import Random
from typing import Any

from engine.bpmn import Bundle, Outcome, commands
from engine.bpmn.migrating import (
    DROP,
    CannotMove,
    Place,
    Plan,
    ProcessPlan,
    choices,
    chosen,
    judge,
    migrate,
    plan_of,
    propose,
)
from engine.bpmn.migrating.kinds import nodes_in, nodes_of, one_of
from engine.bpmn.move import move
from tests.engine.bpmn.dice import Dice
from tests.engine.bpmn.drawing import draw
from tests.engine.bpmn.fuzzing import FIRST, compare, picks, step
from tests.engine.bpmn.oracle import Oracle
from tests.engine.bpmn.story import Story, bundle, check_state

MARK = "_v2"


def renamed(sources: list[bytes]) -> list[bytes]:
    """The same diagrams with every id but that of the first process made another, in expressions too."""
    texts = [source.decode() for source in sources]
    ids = {id for text in texts for id in re.findall(r' id="([^"]+)"', text)} - {"p", "d", "msg", "sig", "esc"}
    words = re.compile("|".join(rf"\b{re.escape(id)}\b" for id in sorted(ids, key=len, reverse=True)))
    return [words.sub(lambda found: found.group() + MARK, text).encode() for text in texts]


def plan_for(old: Bundle) -> Plan:
    """Where everything goes that `renamed` renamed."""
    found = {}
    for id, process in old.processes.items():
        nodes = nodes_of(process)
        arrows = {flow.id for node in nodes_in(process.graph) for flow in node.flows if "[" not in flow.id}
        named = {one: one + MARK for one, node in nodes.items() if one_of(node).by_person and not node.traits.outputs}
        found[id] = ProcessPlan(
            id if id == "p" else id + MARK, {one: Place(one + MARK) for one in nodes},
            {one: Place(one + MARK) for one in arrows}, named)
    return Plan(found)


def without_mark(state: bytes) -> Any:
    """A state document with the names of the first version."""
    return json.loads(re.sub(rf"\b([\w]+?){MARK}\b", r"\1", state.decode()))


class Twins(Story):
    """A case, and beside it the same that is moved to another version before the command of a number. After every
    command both stand alike, to the id."""

    def __init__(self, sources: list[bytes], at: int) -> None:
        self.at, self.count, self.moved = at, 0, False
        self.before = bundle(*sources)
        self.after, self.plan = bundle(*renamed(sources)), plan_for(self.before)
        self.twin: Outcome | None = None
        super().__init__(self.before, variables=FIRST)

    def do(self, command: commands.Command, **later: float) -> Outcome:
        outcome = super().do(command, **later)
        state = self.twin.state if self.twin else None
        if self.count == self.at and self.twin is not None and not self.twin.finished:
            assert state is not None
            plan = commands.Migrate(self.plan.told().document())
            state = migrate(self.before, self.after, state, plan, self.now).state
            self.moved = True
        version = self.after if self.moved else self.before
        self.twin = move(version, state, command, self.now)
        assert without_mark(self.twin.state) == without_mark(outcome.state)
        self.count += 1
        return outcome


def play_twins(seed: int, depth: int = 3, steps: int = 40) -> bool:
    """One random process, moved at a random moment; returns whether it came to that."""
    random = Random(seed)
    block = Dice(random).process(depth)
    choices = picks(block)
    twins, oracle = Twins(draw(block), random.randint(1, 12)), Oracle(block, FIRST)
    oracle.tidy()
    for _ in range(steps):
        if oracle.finished:
            break
        step(twins, oracle, random, choices)
        oracle.conditions()
        compare(twins, oracle)
    return twins.moved


def play_identity(seed: int, depth: int = 3, steps: int = 25) -> int:
    """One random process, moved to itself after every command; returns how often."""
    random, moves = Random(seed), 0
    block = Dice(random).process(depth)
    choices, story, oracle = picks(block), Story(bundle(*draw(block)), variables=FIRST), Oracle(block, FIRST)
    oracle.tidy()
    for _ in range(steps):
        if oracle.finished:
            break
        assert story.state is not None
        assert migrate(story.bundle, story.bundle, story.state, commands.Migrate({}), story.now).state == story.state
        moves += 1
        step(story, oracle, random, choices)
        oracle.conditions()
    return moves


def play_between(seed: int, depth: int = 3, steps: int = 15) -> bool | None:
    """One random process, moved to quite another one by choices thrown at random; returns whether it could be, None
    where it ended before. Whatever comes of it is whole: a state that loads and goes on, or reasons."""
    random = Random(seed)
    block = Dice(random).process(depth)
    story, oracle = Story(bundle(*draw(block)), variables=FIRST), Oracle(block, FIRST)
    oracle.tidy()
    for _ in range(random.randint(0, steps)):
        if oracle.finished:
            return None
        step(story, oracle, random, picks(block))
        oracle.conditions()
    if oracle.finished or story.state is None:
        return None
    after = bundle(*draw(Dice(Random(random.randint(0, 10_000))).process(depth)))
    plan = propose(story.bundle, after)
    options = {
        f"to.{number}": random.choice([*(value for value, _ in one.options), DROP])
        for number, one in enumerate(choices(story.bundle, after, plan)) if random.random() < 0.9}
    plan = chosen(story.bundle, after, plan, options)
    assert plan_of(plan.document()) == plan
    judge(story.bundle, after, plan)
    command = commands.Migrate(plan.told().document())
    try:
        outcome = migrate(story.bundle, after, story.state, command, story.now)
    except CannotMove as problem:
        assert problem.reasons and all(one.text.ar and one.text.en for one in problem.reasons)
        return False
    check_state(outcome)
    again = migrate(story.bundle, after, story.state, command, story.now)
    assert again.state == outcome.state
    if not outcome.finished:
        assert migrate(after, after, outcome.state, commands.Migrate({}), story.now).state == outcome.state
        assert move(after, outcome.state, commands.Amend({}), story.now).state == outcome.state
    return True
