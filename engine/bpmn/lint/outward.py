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
        if node.tag in THROWING and not list(catchers(node, kind, processes)):
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


def catchers(node: Node, kind: str, processes: Mapping[str, Scope]) -> Iterator[Node]:
    """The nearest events that may catch the error or escalation that a node throws, here or in processes that call it.
    What handles it where it is thrown does not call itself."""
    yield from _around(node.scope, None, kind, _code(node, kind), processes, frozenset())


def _around(
    scope: Scope, out_of: Node | None, kind: str, code: str | None, processes: Mapping[str, Scope], seen: frozenset[str]
) -> Iterator[Node]:
    subs = [sub for sub in scope.event_subprocesses() if sub.inner and sub is not out_of]
    inside = [start for sub in subs if sub.inner for start in sub.inner.starts if _catches(start, kind, code)]
    if inside:
        yield from inside
        return
    if scope.parent is not None:
        yield from _beyond(scope.parent, kind, code, processes, seen)
        return
    if scope.id in seen:
        return
    callers = [
        node
        for process in processes.values()
        for level in process.walk()
        for node in level.nodes
        if node.tag == "callActivity" and node.said("calledElement", "processId") == scope.id
    ]
    for caller in callers:
        yield from _beyond(caller, kind, code, processes, seen | {scope.id})


def _beyond(
    node: Node, kind: str, code: str | None, processes: Mapping[str, Scope], seen: frozenset[str]
) -> Iterator[Node]:
    border = [event for event in node.boundary if _catches(event, kind, code)]
    yield from border or _around(node.scope, node, kind, code, processes, seen)


def _catches(event: Node, kind: str, code: str | None) -> bool:
    return event.event == kind and _code(event, kind) in (None, code)
