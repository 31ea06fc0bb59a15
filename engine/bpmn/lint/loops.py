"""Loops that would spin without anybody doing anything."""

from collections.abc import Callable

from engine.bpmn.lint.diagram import Node, Scope
from engine.bpmn.lint.flows import LARGEST_SCOPE, reach
from engine.bpmn.lint.known import Known
from engine.bpmn.lint.pauses import never_pauses

PEOPLE_AND_TIME = frozenset({"userTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway"})
JOBS = frozenset({"serviceTask", "sendTask"})
OWN_DOING = frozenset({"error", "escalation", "conditional", "link"})
"""Events that the case itself brings about, perhaps at once."""
Waits = Callable[[Node], bool]


def waits(node: Node, known: Known, waiting: frozenset[str], above: frozenset[str]) -> bool:
    """Whether a token always stops at this node. `above` are the processes that led here."""
    if never_pauses(node):
        return False
    if node.tag == "boundaryEvent":
        return node.event not in OWN_DOING
    if node.tag == "callActivity":
        process = node.said("calledElement", "processId") or ""
        target = (known.processes or {}).get(process)
        if target is None or process in above:
            return True
        return not passable(target, known, waiting, above | {process})
    if node.inner is not None:
        return not passable(node.inner, known, waiting, above)
    return node.tag in waiting and not (node.tag == "intermediateCatchEvent" and node.event in OWN_DOING)


def passable(scope: Scope, known: Known, waiting: frozenset[str], above: frozenset[str]) -> bool:
    """Whether a token can get from the start of a scope to an end without stopping anywhere."""
    open_nodes = {node for node in scope.nodes if not waits(node, known, waiting, above)}
    reached: set[Node] = set()
    frontier = [node for node in scope.begins if node in open_nodes]
    while frontier:
        node = frontier.pop()
        if node not in reached:
            reached.add(node)
            frontier += [f.target for f in node.outgoing if f.target in open_nodes and f.target is not None]
    return any(not node.outgoing for node in reached)


def in_a_loop(scope: Scope) -> set[Node]:
    """The nodes of a scope that a token may come to again."""
    if len(scope.nodes) > LARGEST_SCOPE:
        return set()
    return {node for node in scope.nodes if node in reach(_next(node))}


def spinning(scope: Scope, stops: Waits) -> list[Node]:
    """Nodes on a cycle that leads only over nodes that do not wait, in drawing order."""
    if len(scope.nodes) > LARGEST_SCOPE:
        return []
    onwards = {node: _at_once(node, stops) for node in scope.nodes}
    left = {node for node in scope.nodes if onwards[node]}
    before = -1
    while before != len(left):
        before = len(left)
        entered = {t for node in left for t in onwards[node] if t in left}
        left = {node for node in left if node in entered and any(t in left for t in onwards[node])}
    return [node for node in scope.nodes if node in left]


def _at_once(node: Node, stops: Waits) -> list[Node]:
    """Where a token gets from a node without stopping at it; from one that waits only by a timer over at once that ends
    it, or that it races with."""
    if not stops(node):
        return _next(node)
    events = [event for event in node.boundary if event.interrupting]
    if node.tag == "eventBasedGateway":
        events += [flow.target for flow in node.outgoing if flow.target is not None]
    return [event for event in events if never_pauses(event)]


def _next(node: Node) -> list[Node]:
    return [flow.target for flow in node.outgoing if flow.target is not None] + node.boundary
