"""The private parts of SpiffWorkflow that engine/bpmn/spiff.py builds on, each held by name and behaviour."""

import inspect
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.node_parser import NodeParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from engine.bpmn import graph, nodes, spiff
from engine.bpmn.graph import Element
from engine.text import Text

ROOT = Path(__file__).parents[3]


def test_spiffworkflow_is_the_version_that_this_was_written_for() -> None:
    assert version("spiffworkflow") == "3.2.0"


def test_only_the_engines_bpmn_package_imports_spiffworkflow() -> None:
    for path in (*ROOT.glob("engine/**/*.py"), *ROOT.glob("web/**/*.py")):
        if "SpiffWorkflow" in path.read_text(encoding="utf-8"):
            assert path.parent == ROOT / "engine" / "bpmn"
    importers = [p.name for p in (ROOT / "engine/bpmn").glob("*.py") if "from SpiffWorkflow" in p.read_text()]
    assert importers == ["spiff.py"]


@pytest.mark.parametrize(("owner", "name", "parameters"), [
    (Task, "__init__", ["self", "workflow", "task_spec", "parent", "state", "id"]),
    (Task, "_set_state", ["self", "value"]), (Task, "_ready", ["self"]), (Task, "run", ["self"]),
    (Task, "complete", ["self"]), (Task, "cancel", ["self"]), (Task, "error", ["self"]),
    (TaskSpec, "_update", ["self", "my_task"]), (TaskSpec, "_update_hook", ["self", "my_task"]),
    (TaskSpec, "_on_ready", ["self", "my_task"]), (TaskSpec, "_on_ready_hook", ["self", "my_task"]),
    (TaskSpec, "_run", ["self", "my_task"]), (TaskSpec, "_run_hook", ["self", "my_task"]),
    (TaskSpec, "_on_complete", ["self", "my_task"]), (TaskSpec, "_on_complete_hook", ["self", "my_task"]),
    (TaskSpec, "_on_cancel", ["self", "my_task"]), (TaskSpec, "test", ["self"]),
    (Workflow, "_task_completed_notify", ["self", "task"]),
    (BpmnProcessSpec, "__init__", ["self", "name", "description", "filename", "svg"]),
    (BpmnParser, "create_parser", ["self", "node", "filename", "lane"]),
    (BpmnParser, "get_spec", ["self", "process_id", "required"]),
    (ProcessParser, "add_tasks", ["self"]), (ProcessParser, "create_spec", ["self"]),
    (ProcessParser, "parse_node", ["self", "node"]), (TaskParser, "parse_node", ["self"]),
    (NodeParser, "__init__", ["self", "node", "nsmap", "filename", "lane"]),
])
def test_what_we_override_or_call_is_still_there(owner: Any, name: str, parameters: list[str]) -> None:
    assert list(inspect.signature(getattr(owner, name)).parameters) == parameters


def test_the_states_of_a_token_keep_their_order() -> None:
    states = [spiff.FUTURE, spiff.WAITING, spiff.READY, spiff.STARTED, spiff.COMPLETED]
    assert states == sorted(states) and TaskState.FINISHED_MASK & spiff.COMPLETED


class Probe(nodes.Node):
    """Writes down which of its stations a token passes."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.passed: list[str] = []

    def _update_hook(self, token: spiff.Token) -> bool:
        self.passed.append("update")
        return True

    def _on_ready_hook(self, token: spiff.Token) -> None:
        self.passed.append("ready")

    def _run_hook(self, token: spiff.Token) -> bool | None:
        self.passed.append("run")
        return True

    def _on_complete_hook(self, token: spiff.Token) -> None:
        self.passed.append("complete")

    def _on_cancel(self, token: spiff.Token) -> None:
        self.passed.append("cancel")


class Broken(Probe):
    """Fails where it should do its work."""

    def _run_hook(self, token: spiff.Token) -> bool | None:
        raise ZeroDivisionError


def test_a_token_passes_the_stations_in_this_order_and_its_children_arrive_before_it_leaves() -> None:
    made = graph.Graph("g", "p")
    first, second = (Probe(made, id, Element(id, "task", Text(id), "p")) for id in ("a", "b"))
    flow: Any = spiff.FlowBase(made)
    token = spiff.Token(flow, first, None, spiff.FUTURE, 1)
    token.arrive()
    child = spiff.Token(flow, second, token, spiff.FUTURE, 2)
    assert token.run() is True
    assert first.passed == ["update", "ready", "run", "complete"] and second.passed == ["update", "ready"]
    assert list(flow.tasks) == [2] and child.has_state(spiff.READY)
    child.cancel()
    assert second.passed[-1] == "cancel" and child.has_state(TaskState.CANCELLED)


def test_a_fault_in_a_node_leaves_a_token_that_can_recover() -> None:
    made = graph.Graph("g", "p")
    node = Broken(made, "a", Element("a", "task", Text("a"), "p"))
    flow: Any = spiff.FlowBase(made)
    token = spiff.Token(flow, node, None, spiff.READY, 1)
    with pytest.raises(ZeroDivisionError):
        token.run()
    assert token.has_state(TaskState.ERROR) and 1 in flow.tasks
    token.recover()
    assert token.has_state(spiff.READY)
