"""What the dialect says of an element beyond its shape, compiled once and shared by all cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.bpmn.expressions import Expression

Mappings = tuple[tuple[str, Expression], ...]


@dataclass(frozen=True)
class Trigger:
    """What an event waits for or throws. A timer has `when` and `form`, a condition `when`; messages have a `name` and
    perhaps a `key`, signals and links a `name`; errors and escalations a `code` (None: any)."""

    kind: Literal["timer", "message", "error", "terminate", "signal", "escalation", "conditional", "link"]
    name: str | None = None
    key: Expression | None = None
    code: str | None = None
    when: Expression | None = None
    form: Literal["timeDate", "timeDuration", "timeCycle"] | None = None


@dataclass(frozen=True)
class JobType:
    """The call that a service or send task asks for."""

    type: str
    retries: int
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Called:
    """The process that a call activity runs, and whether it gets and gives all variables."""

    process: str
    all_in: bool
    all_out: bool


@dataclass(frozen=True)
class Loop:
    """A multi-instance: over which list, under which names, and when it may stop early."""

    collection: Expression
    item: str | None
    output: str | None
    result: Expression | None
    sequential: bool
    enough: Expression | None


@dataclass(frozen=True)
class Again:
    """A loop marker: an activity that is done again while `condition` holds, `most` times at most (None: no bound)."""

    condition: Expression | None
    most: int | None
    asks_first: bool
    """Whether the condition is asked before the first time too."""


@dataclass(frozen=True)
class Traits:
    """Everything that the `zeebe:` extensions of one element say."""

    inputs: Mappings = ()
    outputs: Mappings = ()
    properties: Mapping[str, Expression] = field(default_factory=dict)
    form: str | None = None
    groups: Expression | None = None
    users: Expression | None = None
    assignee: Expression | None = None
    due: Expression | None = None
    follow_up: Expression | None = None
    priority: Expression | None = None
    script: tuple[Expression, str] | None = None
    decision: tuple[str, str] | None = None
    job: JobType | None = None
    called: Called | None = None
    loop: Loop | None = None
    again: Again | None = None
    trigger: Trigger | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
