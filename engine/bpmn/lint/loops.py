"""Loops that would spin without anybody doing anything."""

from collections.abc import Callable, Iterator

from engine.bpmn.lint.diagram import Diagram, Node, Scope
from engine.bpmn.lint.flows import LARGEST_SCOPE, reach
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.text import Text

PEOPLE_AND_TIME = frozenset({"userTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway"})
JOBS = frozenset({"serviceTask", "sendTask"})
OWN_DOING = frozenset({"error", "escalation", "conditional", "link"})
"""Events that the case itself brings about, perhaps at once."""

Waits = Callable[[Node], bool]


def runaway(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Loops in which no element waits for a person, a time, a message or a call: they would spin."""
    for scope in diagram.scopes:
        for node in _spinning(scope, lambda node: waits(node, known, JOBS | PEOPLE_AND_TIME, frozenset()))[
            :1
        ]:
            yield Flaw(
                label(node.element),
                Text(
                    f"حلقة عند «{called(node)}» لا تنتظر أحداً ولا وقتاً: ستدور بلا توقف.",
                    f"A loop at “{called(node)}” waits for nobody and no time: it would run away.",
                ),
                Text(
                    "ضع في الحلقة مهمة لشخص أو مؤقتاً أو رسالة.",
                    "Put a work item, a timer or a message into the loop.",
                ),
            )


def loop_of_calls(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Loops in which only calls are made, with no person and no time between them (warning)."""
    for scope in diagram.scopes:
        if _spinning(scope, lambda node: waits(node, known, JOBS | PEOPLE_AND_TIME, frozenset())):
            continue
        for node in _spinning(scope, lambda node: waits(node, known, PEOPLE_AND_TIME, frozenset()))[:1]:
            yield Flaw(
                label(node.element),
                Text(
                    f"حلقة عند «{called(node)}» ليس فيها إلا اتصالات بالخارج: قد ترسل مرات كثيرة متتالية.",
                    f"A loop at “{called(node)}” holds only calls: it may send many times in a row.",
                ),
                Text("ضع في الحلقة مؤقتاً أو مهمة لشخص.", "Put a timer or a work item into the loop."),
            )


def waits(node: Node, known: Known, waiting: frozenset[str], above: frozenset[str]) -> bool:
    """Whether a token always stops at this node. `above` are the processes that led here."""
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


def _spinning(scope: Scope, stops: Waits) -> list[Node]:
    """Nodes on a cycle that leads only over nodes that do not wait, in drawing order."""
    if len(scope.nodes) > LARGEST_SCOPE:
        return []
    left = {node for node in scope.nodes if not stops(node)}
    before = -1
    while before != len(left):
        before = len(left)
        entered = {t for node in left for t in _next(node) if t in left}
        left = {node for node in left if node in entered and any(t in left for t in _next(node))}
    return [node for node in scope.nodes if node in left]


def _next(node: Node) -> list[Node]:
    return [flow.target for flow in node.outgoing if flow.target is not None] + node.boundary
