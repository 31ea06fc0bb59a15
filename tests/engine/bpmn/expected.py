"""What the oracle keeps: levels of variables, regions that are alive, work items and messages that must be open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.engine.bpmn.blocks import Task, seen_names

Then = Callable[[], None]


@dataclass(eq=False)
class Vars:
    """A level of variables; `name` says whose it is."""

    name: str
    outer: "Vars | None"
    own: dict[str, Any] = field(default_factory=dict)
    wall: bool = False

    def get(self, name: str) -> Any:
        if name in self.own:
            return self.own[name]
        return self.outer.get(name) if self.outer else None

    def all(self) -> dict[str, Any]:
        return {**(self.outer.all() if self.outer else {}), **self.own}

    def put(self, name: str, value: Any) -> None:
        if name in self.own or self.wall or self.outer is None:
            self.own[name] = value
        else:
            self.outer.put(name, value)


@dataclass(eq=False)
class Region:
    """A sub-process that runs: what is open in it, how many paths are alive, and what follows when none is."""

    level: Vars
    outer: "Region | None"
    over: Then
    alive: int = 0
    gone: bool = False
    inner: list["Region"] = field(default_factory=list)
    levels: list[Vars] = field(default_factory=list)
    """Levels that live with it beside its own."""
    index: int | None = None
    """Which of many it is."""
    begun_by: str = ""
    """The event that began it, where it is an event sub-process."""
    broken: int = 0
    """How often an event sub-process has taken away what ran in it."""

    def __post_init__(self) -> None:
        if self.outer is not None:
            self.outer.inner.append(self)

    def leave(self) -> None:
        self.alive -= 1
        if self.alive == 0 and not self.gone:
            self.cut()
            self.over()

    def end(self) -> None:
        """Everything in it is over at once."""
        if not self.gone:
            self.alive = 0
            self.cut()
            self.over()

    def cut(self) -> None:
        self.gone = True
        for region in self.inner:
            region.cut()

    @property
    def place(self) -> tuple[int, ...]:
        """Of all the many around it, which ones it is in, innermost first."""
        own = () if self.index is None else (self.index,)
        return own + (self.outer.place if self.outer else ())

    @property
    def depth(self) -> int:
        """How many regions are around it."""
        return 0 if self.outer is None else self.outer.depth + 1

    @property
    def dead(self) -> bool:
        return self.gone or (self.outer is not None and self.outer.dead)


@dataclass(eq=False)
class Item:
    """A work item that must be open."""

    task: Task
    level: Vars
    around: tuple[str, ...]
    region: Region
    done: Callable[[dict[str, Any]], None]
    index: int | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        own = () if self.index is None else (self.index,)
        seen = tuple(self.level.get(name) for name in seen_names(self.around))
        return self.task.id, own + self.region.place, seen


@dataclass(eq=False)
class Event:
    """Something that must be waited for."""

    id: str
    region: Region
    fired: Then
    level: Vars | None = None
    """Its own level, where it is a step of the flow and not attached to something."""
    kind: str = "message"
    guards: Region | None = None
    """What runs inside that on whose border it is, or in which it lies as the start of an event sub-process."""
    left: int | None = None
    """How often it can still happen, None for always."""
    asks: Callable[[], bool] | None = None
    """Its condition."""
    gentle: bool = False
    """Whether it interrupts nothing."""
    into: Vars | None = None
    """The level that gets what comes with it; None for an event sub-process, where it stays with that run."""
    said: dict[str, Any] = field(default_factory=dict)
    """What came with it the last time."""
    held: bool = False
    """Whether the condition held when it was last looked at."""

    @property
    def key(self) -> tuple[Any, ...]:
        return self.id, self.region.place

    def calls_itself(self, thrower: Region | None) -> bool:
        """Whether what handles it is where something is thrown."""
        at = thrower
        while at is not None:
            if at.begun_by == self.id and at.outer is self.region:
                return True
            at = at.outer
        return False

    @property
    def outside(self) -> bool:
        """Whether it comes from outside the case."""
        return self.kind in ("message", "timer", "signal")
