"""What the platform itself keeps of a case beside the engine's state, in one sealed document: who did what,
which stages were reached, whom it is about.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from engine.bpmn.migrating import Plan
from engine.feel.codec import dumps, loads


@dataclass(frozen=True)
class Facts:
    """The document. Ids are those of accounts and units; `passed` lists the elements completed so far, per process,
    for the drawing."""

    person: str | None = None
    """The name for lists and heads of pages."""
    reporter: int | None = None
    stages: tuple[str, ...] = ()
    performers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    answered: Mapping[str, int] = field(default_factory=dict)
    """The number of the event that holds the last answers of each element."""
    passed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accounts: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    unit: str = ""
    sealing: Mapping[str, Any] = field(default_factory=dict)
    """What one account proposed about a sealed file, until another decides it: what, readers, reason, by, at."""
    moves: tuple[tuple[int, int], ...] = ()
    """Of each move to another bundle, the number of its event and the bundle before it."""

    def performed(self, element: str, account_id: int) -> "Facts":
        """With one more performer of an element."""
        known = self.performers.get(element, ())
        if account_id in known:
            return self
        return replace(self, performers={**self.performers, element: (*known, account_id)})

    def went_through(self, steps: list[tuple[str, str]]) -> "Facts":
        """With more elements passed, as pairs of process and element."""
        passed = {process: list(elements) for process, elements in self.passed.items()}
        for process, element in steps:
            known = passed.setdefault(process, [])
            if element not in known:
                known.append(element)
        return replace(self, passed={process: tuple(elements) for process, elements in passed.items()})

    def reached(self, stages: list[str]) -> "Facts":
        """With more stages reached, in order."""
        return replace(self, stages=tuple(dict.fromkeys([*self.stages, *stages])))

    def anew(self) -> "Facts":
        """Those of a case that is opened again: nothing passed and no stage reached since. Who did what stays known, so
        that nobody reviews their own work of before."""
        return replace(self, stages=(), passed={})

    def migrated(self, plan: Plan, seq: int, bundle_id: int) -> "Facts":
        """Under another bundle, from the event of that number on: who did what is known by the new names too, so that
        nobody reviews their own work under another name."""
        performers, answered = dict(self.performers), dict(self.answered)
        for one in plan.processes.values():
            for old, place in one.elements.items():
                new = place.element or old
                if old in self.performers:
                    performers[new] = tuple(dict.fromkeys([*performers.get(new, ()), *self.performers[old]]))
                if old in self.answered:
                    answered.setdefault(new, self.answered[old])
        passed = {
            plan.of(process).to or process: tuple(dict.fromkeys(_new_name(plan, process, one) for one in elements))
            for process, elements in self.passed.items()
        }
        moves = (*self.moves, (seq, bundle_id))
        return replace(self, performers=performers, answered=answered, passed=passed, moves=moves)

    def barred_by(self, elements: str) -> frozenset[int]:
        """The accounts that completed one of these elements (comma separated ids)."""
        names = [e.strip() for e in elements.split(",") if e.strip()]
        return frozenset(account for name in names for account in self.performers.get(name, ()))

    def barred_from(
        self, properties: Mapping[str, object], account_of: Callable[[str], int | None]
    ) -> frozenset[int]:
        """The accounts that a work item with these properties is closed to (four eyes): who completed one of the
        elements of `not_done_by`, and those whose logins its `not_by` names."""
        named = {account_of(login) for login in logins_in(properties.get("not_by"))}
        return self.barred_by(str(properties.get("not_done_by") or "")) | frozenset(one for one in named if one)

    def dump(self) -> bytes:
        """Canonical JSON for the vault."""
        return dumps({f.name: _plain(getattr(self, f.name)) for f in fields(self)}).encode()


def logins_in(value: object) -> Iterator[str]:
    """The logins that a property names: one text, with commas between several, or a list of texts."""
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return (part.strip() for part in parts if isinstance(part, str) and part.strip())


def load_facts(document: bytes) -> Facts:
    """The facts that `dump` wrote; an empty document gives none."""
    if not document:
        return Facts()
    found: Any = loads(document.decode())
    return Facts(
        person=found["person"], reporter=found["reporter"], stages=tuple(found["stages"]),
        performers={name: tuple(ids) for name, ids in found["performers"].items()},
        answered=found["answered"],
        passed={name: tuple(elements) for name, elements in found["passed"].items()},
        sealing=found.get("sealing", {}), accounts=found["accounts"], units=found["units"], unit=found["unit"],
        moves=tuple((seq, bundle_id) for seq, bundle_id in found.get("moves", ())),
    )


def _new_name(plan: Plan, process: str, element: str) -> str:
    place = plan.place_of(process, element)
    return place.to if place.to and not place.path else element


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value
