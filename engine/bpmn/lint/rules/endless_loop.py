from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Node, Scope
from engine.bpmn.lint.flows import entrances, reach
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "عناصر يوصل إليها ولا يخرج من حلقتها أي مسار.",
        "Elements that can be reached and from which no path leads out of their loop.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for scope in diagram.scopes:
        yield from (_flaw(node) for node in scope.nodes if _only_to_itself(node))
        if _can_be_interrupted(scope):
            continue
        entered, finishing = reach(entrances(scope)), _finishing(scope)
        stuck = [node for node in scope.nodes if node in entered and node not in finishing]
        if stuck:
            yield _flaw(stuck[0])


def _flaw(node: Node) -> Flaw:
    return Flaw(
        label(node.element),
        Text(
            f"بعد «{called(node)}» حلقة لا مخرج منها: لا ينتهي الإجراء أبداً.",
            f"After “{called(node)}” there is a loop without a way out: the process never ends.",
        ),
        Text(
            "أضف بوابة يخرج منها سهم إلى ما بعد الحلقة.",
            "Add a gateway with a flow that leaves the loop.",
        ),
    )


def _only_to_itself(node: Node) -> bool:
    """Whether what is done leads to doing it again and nowhere else, whatever may strike meanwhile."""
    return bool(node.outgoing) and all(flow.target is node for flow in node.outgoing)


def _can_be_interrupted(scope: Scope) -> bool:
    host = scope.parent
    inside = any(s.interrupting for n in scope.event_subprocesses() if n.inner for s in n.inner.starts)
    outside = host is not None and any(event.interrupting for event in host.boundary)
    return inside or outside


def _finishing(scope: Scope) -> set[Node]:
    """Nodes from which some path comes to an end of the scope."""
    before: dict[Node, list[Node]] = {}
    for node in scope.nodes:
        following = [flow.target for flow in node.outgoing if flow.target is not None] + node.boundary
        for target in following:
            before.setdefault(target, []).append(node)
    finishing: set[Node] = set()
    waiting = [n for n in scope.nodes if not n.outgoing and n.tag != "boundaryEvent"]
    while waiting:
        node = waiting.pop()
        if node not in finishing:
            finishing.add(node)
            waiting += before.get(node, [])
    return finishing
