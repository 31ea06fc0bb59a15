"""Random block-structured processes: the blocks, how each is drawn, and the dice that throw them."""

from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import TypeAlias

from tests.engine.bpmn.diagrams import (
    boundary,
    call,
    catch,
    each,
    end,
    file,
    flow,
    gateway,
    message,
    message_event,
    path,
    process,
    script,
    start,
    sub,
    tag,
    user,
)

POOL = ("x", "y", "z")
"""Names that work items write and inner scopes hide."""
SIGNAL = message("msg", "signal")


@dataclass
class Task:
    """A work item: hides some names by local copies, and writes one of the pool or its own name."""

    id: str
    hides: tuple[str, ...] = ()
    writes: str | None = None


@dataclass
class Count:
    """A script that counts one up."""

    id: str


@dataclass
class Multi:
    """One block or work item for every member of a list."""

    id: str
    body: "Block"
    members: list[int]
    sequential: bool
    enough: int | None


@dataclass
class Seq:
    """One after the other."""

    blocks: list["Block"]


@dataclass
class Fork:
    """All at once, and wait for all."""

    id: str
    blocks: list["Block"]


@dataclass
class Pick:
    """A work item says which go on: one (exclusive) or several (inclusive)."""

    id: str
    asks: Task
    blocks: list["Block"]
    inclusive: bool


@dataclass
class Loop:
    """Again and again, as long as the last work item says so."""

    id: str
    body: "Block"
    asks: Task


@dataclass
class Race:
    """The first of several messages decides."""

    id: str
    blocks: list["Block"]


@dataclass
class Scoped:
    """A sub-process or a called process, with events on its border and inside."""

    id: str
    body: "Block"
    called: bool
    everything: bool = False
    hides: tuple[str, ...] = ()
    gives: str | None = None
    instead: "Block | None" = None
    """After a message that interrupts."""
    beside: Task | None = None
    """Beside it, each time a message comes that does not interrupt."""
    inside: "tuple[Task, bool] | None" = None
    """In an event sub-process (and whether that interrupts)."""


Block: TypeAlias = Task | Count | Multi | Seq | Fork | Pick | Loop | Race | Scoped
Drawn: TypeAlias = tuple[str, str, str]
"""XML, the node where it begins and the one where it ends."""


def seen_names(around: tuple[str, ...]) -> list[str]:
    """What every work item shows of its variables."""
    return [*POOL, "loopCounter", *around]


