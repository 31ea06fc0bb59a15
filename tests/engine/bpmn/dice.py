"""Throws random processes."""

from collections.abc import Callable
from random import Random

from tests.engine.bpmn.blocks import (
    POOL,
    Again,
    Block,
    Count,
    Cry,
    Fork,
    Loop,
    Multi,
    Pick,
    Race,
    Scoped,
    Seq,
    Shout,
    Stop,
    Task,
    Watch,
)

IN_THE_FLOW = ("message", "message", "timer", "signal", "conditional")
ATTACHED = ("message", "timer", "signal", "signal", "conditional", "conditional", "escalation", "escalation")


class Dice:
    """Throws blocks.

    What is done at once (a count, an empty list) stands behind a work item: two branches that begin in one move must
    not race for variables, because which of them comes first is nobody's promise.
    """

    KINDS = ("task", "count", "shout", "cry", "multi", "again", "seq", "fork", "xor", "or", "loop", "sub", "call",
             "race", "multi_sub", "again_sub")
    FLAT = 6

    def __init__(self, random: Random) -> None:
        self.random, self.number = random, 0

    def id(self, letter: str) -> str:
        self.number += 1
        return f"{letter}{self.number}"

    def some_names(self) -> tuple[str, ...]:
        return tuple(name for name in POOL if self.random.random() < 0.25)

    def task(self) -> Task:
        return Task(self.id("t"), self.some_names(), self.random.choice([None, None, *POOL]))

    def asking(self) -> Task:
        """A work item whose answers a gateway reads, so that they must land under its own name."""
        return Task(self.id("t"), self.some_names())

    def several(self, depth: int, low: int, high: int) -> list[Block]:
        return [self.block(depth - 1) for _ in range(self.random.randint(low, high))]

    def block(self, depth: int) -> Block:
        kind = self.random.choice(self.KINDS if depth > 0 else self.KINDS[:self.FLAT])
        if kind in ("sub", "call"):
            return self.scoped(depth, kind == "call")
        if kind in ("multi", "multi_sub"):
            return self.multi(depth, kind == "multi_sub")
        if kind in ("again", "again_sub"):
            return self.again(depth, kind == "again_sub")
        if kind in self.KINDS[:4]:
            return self.simple(kind)
        return self.branching(kind, depth)

    def simple(self, kind: str) -> Block:
        """A work item, and perhaps something that is done at once behind it."""
        at_once: dict[str, Callable[[str], Block]] = {"count": Count, "shout": Shout, "cry": Cry}
        behind = at_once.get(kind)
        return self.task() if behind is None else Seq([self.task(), behind(self.id(kind[-1]))])

    def branching(self, kind: str, depth: int) -> Block:
        """Several blocks in a row, at once, or one of them."""
        match kind:
            case "seq":
                return Seq(self.several(depth, 2, 3))
            case "fork":
                return Fork(self.id("f"), self.several(depth, 2, 3))
            case "loop":
                return Loop(self.id("l"), self.block(depth - 1), self.asking())
            case "race":
                blocks = self.several(depth, 2, 3)
                kinds = [self.random.choice(IN_THE_FLOW) for _ in blocks]
                kinds[0] = self.random.choice(IN_THE_FLOW[:-1])  # something must be able to happen
                race = Race(self.id("r"), blocks, kinds, self.watch())
                if self.random.random() < 0.3:  # what is said just before is not heard
                    kinds[1] = "signal"
                    return Seq([self.simple("shout"), race])
                return race
        return Pick(self.id("p"), self.asking(), self.several(depth, 2, 3), kind == "or")

    def watch(self) -> Watch:
        return Watch(self.random.choice(POOL), self.random.choice([5, 5, 50]))

    def again(self, depth: int, scoped: bool) -> Again:
        body = self.inner(depth, self.random.random() < 0.5) if scoped else self.asking()
        return Again(self.id("g"), body, self.random.randint(1, 3))

    def multi(self, depth: int, scoped: bool) -> Block:
        most = 3 if scoped or self.random.random() < 0.85 else 40
        members = [self.random.randint(0, 9) for _ in range(self.random.randint(0, most))]
        enough = self.random.choice([None, None, 1, 2])
        body = self.inner(depth, self.random.random() < 0.5) if scoped else self.task()
        many = Multi(self.id("m"), body, members, self.random.random() < 0.4, enough)
        return many if members else Seq([self.task(), many])

    def inner(self, depth: int, called: bool) -> Scoped:
        """A scope that ends with a work item, so that it is never over in the move in which it began."""
        return Scoped(self.id("s"), Seq([self.block(depth - 1), self.task()]), called,
                      everything=called and self.random.random() < 0.4, hides=self.some_names(),
                      gives=self.random.choice([None, None, *POOL]))

    def scoped(self, depth: int, called: bool) -> Scoped:
        block = self.inner(depth, called)
        block.instead = self.block(depth - 1) if self.random.random() < 0.4 else None
        block.beside = self.task() if self.random.random() < 0.4 else None
        block.inside = (self.task(), self.random.random() < 0.4) if self.random.random() < 0.3 else None
        instead, beside, inside = (self.random.choice(ATTACHED) for _ in range(3))
        instead = "error" if self.random.random() < 0.15 else instead
        if instead == beside == "escalation":  # which of the two would it be?
            beside = "signal"
        block.kinds = instead, beside, inside
        block.watch, block.times = self.watch(), self.random.randint(1, 3)
        block.says = self.random.choice([None, None, "shout", "cry"])
        self.provoke(block)
        return block

    def provoke(self, block: Scoped) -> None:
        """Where somebody listens, let somebody inside speak."""
        assert isinstance(block.body, Seq)
        heard = {kind for kind, there in zip(block.kinds, (block.instead, block.beside, block.inside), strict=True)
                 if there is not None}
        for kind in [kind for kind in ("signal", "escalation") if kind in heard]:
            if self.random.random() < 0.7:
                block.body.blocks[1:1] = [self.simple("shout" if kind == "signal" else "cry")]
        if "error" in heard or self.random.random() < 0.25:
            stop = Stop(self.id("z"), self.asking(), "error" in heard)
            block.body.blocks[1:1] = [Fork(self.id("f"), [self.task(), stop])]

    def process(self, depth: int) -> Block:
        return Seq([self.block(depth), self.block(depth), self.task()])
