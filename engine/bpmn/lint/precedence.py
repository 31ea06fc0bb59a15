"""What may have happened before an element is reached: what leads to it, and what runs beside it."""

from functools import cached_property

from engine.bpmn.lint.diagram import Node, Scope

ONE_WAY = frozenset({"exclusiveGateway", "eventBasedGateway"})


class Precedence:
    """One level of a process. Sets of its nodes are numbers, a bit for each node."""

    def __init__(self, scope: Scope) -> None:
        self._nodes = scope.nodes
        self._bit = {node: 1 << place for place, node in enumerate(scope.nodes)}
        self._begins = [] if scope.starts else scope.begins
        self._anytime = self._of(scope.event_subprocesses())

    def before(self, node: Node) -> list[Node]:
        """The nodes of the level that may have been done when this one is reached."""
        own, found = self._bit[node], self._anytime
        for other in self._nodes:
            bit = self._bit[other]
            beside = self._beside.get(other, 0) & own and not self._after[node] & bit
            if self._after[other] & own or beside or node.is_event_subprocess:
                found |= bit
        return [other for other in self._nodes if self._bit[other] & found]

    def _of(self, nodes: list[Node]) -> int:
        found = 0
        for node in nodes:
            found |= self._bit[node]
        return found

    @cached_property
    def _after(self) -> dict[Node, int]:
        """What each node leads to, itself only where it lies in a loop."""
        return {node: self._reach(_next(node)) for node in self._nodes}

    def _reach(self, begin: list[Node]) -> int:
        found = 0
        waiting = list(begin)
        while waiting:
            node = waiting.pop()
            if not found & self._bit[node]:
                found |= self._bit[node]
                waiting += _next(node)
        return found

    @cached_property
    def _beside(self) -> dict[Node, int]:
        """What may run while a node does: what lies on another branch of the same split."""
        found: dict[Node, int] = {}
        for ways in [self._begins, *(_branches(split) for split in self._nodes)]:
            branches = [self._reach([way]) for way in ways]
            for place, branch in enumerate(branches):
                others = 0
                for other in branches[:place] + branches[place + 1 :]:
                    others |= other
                for node in self._nodes if others else ():
                    if branch & self._bit[node]:
                        found[node] = found.get(node, 0) | others
        return found


def _next(node: Node) -> list[Node]:
    return [flow.target for flow in node.outgoing if flow.target is not None] + node.boundary


def _branches(node: Node) -> list[Node]:
    """Ways out of a node that tokens may take together."""
    aside = [event for event in node.boundary if not event.interrupting]
    ways = [flow.target for flow in node.outgoing if flow.target is not None]
    return aside + ways if aside or node.tag not in ONE_WAY else []
