"""What a person may choose from for everything that a plan names, or could name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.bpmn.bundle import Bundle
from engine.bpmn.graph import Process
from engine.bpmn.migrating.kinds import holds, misfit, nodes_of
from engine.bpmn.migrating.plan import Place, Plan, ProcessPlan
from engine.bpmn.migrating.propose import renamed_answers
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
    def dated(self) -> bool:
        """Whether there is something to compute anew: a due date, a holder, a time, a key."""
        return self.type in ("userTask", "receiveTask", "boundaryEvent", "intermediateCatchEvent", "startEvent")

    @property
    def open(self) -> bool:
        """Whether it is still to be said where it goes."""
        return self.place.to is None and not self.place.drop


def choices(before: Bundle, after: Bundle, plan: Plan) -> list[Choice]:
    """Everything at which a case may stand, and whatever else the plan names, process by process."""
    return [one for process in before.processes.values() for one in _of_process(process, after, plan)]


DROP = "-"
"""What is chosen for what is no longer needed."""


def chosen(before: Bundle, after: Bundle, plan: Plan, answers: Mapping[str, str]) -> Plan:
    """The plan after somebody chose: of the choice with the number n `to.n` is where it goes ("": still to be said) and
    `again.n` whether it is computed anew. What is not among the options changes nothing."""
    found = {id: _Writing(plan.of(id)) for id in before.processes}
    for number, one in enumerate(choices(before, after, plan)):
        to = answers.get(f"to.{number}")
        if to is None or to not in {"", DROP, *(value for value, _ in one.options)}:
            continue
        again = bool(answers.get(f"again.{number}"))
        found[one.process].take(one, Place(drop=True) if to == DROP else Place(to or None, recompute=again))
    plans = {id: writing.plan() for id, writing in found.items()}
    return Plan({id: _named(before.processes[id], after, one) for id, one in plans.items()}).told()


class _Writing:
    """What becomes of one process while somebody chooses."""

    def __init__(self, one: ProcessPlan) -> None:
        self.to, self.variables = one.to, dict(one.variables)
        self.elements, self.flows = dict(one.elements), dict(one.flows)

    def take(self, choice: Choice, place: Place) -> None:
        if not choice.id:
            self.to = place.to
            return
        if not choice.arrow and self.elements.get(choice.id, Place(choice.id)).to != place.to:
            self.variables.pop(choice.id, None)  # its name follows where it goes now
        (self.flows if choice.arrow else self.elements)[choice.id] = place

    def plan(self) -> ProcessPlan:
        return ProcessPlan(self.to, self.elements, self.flows, self.variables)


def _named(process: Process, after: Bundle, one: ProcessPlan) -> ProcessPlan:
    """With the answers of renamed work items under their new names."""
    target = after.processes.get(one.to or "")
    if target is None:
        return one
    names = dict(renamed_answers(nodes_of(process), nodes_of(target), one.elements))
    return replace(one, variables={**names, **one.variables})


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
            known = place.drop or place.to in {to for to, _ in fitting}
            yield Choice(
                process.id, id, node.element.type, _called_so(node), place if known else Place(None), tuple(fitting))
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
