"""Decision tables: which rules match, and what the hit policy makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.dmn.hits import HIT_POLICIES, Hit, aggregate
from engine.dmn.run import DecisionRun
from engine.feel.closures import Closure
from engine.feel.scope import Scope
from engine.feel.values import Value, plain
from engine.text import Text


@dataclass(frozen=True)
class Input:
    """A column that is asked: its expression, and the values it may have."""

    text: str
    value: Closure
    allowed: Closure | None = None


@dataclass(frozen=True)
class Output:
    """A column that is answered. `priorities` are its values, the most important first."""

    name: str
    priorities: Closure | None = None
    default: Closure | None = None


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

    def __call__(self, scope: Scope) -> Value:
        run = scope.run
        run.spend(len(self.rules) * (1 + len(self.inputs)) >> 2)
        asked = [plain(column.value(scope)) for column in self.inputs]
        inner = Scope({}, scope, run)
        if not self._allowed(asked, inner):
            return None
        matched = self._matching(asked, inner, self.policy == "FIRST")
        if isinstance(run, DecisionRun):
            run.decided(self.id, {column.text: value for column, value in zip(self.inputs, asked, strict=True)},
                        matched, tuple(self.rules[index].note for index in matched if self.rules[index].note.ar))
        hits = [Hit(tuple(result(scope) for result in self.rules[index].results)) for index in matched]
        return self._answer(hits, scope)

    def _allowed(self, asked: Sequence[Value], scope: Scope) -> bool:
        for column, value in zip(self.inputs, asked, strict=True):
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