@dataclass
class Pen:
    """Draws blocks; called processes gather in `processes`."""

    processes: list[str] = field(default_factory=list)

    def task(self, block: Task, around: tuple[str, ...], *more: str) -> Drawn:
        said = {"seen": "=[" + ", ".join(seen_names(around)) + "]"}
        return user(block.id, *more, inputs={name: f"={name}" for name in block.hides},
                    outputs={block.writes: f"={block.id}.v"} if block.writes else None, **said), block.id, block.id

    def draw(self, block: Block, around: tuple[str, ...]) -> Drawn:
        match block:
            case Task():
                return self.task(block, around)
            case Count():
                return script(block.id, "=(if k = null then 0 else k) + 1", "k"), block.id, block.id
            case Seq():
                return self.seq(block.blocks, around)
            case Multi():
                return self.multi(block, around)
            case Scoped():
                return self.scoped(block, around)
            case Loop():
                return self.loop(block, around)
            case _:
                return self.branches(block, around)

    def seq(self, blocks: list[Block], around: tuple[str, ...]) -> Drawn:
        drawn = [self.draw(block, around) for block in blocks]
        links = "".join(flow(a[2], b[1]) for a, b in pairwise(drawn))
        return "".join(part[0] for part in drawn) + links, drawn[0][1], drawn[-1][2]

    def loop(self, block: Loop, around: tuple[str, ...]) -> Drawn:
        body, first, last = self.seq([block.body, block.asks], around)
        into, out, on = f"{block.id}_in", f"{block.id}_x", f"{block.id}_on"
        return (body + gateway("exclusive", into) + gateway("exclusive", out, f"{out}__{on}") + tag("task", {"id": on})
                + path(into, first) + path(last, out, on) + flow(out, into, when=f"={block.asks.id}.again"), into, on)

    def branches(self, block: Fork | Pick | Race, around: tuple[str, ...]) -> Drawn:
        split, join, first = f"{block.id}_f", f"{block.id}_j", f"{block.id}_f"
        kind = {Fork: "parallel", Race: "eventBased"}.get(type(block), "exclusive")
        if isinstance(block, Pick):
            kind = "inclusive" if block.inclusive else kind
        text = gateway(kind, split) + gateway("exclusive" if isinstance(block, Race) else kind, join)
        if isinstance(block, Pick):
            asked, first, _ = self.task(block.asks, around)
            text += asked + path(block.asks.id, split)
        for number, inner in enumerate(block.blocks):
            drawn, begin, last = self.draw(inner, around)
            text += drawn + path(last, join)
            if isinstance(block, Race):
                event = f"{block.id}_e{number}"
                text += catch(event, message_event("msg")) + path(split, event, begin)
            else:
                said = f"=list contains({block.asks.id}.pick, {number})" if isinstance(block, Pick) else None
                text += flow(split, begin, f"{split}__{number}", said)
        return text, first, join

    def multi(self, block: Multi, around: tuple[str, ...]) -> Drawn:
        item = f"it_{block.id}"
        result = "={i: " + item + ", n: loopCounter" + (
            f", v: {block.body.id}.v, x: x" if isinstance(block.body, Task) else ", x: x") + "}"
        enough = f"=numberOfCompletedInstances >= {block.enough}" if block.enough else None
        marker = each("=[" + ", ".join(map(str, block.members)) + "]", item, f"out_{block.id}", result,
                      block.sequential, enough)
        if isinstance(block.body, Task):
            return self.task(block.body, (*around, item), marker)
        assert isinstance(block.body, Scoped)
        return self.scoped(block.body, (*around, item), marker)

    def scoped(self, block: Scoped, around: tuple[str, ...], *marker: str) -> Drawn:
        body, first, last = self.draw(block.body, () if block.called and not block.everything else around)
        inner = start(f"{block.id}_s") + body + end(f"{block.id}_e") + path(f"{block.id}_s", first)
        inner += path(last, f"{block.id}_e") + self.event_sub(block, around)
        hides = {name: f"={name}" for name in block.hides}
        gives = {block.gives: f"={block.gives}"} if block.gives else None
        if block.called:
            self.processes.append(process(f"P_{block.id}", inner))
            text = call(block.id, f"P_{block.id}", *marker, inputs=hides, outputs=gives, all_in=block.everything,
                        all_out=block.everything)
        else:
            text = sub(block.id, *marker, inner, inputs=hides, outputs=gives)
        return self.border(block, around, text)

    def event_sub(self, block: Scoped, around: tuple[str, ...]) -> str:
        if block.inside is None:
            return ""
        task, interrupting = block.inside
        drawn, _, _ = self.task(task, () if block.called and not block.everything else around)
        begin = start(f"{block.id}_ms", message_event("msg"), isInterrupting=str(interrupting).lower())
        return sub(f"{block.id}_esp", begin, drawn, path(f"{block.id}_ms", task.id), event=True)

    def border(self, block: Scoped, around: tuple[str, ...], text: str) -> Drawn:
        if block.beside is not None:
            drawn, _, _ = self.task(block.beside, around)
            event = f"{block.id}_n"
            text += boundary(event, block.id, message_event("msg"), False) + drawn + path(event, block.beside.id)
        if block.instead is None:
            return text, block.id, block.id
        drawn, first, last = self.draw(block.instead, around)
        event, join = f"{block.id}_b", f"{block.id}_jj"
        text += boundary(event, block.id, message_event("msg")) + drawn + gateway("exclusive", join)
        return text + path(event, first) + path(last, join) + path(block.id, join), block.id, join


def draw(block: Block) -> list[bytes]:
    """The files of a process `p` that is this block."""
    pen = Pen()
    body, first, last = pen.draw(block, ())
    main = process("p", start(), body, end(), path("S", first), path(last, "E"))
    return [file(SIGNAL, main), *(file(SIGNAL, called) for called in pen.processes)]


class Dice:
    """Throws blocks.

    What is done at once (a count, an empty list) stands behind a work item: two branches that begin in one move must
    not race for variables, because which of them comes first is nobody's promise.
    """

    KINDS = ("task", "count", "multi", "seq", "fork", "xor", "or", "loop", "sub", "call", "race", "multi_sub")

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
        kind = self.random.choice(self.KINDS if depth > 0 else self.KINDS[:3])
        if kind in ("sub", "call"):
            return self.scoped(depth, kind == "call")
        if kind in ("multi", "multi_sub"):
            return self.multi(depth, kind == "multi_sub")
        match kind:
            case "task":
                return self.task()
            case "count":
                return Seq([self.task(), Count(self.id("c"))])
            case "seq":
                return Seq(self.several(depth, 2, 3))
            case "fork":
                return Fork(self.id("f"), self.several(depth, 2, 3))
            case "loop":
                return Loop(self.id("l"), self.block(depth - 1), self.asking())
            case "race":
                return Race(self.id("r"), self.several(depth, 2, 3))
        return Pick(self.id("p"), self.asking(), self.several(depth, 2, 3), kind == "or")

    def multi(self, depth: int, scoped: bool) -> Block:
        members = [self.random.randint(0, 9) for _ in range(self.random.randint(0, 3))]
        enough = self.random.choice([None, None, 1, 2])
        body: Block = self.inner(depth, self.random.random() < 0.5) if scoped else self.task()
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
        return block

    def process(self, depth: int) -> Block:
        return Seq([self.block(depth), self.task()])
