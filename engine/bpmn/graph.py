"""A process as the running engine knows it: its elements for people, and the graph that tokens walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.bpmn.expressions import Expression
from engine.bpmn.spiff import GraphBase
from engine.bpmn.traits import Traits
from engine.text import Text

if TYPE_CHECKING:
    from engine.bpmn.nodes import Node


@dataclass(frozen=True)
class Element:
    """An element of a diagram as the platform sees it. Properties and groups are as written: those with "=" are
    FEEL and evaluated per work item."""

    id: str
    type: str
    name: Text
    process: str
    properties: Mapping[str, str] = field(default_factory=dict)
    form: str | None = None
    groups: tuple[str, ...] = ()
    lane: str | None = None
    parent: str | None = None
    """The sub-process that it lies in, None directly in the process."""
    event: str | None = None
    """For events and receive tasks: "timer", "message", "signal", "error", "escalation", "conditional", "link" or
    "terminate"."""
    attached_to: str | None = None
    interrupting: bool = True
    calls: str | None = None
    """For call activities: the process that is called."""
    multiple: str | None = None
    """For multi-instances: "parallel" or "sequential"; for what carries a loop marker: "loop"."""
    documentation: str | None = None
    traits: Traits = field(default_factory=Traits, repr=False, compare=False)


@dataclass(frozen=True)
class Process:
    """A process of a bundle, with all its elements at every depth."""

    id: str
    name: Text
    properties: Mapping[str, str]
    elements: Mapping[str, Element]
    sha256: str
    graph: Graph = field(repr=False, compare=False)

    @property
    def plain_starts(self) -> tuple[str, ...]:
        """The ids of the start events at which somebody begins it."""
        return tuple(
            one.id for one in self.elements.values() if one.type == "startEvent" and not (one.parent or one.event)
        )


@dataclass(frozen=True, eq=False)
class SequenceFlow:
    """An arrow between two nodes."""

    id: str
    target: Node
    condition: Expression | None = None


class Graph(GraphBase):
    """The nodes of a process or sub-process. Never changed after loading, so that all threads may share it."""

    def __init__(self, name: str, process: str) -> None:
        super().__init__(name)
        self.process = process
        self.starts: list[Node] = []
        """Where tokens are put when it begins: the plain start event (or, without one, all that nothing leads to), then
        the starts of event sub-processes."""
        self.has_conditions = False
        """Whether an event in it waits for a condition."""
        self.has_inclusive_joins = False
