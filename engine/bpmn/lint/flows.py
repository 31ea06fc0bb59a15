"""How the elements hang together: two ends to a flow, one way in, everything reachable, no dead ends."""

from collections.abc import Iterable

from engine.bpmn.lint.diagram import Node, Scope

LARGEST_SCOPE = 300


def entrances(scope: Scope) -> list[Node]:
    """Where tokens enter a scope: where it begins, and its event sub-processes."""
    return scope.begins + scope.event_subprocesses()


def reach(begin: Iterable[Node]) -> set[Node]:
    """All nodes that flows and boundary events lead to from some nodes, themselves included."""
    reached: set[Node] = set()
    waiting = list(begin)
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += [flow.target for flow in node.outgoing if flow.target is not None] + node.boundary
    return reached
