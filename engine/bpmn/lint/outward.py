"""What is said outwards: signals, escalations and errors, and whether anybody listens; conditions and links."""

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from engine.bpmn.lint.diagram import BPMN, Diagram, Node, Scope
from engine.bpmn.lint.known import Flaw, Known, label
from engine.text import Text

THROWING = frozenset({"intermediateThrowEvent", "endEvent"})


def events_of(diagram: Diagram, kind: str) -> list[Node]:
    """The events of one kind."""
    return [node for node in diagram.nodes if node.event == kind]


def signal_name(node: Node) -> str:
    """The name of the signal that an event throws or waits for, "" if it has none."""
    reference = (node.definitions[0].get("signalRef") or "").rpartition(":")[2]
    for found in root_of(node.element).iterchildren(f"{BPMN}signal"):
        if reference and found.get("id") == reference:
            return (found.get("name") or "").strip()
    return ""


def root_of(element: etree._Element) -> etree._Element:
    """The file that an element stands in."""
    return element.getroottree().getroot()


def all_processes(diagram: Diagram, known: Known) -> Mapping[str, Scope]:
    """Every process there is: those of the diagram before those that are known."""
    return {**(known.processes or {}), **{process.id: process for process in diagram.processes}}


def nobody_catches(diagram: Diagram, known: Known, kind: str, words: Callable[[Node], Text]) -> Iterator[Flaw]:
    """What is thrown and nothing around it catches, here or in a process that calls it."""
    processes = all_processes(diagram, known)
    for node in events_of(diagram, kind):
        if node.tag in THROWING and not _caught(node.scope, kind, _code(node, kind), processes, frozenset()):
            yield Flaw(
                label(node.element),
                words(node),
                Text(
                    "ضع حدثاً يلتقطه على حدّ ما حوله، أو في إجراء فرعي حدثي.",
                    "Put an event that catches it on the border of what is around it, or in an event sub-process.",
                ),
            )


def _code(node: Node, kind: str) -> str | None:
    reference = (node.definitions[0].get(f"{kind}Ref") or "").rpartition(":")[2]
    found = [e for e in root_of(node.element).iterchildren(f"{BPMN}{kind}") if reference and e.get("id") == reference]
    return (found[0].get(f"{kind}Code") or None) if found else None


def _caught(scope: Scope, kind: str, code: str | None, processes: Mapping[str, Scope], seen: frozenset[str]) -> bool:
    """Whether something around a scope catches what is thrown in it, here or in a process that calls it."""
    inside = [start for sub in scope.event_subprocesses() if sub.inner for start in sub.inner.starts]
    if any(_catches(event, kind, code) for event in inside):
        return True
    if scope.parent is not None:
        return _caught_at(scope.parent, kind, code, processes, seen)
    if scope.id in seen:
        return False
    callers = [
        node
        for process in processes.values()
        for level in process.walk()
        for node in level.nodes
        if node.tag == "callActivity" and node.said("calledElement", "processId") == scope.id
    ]
    return any(_caught_at(node, kind, code, processes, seen | {scope.id}) for node in callers)


def _caught_at(node: Node, kind: str, code: str | None, processes: Mapping[str, Scope], seen: frozenset[str]) -> bool:
    return any(_catches(event, kind, code) for event in node.boundary) or _caught(
        node.scope, kind, code, processes, seen
    )


def _catches(event: Node, kind: str, code: str | None) -> bool:
    return event.event == kind and _code(event, kind) in (None, code)
