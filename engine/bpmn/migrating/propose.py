"""Comparing two versions: where every element would go. What is not unambiguous is left to a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.bpmn.bundle import Bundle
from engine.bpmn.graph import Process
from engine.bpmn.migrating.kinds import holds, misfit, nodes_of, one_of
from engine.bpmn.migrating.plan import Place, Plan, ProcessPlan
from engine.bpmn.multi import MultiInstance
from engine.bpmn.nodes import Join, Node

ENOUGH = 2
"""So many signs of likeness make two elements one and the same, if no other has as many."""
SAME_SHARE = 0.5
"""What part of its elements a process of another name must have, to be the same."""


def propose(before: Bundle, after: Bundle) -> Plan:
    """The plan that two versions suggest. Only what goes elsewhere, or nowhere, is named in it."""
    into = {id: _same_process(process, before, after) for id, process in before.processes.items()}
    plans = {}
    for id, process in before.processes.items():
        target = after.processes.get(into[id] or "")
        plans[id] = ProcessPlan(None) if target is None else _compared(process, target, after, into)
    return Plan({id: one for id, one in plans.items() if one != ProcessPlan(id)})


def _same_process(process: Process, before: Bundle, after: Bundle) -> str | None:
    if process.id in after.processes:
        return process.id
    new = [one for id, one in after.processes.items() if id not in before.processes]
    alike = [one for one in new if _share(process, one) >= SAME_SHARE]
    return alike[0].id if len(alike) == 1 else None


def _share(old: Process, new: Process) -> float:
    return len(old.elements.keys() & new.elements.keys()) / max(len(old.elements), 1)


@dataclass(frozen=True)
class Candidate:
    """An element of the new version to which one of the old may go, behind the calls that lead to it."""

    to: str
    node: Node


class _Sides:
    """Two versions of one process beside each other."""

    def __init__(self, process: Process, target: Process, after: Bundle, into: Mapping[str, str | None]) -> None:
        self.process, self.target, self.after, self.into = process, target, after, into
        self.old, self.new = nodes_of(process), nodes_of(target)
        self.places: dict[str, Place] = {
            id: Place(id) for id, node in self.old.items()
            if id in self.new and self.fits(node, self.new[id]) and _is_home(node, self.new[id])
        }

    def fits(self, old: Node, new: Node) -> bool:
        """Whether what stands at one may stand at the other, what it calls being the same."""
        calls = self.into.get(one_of(old).element.calls or "")
        return misfit(old, new) is None and (calls is None or new.element.calls == calls)

    @cached_property
    def free(self) -> tuple[Candidate, ...]:
        """Elements that are new: in this process, or in one that a new call activity of it calls."""
        found = [Candidate(id, node) for id, node in self.new.items() if id not in self.places]
        for call, node in self.new.items():
            called = self.after.processes.get(node.element.calls or "")
            if called is None or call in self.places or called.id in self.into.values():
                continue
            found += [Candidate(f"{call}/{id}", inner) for id, inner in nodes_of(called).items()]
        return tuple(found)

    def best(self, id: str, node: Node) -> str | None:
        """The one element that is likest, None where there is none or more than one."""
        marks = sorted(
            ((self.likeness(id, node, one), one.to) for one in self.free if self.fits(node, one.node)), reverse=True)
        if not marks or marks[0][0] < ENOUGH or (len(marks) > 1 and marks[1][0] == marks[0][0]):
            return None
        return marks[0][1]

    def likeness(self, id: str, node: Node, one: Candidate) -> int:
        """Signs that two elements are the same: id, name, form, what it is at the border of, neighbours."""
        old, new = node.element, one.node.element
        known = {place.to for place in self.places.values()}
        return sum((
            3 * (id == new.id),
            2 * bool((old.name.ar and old.name.ar == new.name.ar) or (old.name.en and old.name.en == new.name.en)),
            bool(old.form and old.form == new.form),
            bool(old.calls and self.into.get(old.calls) == new.calls),
            2 * (old.attached_to is not None and self.goes_to(old.attached_to) == new.attached_to),
            bool({self.goes_to(one) for one in _before(self.old, id)} & set(_before(self.new, new.id)) & known),
            bool({self.goes_to(one) for one in _behind(node)} & set(_behind(one.node)) & known),
        ))

    def goes_to(self, id: str) -> str | None:
        """Where an element goes, as far as is known."""
        return self.places[id].to if id in self.places else None


def _compared(process: Process, target: Process, after: Bundle, into: Mapping[str, str | None]) -> ProcessPlan:
    sides = _Sides(process, target, after, into)
    found = {}
    for id, node in sides.old.items():
        if id in sides.places:
            continue
        to = sides.best(id, node)
        if to is not None or holds(node):
            found[id] = Place(to)
    moved = _twice_is_nowhere(found)
    return ProcessPlan(target.id, moved, dict(_arrows(sides, moved)), dict(_names(sides, moved)))


def _twice_is_nowhere(found: Mapping[str, Place]) -> dict[str, Place]:
    """Of two that would go to the same place, neither does by itself."""
    targets = [place.to for place in found.values()]
    return {id: place if targets.count(place.to) == 1 else Place(None) for id, place in found.items()}


def _arrows(sides: _Sides, moved: Mapping[str, Place]) -> Iterator[tuple[str, Place]]:
    """Arrows into joins by which tokens may have come, and which are not there any more."""
    everywhere = {**sides.places, **moved}
    for id, node in sides.old.items():
        place = everywhere.get(id)
        target = sides.new.get(place.to or "") if place else None
        if not isinstance(node, Join) or not isinstance(target, Join) or len(node.incoming) < 2:
            continue
        gone = [via for via in node.incoming if via not in target.incoming]
        sources = _sources(sides.new, target.incoming)
        for via in gone if len(target.incoming) > 1 else ():
            came_from = everywhere.get(_sources(sides.old, [via]).get(via, ""), Place(None))
            same = [arrow for arrow, source in sources.items() if source == came_from.to]
            yield via, Place(same[0] if len(same) == 1 else None)


def renamed_answers(
    old: Mapping[str, Node], new: Mapping[str, Node], places: Mapping[str, Place]
) -> Iterator[tuple[str, str]]:
    """Variables that are named after a work item which has another id now."""
    for id, place in places.items():
        target = new.get(place.to or "")
        if target is None or id not in old or target.element.id == id:
            continue
        if one_of(target).by_person and not target.traits.outputs:
            yield id, target.element.id


def _names(sides: _Sides, moved: Mapping[str, Place]) -> Iterator[tuple[str, str]]:
    """Variables that are named after an element, or by it, and are called otherwise now."""
    everywhere = {**sides.places, **moved}
    yield from renamed_answers(sides.old, sides.new, everywhere)
    for id, place in everywhere.items():
        old, new = sides.old[id], sides.new.get(place.to or "")
        if isinstance(old, MultiInstance) and isinstance(new, MultiInstance):
            before, after = old.loop.item, new.loop.item
            if before and after and before != after:
                yield before, after


def _is_home(old: Node, new: Node) -> bool:
    """Whether an element of the same id is still where it was: in the same sub-process, on the same border."""
    return old.element.attached_to == new.element.attached_to or old.element.attached_to is None


def _before(nodes: Mapping[str, Node], id: str) -> list[str]:
    return [name for name, node in nodes.items() if any(flow.target.element.id == id for flow in one_of(node).flows)
            or any(flow.target.element.id == id for flow in node.flows)]


def _behind(node: Node) -> list[str]:
    return [flow.target.element.id for flow in node.flows]


def _sources(nodes: Mapping[str, Node], arrows: list[str]) -> dict[str, str]:
    return {flow.id: id for id, node in nodes.items() for flow in node.flows if flow.id in arrows}
