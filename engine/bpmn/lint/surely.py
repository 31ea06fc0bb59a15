"""What has surely been written when an element is reached, on whatever path; and for what an expression needs it."""

from collections.abc import Callable
from dataclasses import fields

from engine.bpmn.lint.diagram import ACTIVITIES, Node, Scope
from engine.feel import nodes as n

PASSED = frozenset({"task", "manualTask", "scriptTask", "businessRuleTask"})
RESTING = ACTIVITIES - PASSED | {"intermediateCatchEvent", "intermediateThrowEvent", "eventBasedGateway"}
"""Where a token may rest, or strike an event itself; through all else it passes in one move."""
Written = Callable[[Node], frozenset[str]]
Worked = dict[tuple[Node, frozenset[str]], frozenset[str]]
"""What sub-processes have surely written, by what there was before: worked out once."""


class Surely:
    """One level of a process. `left` says what an element leaves behind; `at_entry` is there when the level begins.
    None stands for everything: no path leads there."""

    def __init__(self, scope: Scope, left: Written, at_entry: frozenset[str], known: "Worked | None" = None) -> None:
        self._known: Worked = {} if known is None else known
        self._left, self._entry = left, at_entry
        self._begins, self._aside = set(scope.begins), set(scope.event_subprocesses())
        self._resting = [node for node in scope.nodes if node.tag in RESTING and not node.is_event_subprocess]
        self._host = {event: node for node in scope.nodes for event in node.boundary}
        self._at: dict[Node, frozenset[str] | None] = dict.fromkeys(scope.nodes)
        changed = True
        while changed:
            changed = False
            for node in scope.nodes:
                found = self._reached(node)
                changed |= found != self._at[node]
                self._at[node] = found

    def before(self, node: Node) -> frozenset[str] | None:
        """What has surely been written when a node of this level is entered."""
        return self._at[node]

    def _reached(self, node: Node) -> frozenset[str] | None:
        if node in self._aside:  # events strike while something is waited for
            found = [self._at[one] for one in self._resting]
            known = [one for one in found if one is not None]
            return frozenset.intersection(*known) if known else self._entry
        if node in self._begins and not node.incoming:
            return self._entry
        if node in self._host:  # whatever its host would write is not written yet
            return self._at[self._host[node]]
        ways = [self._after(flow.source) for flow in node.incoming if flow.source is not None]
        known = [way for way in ways if way is not None]
        if node in self._begins:
            known.append(self._entry)
        if not known:
            return None
        if node.tag == "parallelGateway":
            return frozenset[str]().union(*known)
        return frozenset.intersection(*known)

    def _after(self, node: Node) -> frozenset[str] | None:
        found = self._at[node]
        return None if found is None else found | self.written(node, found)

    def written(self, node: Node, before: frozenset[str]) -> frozenset[str]:
        """What a node has surely written when it is left: a sub-process what all its ends have in common."""
        if node.inner is None or node.multi is not None or node.mappings("output"):
            return self._left(node)
        if (node, before) not in self._known:
            level = Surely(node.inner, self._left, before, self._known)
            ends = [level._after(one) for one in node.inner.nodes if not one.outgoing and not one.is_event_subprocess]
            some = [end for end in ends if end is not None]
            inside = frozenset.intersection(*some) if some else frozenset[str]()
            self._known[node, before] = self._left(node) | inside
        return self._known[node, before]


def needed(tree: n.Node) -> frozenset[str]:
    """The variables without which an expression comes to nothing: what it reckons with, unless it asks before."""
    return frozenset(_needed(tree, False) - _asked(tree))


def _needed(tree: object, reckoned: bool) -> set[str]:
    if isinstance(tree, n.Name):
        return {tree.name} if reckoned and not tree.local else set()
    if isinstance(tree, n.Path):
        return _needed(tree.base, reckoned)
    if isinstance(tree, n.Arithmetic | n.Negate):
        reckoned = True
    elif isinstance(tree, n.Call | n.Filter | n.If | n.For | n.Quantified | n.ContextOf | n.ListOf):
        reckoned = False
    return {name for part in _parts(tree) for name in _needed(part, reckoned)}


def _asked(tree: object) -> set[str]:
    """The variables whose being there is asked somewhere: compared with null, or given to a function that looks."""
    found: set[str] = set()
    if isinstance(tree, n.If):
        found |= _names(tree.condition)
    elif isinstance(tree, n.Call | n.InstanceOf) or _compares_with_null(tree):
        found |= _names(tree)
    return found.union(*map(_asked, _parts(tree)))


def _compares_with_null(tree: object) -> bool:
    return isinstance(tree, n.Comparison) and n.Literal(None) in (tree.left, tree.right)


def _names(tree: object) -> set[str]:
    if isinstance(tree, n.Name):
        return {tree.name}
    return set[str]().union(*map(_names, _parts(tree)))


def _parts(tree: object) -> list[object]:
    if isinstance(tree, tuple):
        return list(tree)
    return [getattr(tree, part.name) for part in fields(tree)] if isinstance(tree, n.Node) else []
