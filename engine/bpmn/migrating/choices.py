"""What a person may choose from for everything that a plan names, or could name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.bpmn.bundle import Bundle
from engine.bpmn.graph import Process
from engine.bpmn.migrating.kinds import holds, misfit, nodes_of
from engine.bpmn.migrating.plan import Place, Plan
from engine.bpmn.nodes import Join, Node
from engine.text import Text


@dataclass(frozen=True)
class Choice:
    """One thing of the old version: where it goes, and where else it could. `arrow` says that it is an arrow into a
    join; `changes` that it goes elsewhere, or that this is still to be said."""

    process: str
    id: str
    type: str
    name: Text
    place: Place
    options: tuple[tuple[str, Text], ...]
    arrow: bool = False

    @property
    def changes(self) -> bool:
        """Whether a person should look at it first."""
        return self.place != Place(self.id)

    @property
    def open(self) -> bool:
        """Whether it is still to be said where it goes."""
        return self.place.to is None and not self.place.drop


def choices(before: Bundle, after: Bundle, plan: Plan) -> list[Choice]:
    """Everything at which a case may stand, and whatever else the plan names, process by process."""
    return [one for process in before.processes.values() for one in _of_process(process, after, plan)]


def _of_process(process: Process, after: Bundle, plan: Plan) -> Iterator[Choice]:
    named = plan.of(process.id)
    target = after.processes.get(named.to or "")
    if target is None:
        free = [(id, one.name) for id, one in after.processes.items()]
        yield Choice(process.id, "", "process", process.name, Place(None), tuple(free))
        return
    there = nodes_of(target)
    deeper = [(f"{call}/{id}", inner) for call, id, inner in _called(there, after)]
    for id, node in nodes_of(process).items():
        place = plan.place_of(process.id, id)
        if id in named.elements or holds(node):
            fitting = [
                (to, _called_so(one)) for to, one in (*there.items(), *deeper)
                if misfit(node, one) is None and ("/" not in to or id in named.elements)
            ]
            yield Choice(process.id, id, node.element.type, _called_so(node), place, tuple(fitting))
        if isinstance(node, Join) and len(node.incoming) > 1:
            yield from _arrows(process, node, there.get(place.to or ""), plan)


def _arrows(process: Process, node: Join, target: Node | None, plan: Plan) -> Iterator[Choice]:
    if not isinstance(target, Join) or len(target.incoming) < 2:
        return
    for via in node.incoming:
        place = plan.flow_of(process.id, via)
        if place.to not in target.incoming or via in plan.of(process.id).flows:
            now = place if place.to in target.incoming or place.drop else Place(None)
            yield Choice(process.id, via, "sequenceFlow", _called_so(node), now, tuple(
                (arrow, Text(arrow, arrow)) for arrow in target.incoming), arrow=True)


def _called(nodes: dict[str, Node], after: Bundle) -> Iterator[tuple[str, str, Node]]:
    for call, node in nodes.items():
        called = after.processes.get(node.element.calls or "")
        if called is not None and node.element.multiple is None:
            for id, inner in nodes_of(called).items():
                yield call, id, inner


def _called_so(node: Node) -> Text:
    element = node.element
    return element.name if element.name.ar else Text(element.id, element.id)
