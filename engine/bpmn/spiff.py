"""The one door to SpiffWorkflow: every class and every private method of it that we build on stands here.

SpiffWorkflow parses the diagram into a graph of specs and moves tokens (its `Task`) through their states. What it does
wrong for cases that live for years is not used at all: prediction, joins, boundary and catching events, timers,
multi-instance, the task tree, `task.data`, Python scripts, the main loop and the serializer are our own.

Private surface (held by a contract test; SpiffWorkflow is pinned exactly):
  Task.__init__(workflow, spec, parent, state, id) · _state · _set_state · _ready
      run · complete · cancel · internal_data
  TaskSpec._update → _update_hook · _ready → _on_ready → test, _on_ready_hook · run → _run → _run_hook
           complete → _on_complete → _on_complete_hook, children's _update, workflow._task_completed_notify
           cancel → _drop_children, _on_cancel
  WorkflowSpec.task_specs · BpmnProcessSpec.start/.end
  BpmnParser.OVERRIDE_PARSER_CLASSES/.PROCESS_PARSER_CLASS/.create_parser · ProcessParser.add_tasks/.create_spec/.spec
  TaskParser.parse_node · NodeParser.lane
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, full_tag
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

if TYPE_CHECKING:
    from engine.bpmn.flow import Flow
    from engine.bpmn.nodes import Node

__all__ = [
    "FUTURE", "READY", "STARTED", "WAITING", "FileParser", "FlowBase", "GraphBase", "NodeParserBase",
    "ProcessParserBase", "SpecBase", "Token", "ValidationException", "full_tag",
]

for _name in ("spiff.task", "spiff.workflow"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # at lower levels it walks the whole tree to write one line

FUTURE: int = TaskState.FUTURE
WAITING: int = TaskState.WAITING
READY: int = TaskState.READY
STARTED: int = TaskState.STARTED
COMPLETED: int = TaskState.COMPLETED


class Token(Task):  # type: ignore[misc]
    """A live token: where a case stands. `memo` holds what it must remember between moves, and nothing of the case."""

    id: int
    workflow: Flow
    task_spec: Node
    _state: int

    def __init__(self, flow: Flow, node: Node, parent: Token | None, state: int, id: int) -> None:
        super().__init__(flow, node, parent, state, id)

    @property
    def memo(self) -> dict[str, Any]:
        """What the token remembers: kept in the state document, so plain values only."""
        found: dict[str, Any] = self.internal_data
        return found

    def _set_state(self, value: int) -> None:
        """SpiffWorkflow would look at the clock, and make ready a line of log that nobody reads."""
        self._state = value

    def arrive(self) -> None:
        """Let the node look whether the token may go on (again)."""
        self.task_spec._update(self)

    def wait(self) -> None:
        """Stay until something happens."""
        self._set_state(WAITING)

    def begin(self) -> None:
        """Stay while something runs: an inner flow, a call, items."""
        self._set_state(STARTED)

    def ready(self) -> None:
        """Go on at the next step."""
        self._ready()

    def recover(self) -> None:
        """Back from SpiffWorkflow's ERROR, so that the work can be tried again."""
        self._set_state(READY)


class SpecBase(BpmnSpecMixin):  # type: ignore[misc]
    """A node of the graph, without prediction and without SpiffWorkflow's data handling."""

    name: str

    def _predict(self, *_args: Any, **_more: Any) -> None:
        """Children are created when a token leaves a node; nothing is guessed ahead."""

    def test(self) -> None:
        """Diagrams are checked when they are loaded, not at every step."""


class GraphBase(BpmnProcessSpec):  # type: ignore[misc]
    """A process or sub-process as a graph of nodes, without SpiffWorkflow's own start and end nodes."""

    name: str
    task_specs: dict[str, Node]

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self.task_specs.clear()
        self.start = self.end = None


class FlowBase(BpmnBaseWorkflow):  # type: ignore[misc]
    """A running process or sub-process that holds its live tokens only."""

    tasks: dict[int, Token]

    def __init__(self, graph: GraphBase) -> None:
        super().__init__(graph, deserializing=True)

    def _task_completed_notify(self, task: Token) -> None:
        """A token that has done its work leaves; those that it sent on are there already."""
        self.tasks.pop(task.id, None)


class FileParser(BpmnParser):  # type: ignore[misc]
    """Parser of one file."""

    process_parsers: dict[str, Any]


class ProcessParserBase(ProcessParser):  # type: ignore[misc]
    """Parser of one process or sub-process."""


class NodeParserBase(TaskParser):  # type: ignore[misc]
    """Parser of one flow node."""
