"""Decision tables: which rules match, and what the hit policy makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.dmn.hits import HIT_POLICIES, Hit, aggregate
from engine.dmn.item_types import ANYTHING, ItemType
from engine.dmn.run import Asked, DecisionRun
from engine.feel.closures import Closure
from engine.feel.limits import Run
from engine.feel.scope import Scope
from engine.feel.values import Value, plain
from engine.text import Text


@dataclass(frozen=True)
class Input:
    """A column that is asked: its expression, its type, and the values it may have."""

    text: str
    value: Closure
    allowed: Closure | None = None
    type: ItemType = ANYTHING


@dataclass(frozen=True)
class Output:
    """A column that is answered: its type and the values it may have. `priorities` are these values, the most
    important first."""

    name: str
    priorities: Closure | None = None
    default: Closure | None = None
    allowed: Closure | None = None
    type: ItemType = ANYTHING

    def fitted(self, value: Value, inner: Scope) -> Value:
        """The value as the column says; null if it is none that the column may have."""
        if self.type is not ANYTHING:
            value = self.type.fitted(value, inner.run)
        if self.allowed is not None and value is not None:
            inner["?"] = value
            return value if self.allowed(inner) is True else None
        return value


@dataclass(frozen=True)
class Rule:
    """A row: tests (None: any value), as closures and as written, and results; its note says in words why."""

    tests: tuple[Closure | None, ...]
    texts: tuple[str, ...]
    results: tuple[Closure, ...]
    note: Text


@dataclass(frozen=True)
class Table:
    """A whole decision table. Calling it with a scope decides."""

    id: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    policy: str
    aggregation: str | None = None
    owner: str = ""
    """The id of the decision or knowledge model that it stands in."""

    def __call__(self, scope: Scope) -> Value:
        run = scope.run
        run.spend(len(self.rules) * (1 + len(self.inputs)) >> 2)
        given = [plain(column.value(scope)) for column in self.inputs]
        inner = Scope({}, scope, run)
        asked = [value if column.type is ANYTHING else column.type.fitted(value, run)
                 for column, value in zip(self.inputs, given, strict=True)]
        if not self._allowed(given, asked, inner):
            return self._told(run, asked, [], None)
        matched = self._matching(asked, inner, self.policy == "FIRST")
        hits = [Hit(tuple(column.fitted(result(scope), inner) for column, result in zip(
            self.outputs, self.rules[index].results, strict=True))) for index in matched]
        return self._told(run, asked, matched, self._answer(hits, scope))

    def _told(self, run: Run, asked: Sequence[Value], matched: list[int], value: Value) -> Value:
        if isinstance(run, DecisionRun):
            run.decided(Asked(
                self.id, self.owner, {column.text: one for column, one in zip(self.inputs, asked, strict=True)},
                tuple(index + 1 for index in matched),
                tuple(self.rules[index].note for index in matched if self.rules[index].note.ar), value))
        return value

    def _allowed(self, given: Sequence[Value], asked: Sequence[Value], scope: Scope) -> bool:
        """Whether the table was made for these values: one of another type or kind is not answered. A list of null
        stands for null."""
        for column, before, value in zip(self.inputs, given, asked, strict=True):
            if value is None and before is not None and before != [None]:
                return False
            if column.allowed is not None and value is not None:
                scope["?"] = value
                if column.allowed(scope) is not True:
                    return False
        return True

    def _matching(self, asked: Sequence[Value], scope: Scope, first: bool) -> list[int]:
        matched = []
        for index, rule in enumerate(self.rules):
            for value, test in zip(asked, rule.tests, strict=True):
                if test is not None:
                    scope["?"] = value
                    if test(scope) is not True:
                        break
            else:
                matched.append(index)
                if first:
                    break
        return matched

    def _answer(self, hits: list[Hit], scope: Scope) -> Value:
        if not hits:
            return self._default(scope)
        if self.policy == "COLLECT" and self.aggregation:
            return aggregate(self.aggregation, [self._shaped(hit) for hit in hits])
        orders = [column.priorities(scope) if column.priorities else None for column in self.outputs]
        scope.run.spend(len(hits) * sum(len(order) if order else 1 for order in orders))
        chosen = HIT_POLICIES[self.policy](hits, orders)
        if isinstance(chosen, Hit):
            return self._shaped(chosen)
        return None if chosen is None else [self._shaped(hit) for hit in chosen]

    def _shaped(self, hit: Hit) -> Value:
        if len(self.outputs) == 1:
            return hit.values[0]
        return {column.name: value for column, value in zip(self.outputs, hit.values, strict=True)}

    def _default(self, scope: Scope) -> Value:
        if all(column.default is None for column in self.outputs):
            return 0 if self.aggregation == "COUNT" and self.policy == "COLLECT" else None
        values = tuple(column.default(scope) if column.default else None for column in self.outputs)
        shaped = self._shaped(Hit(values))
        return [shaped] if self.policy in ("RULE ORDER", "OUTPUT ORDER") and not isinstance(shaped, list) else shaped


