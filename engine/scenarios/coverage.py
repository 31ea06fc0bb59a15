"""Which elements and arrows of the diagrams the stories pass: what no story passes, nobody has tried."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.bpmn import Log
from engine.bpmn.bundle import Bundle
from engine.bpmn.containers import SubProcess
from engine.bpmn.graph import Graph

Place = tuple[str, str]
"""A process, and an element or arrow of it."""
PASSED = frozenset({"completed", "fired", "thrown"})


def passed_in(log: Iterable[Log]) -> Iterator[Place]:
    """The elements that a move brought to their end, and the arrows that its tokens took."""
    for line in log:
        if line.kind in PASSED:
            yield line.process, line.element
            yield from ((line.process, flow) for flow in line.detail.get("flows", ()))


def behind(graph: Graph, process: str, element: str) -> Iterator[Place]:
    """An element, the arrows out of it and what they lead to: passed all the same by a call that ended its own case."""
    for node in graph.task_specs.values():
        if node.element.id == element:
            yield process, element
            for flow in node.flows:
                yield from ((process, flow.id), (process, flow.target.element.id))
        elif isinstance(node, SubProcess):
            yield from behind(node.inner, process, element)


@dataclass(frozen=True)
class Coverage:
    """How far the stories go through one process. `missed` are ids, in the order of the diagram."""

    process: str
    elements: int
    flows: int
    missed_elements: tuple[str, ...]
    missed_flows: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether some story passes each element and each arrow."""
        return not self.missed_elements and not self.missed_flows

    def as_json(self) -> dict[str, object]:
        """The shape that `masar check --coverage --json` prints."""
        return {
            "process": self.process,
            "elements": {"all": self.elements, "missed": list(self.missed_elements)},
            "flows": {"all": self.flows, "missed": list(self.missed_flows)},
        }


def coverage_of(bundle: Bundle, passed: frozenset[Place]) -> list[Coverage]:
    """The coverage of every process, by its id."""
    return [_of_process(key, process.graph, process.elements, passed) for key, process in sorted(
        bundle.processes.items())]


def _of_process(key: str, graph: Graph, elements: Mapping[str, object], passed: frozenset[Place]) -> Coverage:
    flows = list(_flows(graph))
    return Coverage(
        key, len(elements), len(flows),
        tuple(one for one in elements if (key, one) not in passed),
        tuple(one for one in flows if (key, one) not in passed),
    )


def _flows(graph: Graph) -> Iterator[str]:
    """The arrows of a graph and of the sub-processes in it; those that only the engine knows have a space in their
    id and are passed with the events that they belong to."""
    for node in graph.task_specs.values():
        yield from (flow.id for flow in node.flows if " " not in flow.id)
        if isinstance(node, SubProcess):
            yield from _flows(node.inner)
