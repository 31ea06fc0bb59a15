"""Random block-structured processes: the blocks of which they are made."""

from dataclasses import dataclass, field
from typing import TypeAlias

POOL = ("x", "y", "z")
"""Names that work items write and inner scopes hide."""


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
class Shout:
    """Throws the signal."""

    id: str


@dataclass
class Cry:
    """Throws the escalation."""

    id: str


@dataclass
class Stop:
    """A work item says whether what is around it goes on, fails with the error, or is ended whole."""

    id: str
    asks: Task
    fails: bool


@dataclass
class Watch:
    """A condition on a variable of the pool: it is above a number."""

    name: str
    above: int


@dataclass
class Again:
    """A block or work item with a loop marker: at most so often, a work item as long as it says so."""

    id: str
    body: "Task | Scoped"
    most: int


@dataclass
class Multi:
    """One block or work item for every member of a list."""

    id: str
    body: "Task | Scoped"
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
    """The first of several events decides."""

    id: str
    blocks: list["Block"]
    kinds: list[str]
    watch: Watch


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
    """After an event that interrupts."""
    beside: Task | None = None
    """Beside it, each time an event comes that does not interrupt."""
    inside: "tuple[Task, bool] | None" = None
    """In an event sub-process (and whether that interrupts)."""
    kinds: tuple[str, str, str] = ("message", "message", "message")
    """What sort of event begins each of these three."""
    watch: Watch = field(default_factory=lambda: Watch("x", 50))
    """For those that are conditions."""
    times: int = 1
    """For timers that do not interrupt: how often they come."""
    says: str | None = None
    """What the event sub-process throws when its work is done: "shout", "cry" or nothing."""


Block: TypeAlias = Task | Count | Shout | Cry | Stop | Again | Multi | Seq | Fork | Pick | Loop | Race | Scoped
"""Anything of which a process is made."""


def seen_names(around: tuple[str, ...]) -> list[str]:
    """What every work item shows of its variables."""
    return [*POOL, "loopCounter", *around]
