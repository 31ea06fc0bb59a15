"""What must happen, told without tokens: an interpreter of the block tree that shares no code with the engine.

Every block is played with a continuation. Regions count what is alive in a sub-process and are cut off whole.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.engine.bpmn import blocks
from tests.engine.bpmn.blocks import Again, Block, Fork, Loop, Multi, Pick, Race, Scoped, Seq, Task
from tests.engine.bpmn.expected import Event, Item, Region, Then, Vars
from tests.engine.bpmn.happenings import Happenings, above


class Oracle(Happenings):
    """One run of a block tree."""

    def __init__(self, block: Block, variables: dict[str, Any]) -> None:
        super().__init__()
        self.root = Vars("", None, dict(variables))
        self.finished = False
        top = Region(self.root, None, self.finish)
        top.alive = 1
        self.regions.append(top)
        self.play(block, self.root, top, (), top.leave)
        self.conditions()

    def finish(self) -> None:
        self.finished = True

    def levels(self) -> Iterator[Vars]:
        """All levels of variables that are alive."""
        for region in self.regions:
            yield region.level
            yield from region.levels
        open_things: list[Item | Event] = [*self.items, *self.events]
        for open_thing in open_things:
            if open_thing.level is not None:
                yield open_thing.level

    # ---- blocks

    def play(self, block: Block, level: Vars, region: Region, around: tuple[str, ...], then: Then) -> None:
        match block:
            case Task():
                self.task(block, level, region, around, lambda _: then())
            case blocks.Count():
                level.put("k", (level.get("k") or 0) + 1)
                then()
            case blocks.Shout():
                self.shout(region, then)
            case blocks.Cry():
                self.cry(region, then)
            case blocks.Stop():
                self.task(block.asks, level, region, around, lambda answers: (
                    then if not answers["again"] else partial(self.reach, region, "error") if block.fails
                    else region.end)())
            case _:
                self.play_several(block, level, region, around, then)

    def play_several(self, block: Block, level: Vars, region: Region, around: tuple[str, ...], then: Then) -> None:
        """What is made of other blocks."""
        match block:
            case Again():
                self.again(block, level, region, around, then)
            case Seq():
                self.seq(block.blocks, level, region, around, then)
            case Fork():
                self.all_of(block.blocks, level, region, around, then)
            case Pick():
                self.task(block.asks, level, region, around, lambda answers: self.all_of(
                    [block.blocks[n] for n in (answers["pick"] if block.inclusive else answers["pick"][:1])],
                    level, region, around, then))
            case Loop():
                self.loop(block, level, region, around, then)
            case Race():
                self.race(block, level, region, around, then)
            case Multi():
                self.multi(block, level, region, around, then)
            case Scoped():
                self.scoped(block, level, region, around, then)

    def task(self, task: Task, level: Vars, region: Region, around: tuple[str, ...],
             then: Callable[[dict[str, Any]], None]) -> None:
        own = Vars(task.id, level, {name: level.get(name) for name in task.hides})

        def done(answers: dict[str, Any]) -> None:
            self.items.remove(item)
            if task.writes:
                level.put(task.writes, answers["v"])
            else:
                level.put(task.id, answers)
            then(answers)

        item = Item(task, own, around, region, done)
        self.items.append(item)

    def seq(self, blocks: list[Block], level: Vars, region: Region, around: tuple[str, ...], then: Then) -> None:
        if not blocks:
            then()
            return
        self.play(blocks[0], level, region, around, lambda: self.seq(blocks[1:], level, region, around, then))

    def all_of(self, blocks: list[Block], level: Vars, region: Region, around: tuple[str, ...], then: Then) -> None:
        missing = [len(blocks)]

        def one_less() -> None:
            missing[0] -= 1
            if not missing[0]:
                then()

        for block in blocks:
            self.play(block, level, region, around, one_less)

    def loop(self, block: Loop, level: Vars, region: Region, around: tuple[str, ...], then: Then) -> None:
        def asked(answers: dict[str, Any]) -> None:
            if answers["again"]:
                self.loop(block, level, region, around, then)
            else:
                then()

        self.play(block.body, level, region, around, lambda: self.task(block.asks, level, region, around, asked))

    def race(self, block: Race, level: Vars, region: Region, around: tuple[str, ...], then: Then) -> None:
        group: list[Event] = []

        def fired(inner: Block) -> None:
            self.forget(group)
            self.play(inner, level, region, around, then)

        for number, inner in enumerate(block.blocks):
            name = f"{block.id}_e{number}"
            group.append(self.await_event(Event(
                name, region, partial(fired, inner), Vars(name, level), block.kinds[number],
                asks=above(block.watch, level), into=level)))

    # ---- scopes

    def scoped(self, block: Scoped, level: Vars, region: Region, around: tuple[str, ...], then: Then) -> None:
        border: list[Event] = []

        def over() -> None:
            self.forget(border)
            then()

        own = Vars(block.id, level)
        inner = self.enter(block, own, level, region, around, over)
        if block.beside is not None:
            border.append(Event(
                f"{block.id}_n", region, lambda: self.beside(block, level, region, around), None, block.kinds[1], inner,
                block.times if block.kinds[1] == "timer" else None, above(block.watch, own), gentle=True, into=level))
        if block.instead is not None:
            def interrupted() -> None:
                inner.cut()
                self.forget(border)
                assert block.instead is not None
                self.play(block.instead, level, region, around, then)
            border.append(Event(f"{block.id}_b", region, interrupted, None, block.kinds[0], inner,
                                asks=above(block.watch, own), into=level))
        self.events += border

    def beside(self, block: Scoped, level: Vars, region: Region, around: tuple[str, ...]) -> None:
        assert block.beside is not None
        region.alive += 1
        self.task(block.beside, level, region, around, lambda _: region.leave())

    def enter(self, block: Scoped, own: Vars, level: Vars, region: Region, around: tuple[str, ...],
              over: Then, index: int | None = None) -> Region:
        """Begin what runs inside; `own` is the level of the activity, perhaps that of one item of many."""
        own.own.update({name: own.get(name) for name in block.hides})
        target = own if own.wall else level
        inside = own
        if block.called:
            inside = Vars(f"-{block.id}", None, own.all() if block.everything else dict(own.own))
            around = around if block.everything else ()

        def finished() -> None:
            given = dict(inside.own) if block.called else {}
            own.own.update(given)
            if block.gives:
                target.put(block.gives, own.get(block.gives))
            elif block.called and block.everything:
                for name, value in given.items():
                    if name != "loopCounter" or index is None or own.wall:  # a round keeps its number to itself
                        target.put(name, value)
            over()

        inner = Region(inside, region, finished, index=index)
        if block.called:
            inner.levels.append(own)
        inner.alive = 1
        self.regions.append(inner)
        if block.inside is not None:
            _, interrupting = block.inside
            left = block.times if block.kinds[2] == "timer" and not interrupting else None
            event = Event(
                f"{block.id}_ms", inner, lambda: self.inside(block, inside, inner, around, event), None,
                block.kinds[2], inner, left, above(block.watch, inside), gentle=not interrupting)
            self.await_event(event)
        self.play(block.body, inside, inner, around, inner.leave)
        return inner

    def inside(self, block: Scoped, level: Vars, region: Region, around: tuple[str, ...], event: Event) -> None:
        """The event sub-process: beside what runs, or instead of it."""
        assert block.inside is not None
        task, interrupting = block.inside
        if interrupting:
            for inner in region.inner:
                inner.cut()
            self.items = [item for item in self.items if item.region is not region]
            self.events = [event for event in self.events if event.region is not region]
            region.alive = 0
            region.broken += 1
        region.alive += 1
        event_level = Vars(f"{block.id}_esp", level, dict(event.said))
        sub = Region(event_level, region, region.leave, begun_by=event.id)
        sub.alive = 1
        self.regions.append(sub)
        says = {"shout": self.shout, "cry": self.cry}.get(block.says or "")
        self.task(task, event_level, sub, around, lambda _: says(sub, sub.leave) if says else sub.leave())

    # ---- many

    def again(self, block: Again, level: Vars, region: Region, around: tuple[str, ...], then: Then) -> None:
        body = Vars(block.body.id, level)
        hull = Region(body, region, lambda: None)
        self.regions.append(hull)

        def round(index: int) -> None:
            own = Vars(body.name, body, {"loopCounter": index + 1})
            if isinstance(block.body, Task):
                self.item(block.body, own, hull, around, index, lambda answers: over(index, answers["again"]))
            else:
                self.enter(block.body, own, body, hull, around, lambda: over(index, True), index)

        def over(index: int, more: bool) -> None:
            if more and index + 1 < block.most:
                round(index + 1)
                return
            hull.cut()
            then()

        round(0)

    def multi(self, block: Multi, level: Vars, region: Region, around: tuple[str, ...], then: Then) -> None:
        name = f"it_{block.id}"
        body = Vars(block.body.id, level)
        results: list[Any] = [None] * len(block.members)
        hull = Region(body, region, lambda: None)
        done = [0]

        def one(index: int) -> None:
            own = Vars(body.name, body, {name: block.members[index], "loopCounter": index + 1}, wall=True)
            if isinstance(block.body, Task):
                self.item(block.body, own, hull, (*around, name), index,
                          lambda answers: collect(index, own, answers))
            else:
                self.enter(block.body, own, level, hull, (*around, name), lambda: collect(index, own, None), index)

        def collect(index: int, own: Vars, answers: dict[str, Any] | None) -> None:
            results[index] = {"i": own.get(name), "n": own.get("loopCounter"), "x": own.get("x")}
            if answers is not None:
                results[index]["v"] = answers["v"]
            done[0] += 1
            if done[0] == len(results) or (block.enough and done[0] >= block.enough):
                close()
            elif block.sequential:
                one(done[0])

        def close() -> None:
            hull.cut()
            level.put(f"out_{block.id}", results)
            then()

        if not results:
            close()
            return
        self.regions.append(hull)
        for index in range(1 if block.sequential else len(results)):
            one(index)

    def item(self, task: Task, own: Vars, region: Region, around: tuple[str, ...], index: int,
             then: Callable[[dict[str, Any]], None]) -> None:
        """A work item that is one of many: its level is a wall already."""
        own.own.update({name: own.get(name) for name in task.hides})

        def done(answers: dict[str, Any]) -> None:
            self.items.remove(item)
            target = own if own.wall or own.outer is None else own.outer
            target.put(task.writes or task.id, answers["v"] if task.writes else answers)
            then(answers)

        item = Item(task, own, around, region, done, index)
        self.items.append(item)
