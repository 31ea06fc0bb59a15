"""Draws blocks as BPMN."""

from binascii import crc32
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from tests.engine.bpmn.blocks import (
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
    seen_names,
)
from tests.engine.bpmn.diagrams import (
    again,
    boundary,
    call,
    catch,
    condition,
    each,
    end,
    error,
    error_event,
    escalation,
    escalation_event,
    file,
    flow,
    gateway,
    link,
    message,
    message_event,
    path,
    process,
    script,
    signal,
    signal_event,
    start,
    sub,
    tag,
    throw,
    timer,
    user,
)

SAID = message("msg", "signal") + signal("sig", "alarm") + escalation("esc", "help") + error("err", "failed")
Drawn: TypeAlias = tuple[str, str, str]
"""XML, the node where it begins and the one where it ends."""


def event_of(kind: str, watch: Watch, times: int = 1) -> str:
    """An event definition of a kind."""
    match kind:
        case "timer":
            return timer(timeDuration="PT1H") if times == 1 else timer(timeCycle=f"R{times}/PT1H")
        case "signal":
            return signal_event("sig")
        case "escalation":
            return escalation_event("esc")
        case "error":
            return error_event("err")
        case "conditional":
            return condition(f"={watch.name} > {watch.above}")
    return message_event("msg")


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
            case Shout():
                return throw(block.id, signal_event("sig")), block.id, block.id
            case Cry():
                return throw(block.id, escalation_event("esc")), block.id, block.id
            case Seq():
                return self.seq(block.blocks, around)
            case Stop() | Again() | Multi() | Scoped():
                return self.one(block, around)
            case Loop():
                return self.loop(block, around)
            case _:
                return self.branches(block, around)

    def one(self, block: Stop | Again | Multi | Scoped, around: tuple[str, ...]) -> Drawn:
        match block:
            case Stop():
                return self.stop(block, around)
            case Again():
                return self.again(block, around)
            case Multi():
                return self.multi(block, around)
        return self.scoped(block, around)

    def stop(self, block: Stop, around: tuple[str, ...]) -> Drawn:
        asked, first, last = self.task(block.asks, around)
        split, out, on = f"{block.id}_x", f"{block.id}_out", f"{block.id}_on"
        ends = error_event("err") if block.fails else tag("terminateEventDefinition")
        return (asked + gateway("exclusive", split, f"{split}__{on}") + end(out, ends) + tag("task", {"id": on})
                + path(last, split, on) + flow(split, out, when=f"={block.asks.id}.again"), first, on)

    def seq(self, blocks: list[Block], around: tuple[str, ...]) -> Drawn:
        drawn = [self.draw(block, around) for block in blocks]
        joined = "".join(self.joined(a[2], b[1]) for a, b in pairwise(drawn))
        return "".join(part[0] for part in drawn) + joined, drawn[0][1], drawn[-1][2]

    def joined(self, first: str, second: str) -> str:
        """A flow, or now and then a link."""
        if crc32(f"{first} {second}".encode()) % 6:
            return flow(first, second)
        out, into = f"{first}__out__{second}", f"{first}__into__{second}"
        return (throw(out, link(out)) + catch(into, link(out)) + path(first, out) + path(into, second))

    def again(self, block: Again, around: tuple[str, ...]) -> Drawn:
        if isinstance(block.body, Task):
            return self.task(block.body, around, again(f"={block.body.id}.again", block.most))
        assert isinstance(block.body, Scoped)
        return self.scoped(block.body, around, again(None, block.most))

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
                text += catch(event, event_of(block.kinds[number], block.watch)) + path(split, event, begin)
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
        begin = start(f"{block.id}_ms", event_of(block.kinds[2], block.watch, 1 if interrupting else block.times),
                      isInterrupting=str(interrupting).lower())
        if block.says is not None:
            said = signal_event("sig") if block.says == "shout" else escalation_event("esc")
            drawn += throw(f"{block.id}_says", said)
            drawn += path(task.id, f"{block.id}_says")
        return sub(f"{block.id}_esp", begin, drawn, path(f"{block.id}_ms", task.id), event=True)

    def border(self, block: Scoped, around: tuple[str, ...], text: str) -> Drawn:
        if block.beside is not None:
            drawn, _, _ = self.task(block.beside, around)
            event = f"{block.id}_n"
            text += boundary(event, block.id, event_of(block.kinds[1], block.watch, block.times), False)
            text += drawn + path(event, block.beside.id)
        if block.instead is None:
            return text, block.id, block.id
        drawn, first, last = self.draw(block.instead, around)
        event, join = f"{block.id}_b", f"{block.id}_jj"
        text += boundary(event, block.id, event_of(block.kinds[0], block.watch)) + drawn + gateway("exclusive", join)
        return text + path(event, first) + path(last, join) + path(block.id, join), block.id, join


def draw(block: Block) -> list[bytes]:
    """The files of a process `p` that is this block."""
    pen = Pen()
    body, first, last = pen.draw(block, ())
    main = process("p", start(), body, end(), path("S", first), path(last, "E"))
    return [file(SAID, main), *(file(SAID, called) for called in pen.processes)]
