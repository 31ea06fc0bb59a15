"""Fields that are answered together: a whole form, or one row of a repeatable group.

Here conditions are settled: which fields are hidden and what the computed ones come to. A hidden field counts as
not answered for every other condition, so hiding one field may hide or show the next; rounds go on until nothing
changes (at most ROUNDS: two fields that hide each other must not hold up a page)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import marshmallow

from engine.feel.env import Env
from engine.forms.fields.base import Field, Question, place
from engine.forms.fields.computed import Computed
from engine.forms.fields.group import Group
from engine.forms.formulas import Formula
from engine.forms.moment import Moment

ROUNDS = 10


@dataclass(frozen=True, eq=False)
class Placed:
    """A field and the conditions that hide it: its own and those of the groups around it."""

    field: Field
    guards: tuple[Formula, ...]


@dataclass(frozen=True)
class Settled:
    """Variables with all visible answers and computed values over the context; paths of hidden fields and groups."""

    variables: dict[str, Any]
    hidden: frozenset[str]


class Scope:
    """Fields in order, flat, and what their conditions depend on."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self.fields = tuple(fields)
        self.placed = tuple(_flat(self.fields, ()))
        self.answered = tuple(one for one in self.placed if one.field.answered)
        self.computed = tuple(one.field for one in self.placed if isinstance(one.field, Computed))
        self.guarded = tuple(one for one in self.placed if one.guards)
        self.if_empty = tuple((one.field.path, one.field.if_empty) for one in self.answered if one.field.if_empty)
        self.by_path = {one.field.path: one.field for one in self.placed}
        self._blank = self._blanks()
        names = {name for one in self.guarded for guard in one.guards for name in guard.names}
        self._guards_read_computed = any(field.path.split(".")[0] in names for field in self.computed)

    def schema(self) -> marshmallow.Schema:
        """The marshmallow schema of these fields, by path; made once."""
        return self._schema

    @cached_property
    def _schema(self) -> marshmallow.Schema:
        made = {}
        for one in self.placed:
            if isinstance(one.field, Question):
                inner = made[one.field.path] = one.field.schema_field()
                inner.required = one.field.required and not one.guards
        shape = marshmallow.Schema.from_dict(made, name="Answers")
        return shape(unknown=marshmallow.EXCLUDE)

    def settle(self, given: Mapping[str, Any], moment: Moment) -> Settled:
        """Which fields are hidden, and the computed values, given answers by path; `moment` has what is around."""
        hidden: frozenset[str] = frozenset()
        variables = self._variables(given, moment.variables, hidden)
        for _ in range(ROUNDS if self.guarded else 0):
            if self._guards_read_computed:
                self._compute(variables, moment)
            found = self._hidden(variables, moment.env)
            if found == hidden:
                break
            hidden = found
            variables = self._variables(given, moment.variables, hidden)
        self._compute(variables, moment)
        return Settled(variables, hidden)

    def _blanks(self) -> dict[str, Any]:
        blank: dict[str, Any] = {}
        for one in self.placed:
            if one.field.answered or isinstance(one.field, Computed):
                place(blank, one.field.path, None)
        return blank

    def _variables(self, given: Mapping[str, Any], outer: Mapping[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
        # Our own names stand before those around, also while they have no answer: a form must not read the
        # answer to a question of its own from an older form that happens to use the same key.
        variables = {**outer, **{key: _copy(value) for key, value in self._blank.items()}}
        for path, value in given.items():
            if path not in hidden:
                place(variables, path, value)
        return variables

    def _compute(self, variables: dict[str, Any], moment: Moment) -> None:
        for field in self.computed:
            place(variables, field.path, field.compute(variables, moment))

    def _hidden(self, variables: dict[str, Any], env: Env) -> frozenset[str]:
        known: dict[str, bool] = {}
        hidden = set()
        for one in self.guarded:
            for guard in one.guards:
                if guard.source not in known:
                    known[guard.source] = guard.holds(variables, env)
                if known[guard.source]:
                    hidden.add(one.field.path)
                    break
        return frozenset(hidden)


def _copy(value: Any) -> Any:
    return {key: _copy(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def _flat(fields: Sequence[Field], guards: tuple[Formula, ...]) -> Iterator[Placed]:
    for field in fields:
        own = (*guards, field.hide) if field.hide else guards
        yield Placed(field, own)
        if isinstance(field, Group):
            yield from _flat(field.fields, own)
