"""A plan of migration: which element of the old version goes where in the new one. Plain data, the same on any machine.

What a plan does not name stays where it is: the element of the same id, in the process of the same id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where something goes. `to` is an element of the new version, behind the call activities that lead to it
    (`call/element`); None where a person must still say. `drop`: it is no longer needed. `recompute`: due dates,
    timers, keys and assignees as the new version has them, not as they stood."""

    to: str | None = None
    drop: bool = False
    recompute: bool = False

    @property
    def element(self) -> str | None:
        """The id of the element itself."""
        return self.to.rpartition("/")[2] if self.to else None

    @property
    def path(self) -> tuple[str, ...]:
        """The call activities that lead to it."""
        return tuple(self.to.split("/")[:-1]) if self.to else ()

    def document(self) -> Any:
        """As a file holds it."""
        if self.drop:
            return {"drop": True}
        return {"to": self.to, "recompute": True} if self.recompute else self.to


@dataclass(frozen=True)
class ProcessPlan:
    """What becomes of one process. `flows` are arrows into joins, by which tokens have come that wait there;
    `variables` are renamed in every scope of the process."""

    to: str | None
    elements: Mapping[str, Place] = field(default_factory=dict)
    flows: Mapping[str, Place] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """As a file holds it."""
        found: dict[str, Any] = {"to": self.to}
        for name in ("elements", "flows"):
            places: Mapping[str, Place] = getattr(self, name)
            if places:
                found[name] = {id: place.document() for id, place in sorted(places.items())}
        if self.variables:
            found["variables"] = dict(sorted(self.variables.items()))
        return found


@dataclass(frozen=True)
class Plan:
    """What becomes of everything, by process."""

    processes: Mapping[str, ProcessPlan] = field(default_factory=dict)

    def of(self, process: str) -> ProcessPlan:
        """What becomes of a process: what the plan says, else it stays what it is."""
        return self.processes.get(process) or ProcessPlan(process)

    def place_of(self, process: str, element: str) -> Place:
        """Where an element goes: what the plan says, else it stays."""
        return self.of(process).elements.get(element) or Place(element)

    def flow_of(self, process: str, flow: str) -> Place:
        """What becomes of an arrow."""
        return self.of(process).flows.get(flow) or Place(flow)

    def undecided(self) -> tuple[tuple[str, str], ...]:
        """Process and element (or arrow) of everything of which a person must still say where it goes."""
        return tuple(
            (process, id) for process, one in sorted(self.processes.items())
            for places in (one.elements, one.flows)
            for id, place in sorted(places.items()) if place.to is None and not place.drop)

    def document(self) -> dict[str, Any]:
        """As a file and a command hold it."""
        return {id: one.document() for id, one in sorted(self.processes.items())}

    def told(self) -> Plan:
        """Without what says that something stays as it is: the same plan in fewer words."""
        return Plan({id: short for id, one in self.processes.items() if (short := _short(id, one)) is not None})

    @property
    def sha256(self) -> str:
        """The identity of what the plan says."""
        said = json.dumps(self.told().document(), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(said.encode()).hexdigest()


def plan_of(document: Mapping[str, Any]) -> Plan:
    """The plan that `document` told; nothing is checked here but that it is of the right shape: raises TypeError,
    ValueError, KeyError or AttributeError where it is not."""
    return Plan({
        str(id): ProcessPlan(
            _id(one["to"]),
            {str(name): _place(said) for name, said in (one.get("elements") or {}).items()},
            {str(name): _place(said) for name, said in (one.get("flows") or {}).items()},
            {str(old): str(new) for old, new in (one.get("variables") or {}).items()},
        )
        for id, one in document.items()
    })


def _place(said: Any) -> Place:
    if isinstance(said, Mapping):
        if set(said) - {"to", "drop", "recompute"}:
            raise ValueError(sorted(map(str, said))[0])
        return Place(_id(said.get("to")), said.get("drop") is True, said.get("recompute") is True)
    return Place(_id(said))


def _id(said: Any) -> str | None:
    if said is not None and not isinstance(said, str):
        raise TypeError(type(said).__name__)
    return said or None


def _short(id: str, one: ProcessPlan) -> ProcessPlan | None:
    short = ProcessPlan(
        one.to,
        {name: place for name, place in one.elements.items() if place != Place(name)},
        {name: place for name, place in one.flows.items() if place != Place(name)},
        {old: new for old, new in one.variables.items() if old != new},
    )
    return None if short == ProcessPlan(id) else short
