"""Which column a node stands in: one to the right of everything that leads to it; arrows that go back do not count."""

from engine.drawing.model import Scope


def leads_to(scope: Scope) -> dict[str, list[tuple[str, str]]]:
    """For each node (the host, for a boundary event) its arrows and their targets, its own first, as in the file."""
    out: dict[str, list[tuple[str, str]]] = {}
    for arrow in sorted(scope.arrows, key=lambda arrow: scope.nodes[arrow.source].host is not None):
        source = scope.nodes[arrow.source].host or arrow.source
        out.setdefault(source, []).append((arrow.id, arrow.target))
    return out


def entrances(scope: Scope) -> list[str]:
    """Nodes that nothing leads to, start events first."""
    reached = {arrow.target for arrow in scope.arrows}
    free = [id for id, node in scope.nodes.items() if id not in reached and node.host is None]
    return sorted(free, key=lambda id: scope.nodes[id].kind != "startEvent")


def backward(scope: Scope) -> set[str]:
    """Arrows that lead back to where their token has been: found in one walk, without recursion."""
    out, back = leads_to(scope), set[str]()
    state: dict[str, int] = {}
    for first in [*entrances(scope), *scope.nodes]:
        if first in state or scope.nodes[first].host:
            continue
        state[first] = 1
        trail = [(first, iter(out.get(first, [])))]
        while trail:
            node, arrows = trail[-1]
            step = next(arrows, None)
            if step is None:
                state[node] = 2
                trail.pop()
            elif state.get(step[1]) == 1:
                back.add(step[0])
            elif step[1] not in state:
                state[step[1]] = 1
                trail.append((step[1], iter(out.get(step[1], []))))
    return back


def columns_of(scope: Scope, back: set[str]) -> dict[str, int]:
    """Column numbers from 0: the longest way from an entrance."""
    out = leads_to(scope)
    column = {id: 0 for id, node in scope.nodes.items() if node.host is None}
    for _ in range(len(column)):
        moved = False
        for source, arrows in out.items():
            for arrow, target in arrows:
                if arrow not in back and column[target] <= column[source]:
                    column[target] = column[source] + 1
                    moved = True
        if not moved:
            break
    return column
