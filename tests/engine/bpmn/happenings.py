"""What the oracle knows of events: who hears a signal, who catches an escalation, which conditions have come true."""

from collections.abc import Callable
from typing import Any

from tests.engine.bpmn.blocks import Watch
from tests.engine.bpmn.expected import Event, Item, Region, Vars


class Happenings:
    """Everything that is open, and what happens to it."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.events: list[Event] = []
        self.regions: list[Region] = []
        self.told = 0
        """Signals of which other cases are still to hear."""

    def tidy(self) -> None:
        """Forget what was cut off."""
        self.items = [item for item in self.items if not item.region.dead]
        self.events = [event for event in self.events if not event.region.dead]
        self.regions = [region for region in self.regions if not region.dead]

    def await_event(self, event: Event) -> Event:
        """From now on it may happen."""
        self.events.append(event)
        return event

    def forget(self, events: list[Event]) -> None:
        """They can happen no more."""
        self.events = [event for event in self.events if event not in events]

    def happen(self, event: Event, said: dict[str, Any] | None = None) -> None:
        """It happens, perhaps for the last time, and brings some variables."""
        event.said = said or {}
        if event.into is not None:
            for name, value in event.said.items():
                event.into.put(name, value)
        if event.left is not None:
            event.left -= 1
            if not event.left:
                self.forget([event])
        event.fired()

    def alive(self, event: Event) -> bool:
        return event in self.events and not event.region.dead

    def broadcast(self, thrower: Region | None = None) -> None:
        """Everybody who waits for the signal now hears it, but not what throws it while it handles it."""
        hearing = [event for event in self.events if event.kind == "signal" and self.alive(event)
                   and not event.calls_itself(thrower)]
        for event in sorted(hearing, key=lambda event: not event.gentle):
            if self.alive(event):
                self.happen(event)

    def shout(self, region: Region, then: Callable[[], None]) -> None:
        """Somebody throws the signal, and goes on unless that takes away where they are."""
        self.told += 1
        self.unless_broken(region, lambda: self.broadcast(region), then)

    def cry(self, region: Region, then: Callable[[], None]) -> None:
        """Somebody throws the escalation: the nearest that catches it hears it."""
        self.unless_broken(region, lambda: self.reach(region, "escalation"), then)

    def reach(self, region: Region, kind: str) -> None:
        """The nearest around a region that catches an escalation or error. What handles one does not call itself."""
        at: Region | None = region
        while at is not None:
            near = [e for e in self.events if e.kind == kind and e.guards is at and self.alive(e)
                    and not e.calls_itself(region)]
            inside = [e for e in near if e.region is at]
            if near:
                self.happen((inside or near)[0])
                return
            at = at.outer

    def unless_broken(self, region: Region, act: Callable[[], None], then: Callable[[], None]) -> None:
        """Go on after something, if one is still there."""
        before = region.broken
        act()
        if not region.dead and region.broken == before:
            then()

    def conditions(self) -> None:
        """What has come true happens, the outermost first, until nothing more does."""
        while True:
            self.tidy()
            waiting = [event for event in self.events if event.kind == "conditional"]
            for event in sorted(waiting, key=lambda event: event.region.depth):
                assert event.asks is not None
                held, event.held = event.held, event.asks()
                if event.held and not held:
                    self.happen(event)
                    break
            else:
                return


def above(watch: Watch, level: Vars) -> Callable[[], bool]:
    """The condition as a level of variables sees it."""
    def asks() -> bool:
        value: Any = level.get(watch.name)
        return isinstance(value, int) and value > watch.above
    return asks
