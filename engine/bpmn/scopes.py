"""The variables of a case: a tree of scopes that hangs on activities, never on the path of a token.

Scope 0 is the case. The scope of an activity has the id of its token; a process that an activity calls has a root
scope of its own, under the negated id, which sees nothing of its caller.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from engine.bpmn.values import Values
from engine.feel.codec import Json

ROOT = 0
ScopeId: TypeAlias = int


@dataclass(slots=True)
class Scope:
    """Variables of one activity or process. A `wall` lets nothing out: it is an item of a multi-instance."""

    parent: ScopeId | None
    values: Values = field(default_factory=Values)
    wall: bool = False
    items: list[Json] | None = None
    """What a sequential multi-instance goes through, by index, in JSON terms."""
    results: list[Json] | None = None
    """What the items of a multi-instance have given so far, by index, in JSON terms."""


class Scopes:
    """The scope tree of one case."""

    def __init__(self, scopes: dict[ScopeId, Scope] | None = None) -> None:
        self.all = {ROOT: Scope(None)} if scopes is None else scopes

    def __contains__(self, id: ScopeId) -> bool:
        return id in self.all

    def __getitem__(self, id: ScopeId) -> Scope:
        return self.all[id]

    def open(
        self, id: ScopeId, parent: ScopeId | None, values: Values | None = None, wall: bool = False
    ) -> Scope:
        """A fresh scope under `parent` (None: it sees nothing outside itself), with a copy of `values`."""
        scope = self.all[id] = Scope(parent, Values(dict(values.json) if values else None), wall)
        return scope

    def drop(self, id: ScopeId) -> None:
        """Forget the scope of an activity and the root of what it called."""
        self.all.pop(id, None)
        self.all.pop(-id, None)

    def visible(self, id: ScopeId) -> Values:
        """All variables seen from a scope, inner ones hiding outer ones."""
        chain: list[Values] = []
        at: ScopeId | None = id
        while at is not None:
            scope = self.all[at]
            chain.append(scope.values)
            at = scope.parent
        seen = Values()
        while chain:
            seen.take(chain.pop())
        return seen

    def seen(self, id: ScopeId, extra: Mapping[str, Any] | None = None) -> "Seen":
        """The variables seen from a scope, looked up one by one; `extra` names come first."""
        return Seen(self.all, id, extra)

    def merge(self, id: ScopeId, values: Values) -> None:
        """Set variables from a scope upwards: each in the nearest scope that has the name, else in the root that
        is reached first. An item of a multi-instance is as far as it goes."""
        for name in values:
            scope = self.all[id]
            while name not in scope.values and scope.parent is not None and not scope.wall:
                scope = self.all[scope.parent]
            scope.values.take(values.some([name]))


class Seen(Mapping[str, Any]):
    """Variables as a scope sees them, found when asked for."""

    __slots__ = ("_extra", "_id", "_scopes")

    def __init__(self, scopes: dict[ScopeId, Scope], id: ScopeId, extra: Mapping[str, Any] | None) -> None:
        self._scopes, self._id, self._extra = scopes, id, extra

    def holder(self, name: object) -> Mapping[str, Any] | None:
        """What holds the variable of that name, None if nobody does."""
        if self._extra and name in self._extra:
            return self._extra
        at: ScopeId | None = self._id
        while at is not None:
            scope = self._scopes[at]
            if name in scope.values.json:
                return scope.values
            at = scope.parent
        return None

    def __contains__(self, name: object) -> bool:
        return self.holder(name) is not None

    def __getitem__(self, name: str) -> Any:
        holder = self.holder(name)
        if holder is None:
            raise KeyError(name)
        return holder[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**Scopes(self._scopes).visible(self._id).json, **(self._extra or {})})

    def __len__(self) -> int:
        return sum(1 for _ in self)
