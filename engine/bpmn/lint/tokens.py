"""The token game of one scope, played through: joins that wait for ever, paths that run twice.

Every node takes tokens from its own incoming flows only, so no two nodes compete: firing one node at a time
(the one furthest upstream) with all its choices finds every deadlock without playing all interleavings."""

from collections.abc import Iterator
from itertools import combinations

from engine.bpmn.lint.diagram import Diagram, Flow, Node, Scope
from engine.bpmn.lint.flows import LARGEST_SCOPE

MOST_STATES = 3_000
MOST_CHOICES = 4
MOST_FLOWS = 3 * LARGEST_SCOPE
State = frozenset[Flow]
"""The flows that hold a token."""


class Game:
    """One scope played through. `stalled` are the joins that may wait for ever, `doubled` the nodes that may
    run again while what they gave before has not moved on. Conditions are not read: with
    `one_way` an inclusive gateway takes one of its ways only, as gateways often do whose conditions exclude
    one another."""

    def __init__(self, scope: Scope, one_way: bool = False) -> None:
        self._one_way = one_way
        self.stalled: dict[Node, None] = {}
        self.doubled: dict[Node, None] = {}
        self._order = {node: place for place, node in enumerate(_upstream_first(scope))}
        begin = frozenset(scope.implied or (flow for node in scope.starts[:1] for flow in _real(node.outgoing)))
        self._seen: set[State] = {begin}
        waiting = [begin]
        while waiting and len(self._seen) < MOST_STATES:
            for after in self._moves(waiting.pop()):
                if after not in self._seen:
                    self._seen.add(after)
                    waiting.append(after)

    def _moves(self, state: State) -> Iterator[State]:
        node = self._next(state)
        if node is None:
            self.stalled.update(dict.fromkeys(flow.target for flow in state if flow.target is not None))
            return
        taken = _taken(node, state)
        if _ends_all(node):
            yield frozenset()
            return
        rest = state - taken
        for given in _choices(node, self._one_way):
            if given & rest:
                self.doubled.setdefault(node)
            else:
                yield rest | given

    def _next(self, state: State) -> Node | None:
        """The node to fire: the furthest upstream that can, inclusive joins only when nothing else moves."""
        holders = sorted(
            {flow.target for flow in state if flow.target}, key=lambda node: self._order.get(node, 0)
        )
        ready = [node for node in holders if node.tag != "parallelGateway" or _taken(node, state)]
        patient = [node for node in ready if not _waits_for_others(node)]
        return next(iter(patient or ready), None)


def _waits_for_others(node: Node) -> bool:
    return node.tag == "inclusiveGateway" and len(node.incoming) > 1


def _taken(node: Node, state: State) -> State:
    """The tokens a node takes when it fires; none if it cannot."""
    present = [flow for flow in _real(node.incoming) if flow in state]
    if node.tag == "parallelGateway":
        return frozenset(present) if len(present) == len(_real(node.incoming)) else frozenset()
    return frozenset(present) if node.tag == "inclusiveGateway" else frozenset(present[:1])


def _choices(node: Node, one_way: bool) -> Iterator[State]:
    """The sets of flows that may get a token when a node fires."""
    for given in _own_choices(node, one_way):
        yield given
        for event in (event for event in node.boundary if not event.interrupting):
            yield given | frozenset(_real(event.outgoing))
    for event in (event for event in node.boundary if event.interrupting):
        yield frozenset(_real(event.outgoing))


def _own_choices(node: Node, one_way: bool) -> Iterator[State]:
    flows = _real(node.outgoing)
    if node.tag in {"exclusiveGateway", "eventBasedGateway"} or (one_way and node.tag == "inclusiveGateway"):
        yield from (frozenset({flow}) for flow in flows)
        if not flows:
            yield frozenset()
    elif node.tag == "inclusiveGateway" and len(flows) > 1:
        plain = [flow for flow in flows if flow.id != node.default]
        yield from (frozenset({flow}) for flow in flows if flow not in plain)
        yield from _some_of(plain)
    else:
        yield from _splits_of(node, flows)


def _splits_of(node: Node, flows: list[Flow]) -> Iterator[State]:
    """What an activity, event or parallel gateway may give: its plain flows, and any conditional ones."""
    conditional = [flow for flow in flows if flow.condition and node.tag != "parallelGateway"]
    default = [flow for flow in flows if flow.id == node.default and flow not in conditional]
    always = frozenset(flow for flow in flows if flow not in conditional and flow not in default)
    for some in _some_of(conditional):
        yield always | some
    if always or default or not conditional:
        yield always | frozenset(default)


def _some_of(flows: list[Flow]) -> Iterator[State]:
    """Every choice of one or more flows; of many flows only one, or all."""
    sizes = range(1, len(flows) + 1) if len(flows) <= MOST_CHOICES else (1, len(flows))
    for size in sizes:
        yield from (frozenset(some) for some in combinations(flows, size))


def _ends_all(node: Node) -> bool:
    return node.tag == "endEvent" and node.event in {"terminate", "error"}


def _real(flows: list[Flow]) -> list[Flow]:
    return [flow for flow in flows if flow.target is not None]


def _upstream_first(scope: Scope) -> list[Node]:
    """The nodes in reverse postorder from the start: what comes before a node comes before it in the list."""
    done: list[Node] = []
    seen: set[Node] = set()
    for start in scope.starts[:1] or scope.begins:
        if start in seen:
            continue
        stack = [(start, iter(_following(start)))]
        seen.add(start)
        while stack:
            following = stack[-1][1]
            target = next((t for t in following if t not in seen), None)
            if target is None:
                done.append(stack.pop()[0])
            else:
                seen.add(target)
                stack.append((target, iter(_following(target))))
    return done[::-1]


def _following(node: Node) -> list[Node]:
    return [f.target for source in (node, *node.boundary) for f in source.outgoing if f.target is not None]


def playable(diagram: Diagram) -> list[Scope]:
    """The levels that are small enough to be played through."""
    return [s for s in diagram.scopes if len(s.nodes) <= LARGEST_SCOPE and len(s.flows) <= MOST_FLOWS]
