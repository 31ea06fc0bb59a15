"""Events that call one another at once: what one sets off throws what the next one hears, and so on round."""

from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Node, Scope
from engine.bpmn.lint.known import Known
from engine.bpmn.lint.loops import JOBS, PEOPLE_AND_TIME, waits
from engine.bpmn.lint.outward import THROWING, all_processes, catchers, signal_name

THROWN = ("signal", "escalation")


def echoing(diagram: Diagram, known: Known) -> list[Node]:
    """The events that interrupt nothing and set themselves off again with nobody in between, in drawing order. A signal
    reaches all other cases too, which answer with the same: there a handler that throws its own is enough."""
    ears = [node for node in diagram.nodes if node.event in THROWN and not node.interrupting and _is_ear(node)]
    if not ears:
        return []
    leads = {ear: [other for other in _heard_by(ear, diagram, known) if other in ears] for ear in ears}
    return [ear for ear in ears if ear in _after(ear, leads)]


def _is_ear(node: Node) -> bool:
    return node.tag == "boundaryEvent" or (node.tag == "startEvent" and node.scope.is_event_subprocess)


def _after(ear: Node, leads: dict[Node, list[Node]]) -> set[Node]:
    found: set[Node] = set()
    todo = list(leads[ear])
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += leads[one]
    return found


def _heard_by(ear: Node, diagram: Diagram, known: Known) -> Iterator[Node]:
    processes = all_processes(diagram, known)
    for node in _passed_at_once(ear, known):
        if node.tag in THROWING and node.event == "signal":
            yield from (one for one in diagram.nodes
                        if one.event == "signal" and one.tag not in THROWING and signal_name(one) == signal_name(node))
        elif node.tag in THROWING and node.event == "escalation":
            yield from catchers(node, "escalation", processes)


def _passed_at_once(ear: Node, known: Known) -> set[Node]:
    """What a token comes to from an event before it has to stop, also inside of what it enters."""
    passed: set[Node] = set()
    todo = [flow.target for flow in ear.outgoing]
    while todo:
        node = todo.pop()
        if node is None or node in passed:
            continue
        passed.add(node)
        inner: Scope | None = node.inner
        if node.tag == "callActivity":
            inner = (known.processes or {}).get(node.said("calledElement", "processId") or "")
        if inner is not None:
            todo += inner.begins
        if not waits(node, known, JOBS | PEOPLE_AND_TIME, frozenset()):
            todo += [flow.target for flow in node.outgoing]
    return passed
