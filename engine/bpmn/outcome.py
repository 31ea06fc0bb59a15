"""What a move produced: the new state, everything that is open now, and what happened on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from engine.text import Text


@dataclass(frozen=True)
class WorkItem:
    """Something a person must do. `since` is when it opened, `due` and `follow_up` follow the variables of now."""

    id: int
    process: str
    element: str
    groups: tuple[str, ...]
    assignee: str | None
    form: str | None
    due: datetime | None
    follow_up: datetime | None
    priority: int
    since: datetime
    properties: Mapping[str, Any] = field(default_factory=dict)
    users: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wait:
    """A timer, message or signal that the case waits for. Timers have `due`, the others a `name`, messages perhaps a
    `key`."""

    id: int
    process: str
    element: str
    kind: Literal["timer", "message", "signal"]
    due: datetime | None
    name: str | None
    key: str | None
    since: datetime
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """A job to do outside, after the commit. `variables` are what its input mappings name, nothing else."""

    id: int
    process: str
    element: str
    type: str
    headers: Mapping[str, str]
    variables: Mapping[str, Any]
    retries: int
    since: datetime


@dataclass(frozen=True)
class Incident:
    """A place where the case cannot go on without a person. Its id is that of the token that stopped."""

    id: int
    process: str
    element: str
    text: Text


STUMBLED = "stumbled"
"""In the memo of a token: why what was last sent for it could not be followed through."""

LogKind = Literal["entered", "completed", "cancelled", "fired", "decided", "incident", "thrown"]


@dataclass(frozen=True)
class Log:
    """One thing that happened during the move, in order."""

    kind: LogKind
    process: str
    element: str
    token: int
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """The whole result: `items`, `waits`, `calls` and `incidents` are all that are open, not only the new ones."""

    state: bytes
    items: tuple[WorkItem, ...]
    waits: tuple[Wait, ...]
    calls: tuple[Call, ...]
    incidents: tuple[Incident, ...]
    log: tuple[Log, ...]
    variables: Mapping[str, Any]
    finished: bool
    closed: bool
    """Finished, or nothing is under way but what is done for a closed case."""
