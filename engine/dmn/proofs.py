"""Proofs about decision tables: the examples an analyst wrote down, safe outcomes that must hold for every input,
an answer for every combination, no rule that can never speak.

A proof does not sample: inputs are cut into classes that no cell and no safe outcome can tell apart, with missing
and unexpected values among them, and every combination of classes is looked at.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Any

from engine.dmn import findings_of as say
from engine.dmn.classes import columns_of
from engine.dmn.model import Model
from engine.dmn.proof_file import Always, Example, ProofFile, read_proof_file, same
from engine.dmn.tables import Rule, Table
from engine.feel.env import Env
from engine.feel.errors import FeelError
from engine.feel.limits import Run
from engine.feel.scope import Scope
from engine.feel.values import Value
from engine.findings import Finding

MAX_COMBINATIONS = 2_000_000


def prove(model: Model, tests_yaml: str | bytes, file: str = "") -> list[Finding]:
    """What is wrong with the decision that the proof file is about; an empty list when everything holds."""
    proof = read_proof_file(tests_yaml)
    if isinstance(proof, say.Problem):
        return [proof.finding(file)]
    part = next((part for part in model.parts.values() if part.kind == "decision" and part.id == proof.decision), None)
    if part is None:
        return [say.no_such_decision(proof.decision).finding(file)]
    problems = list(_examples(model, proof))
    if isinstance(part.logic, Table):
        problems += _Proof(part.logic, proof).problems()
    return [problem.finding(file, proof.decision) for problem in problems]


def _examples(model: Model, proof: ProofFile) -> Iterator[say.Problem]:
    for number, example in enumerate(proof.examples, 1):
        try:
            decided = model.explain(proof.decision, example.given, Env())
        except FeelError as error:
            yield say.stopped(number, error.text)
            continue
        wrong = _differences(example, decided.value)
        if wrong:
            yield say.example_failed(number, wrong, decided.rules)


def _differences(example: Example, value: Value) -> dict[str, Any]:
    if not isinstance(value, dict):
        wanted = example.expect
        only = next(iter(wanted.values())) if isinstance(wanted, dict) and len(wanted) == 1 else wanted
        return {} if same(only, value) else {"": value}
    if not isinstance(example.expect, dict):
        return value
    return {key: value.get(key) for key, wanted in example.expect.items()
            if key not in value or not same(wanted, value[key])}


class _Proof:
    """The walk through all combinations of one table."""

    def __init__(self, table: Table, proof: ProofFile) -> None:
        self.table, self.proof = table, proof
        self.columns = columns_of(table, proof)
        self.results = [self._results(rule) for rule in table.rules]
        self.spoke: set[int] = set()
        self.found: dict[tuple[Any, ...], say.Problem] = {}

    def _results(self, rule: Rule) -> dict[str, Value]:
        scope = Scope({}, None, Run(Env()))
        values = [result(scope) for result in rule.results]
        return {column.name: value for column, value in zip(self.table.outputs, values, strict=True)}

    def problems(self) -> list[say.Problem]:
        """All that the combinations show."""
        unknown = [problem for column in self.columns for problem in column.problems]
        count = 1
        for column in self.columns:
            count *= len(column.classes)
        if count > MAX_COMBINATIONS:
            return [*unknown, say.too_many(count)]
        full = (1 << len(self.table.rules)) - 1, (1 << len(self.proof.always)) - 1
        for combination in product(*(column.classes for column in self.columns)):
            rules, always = full
            for part in combination:
                rules &= part.rules
                always &= part.always
            self._look(rules, always, [part.example for part in combination])
        dead = [say.dead_rule(n + 1) for n in range(len(self.table.rules)) if n not in self.spoke]
        return [*unknown, *self.found.values(), *dead]

    def _look(self, rules: int, always: int, values: list[Value]) -> None:
        if not rules:
            self._once(("gap",), lambda: say.gap(self._named(values)))
            return
        matched = [n for n in range(len(self.table.rules)) if rules >> n & 1]
        if self.table.policy == "UNIQUE" and len(matched) > 1:
            self._once(("overlap", *matched), lambda: say.overlap([n + 1 for n in matched], self._named(values)))
        speaking = matched[:1] if self.table.policy in ("FIRST", "UNIQUE") else matched
        self.spoke.update(speaking)
        for n, row in enumerate(self.proof.always):
            if always >> n & 1:
                self._check(n, row, speaking, values)

    def _check(self, number: int, row: Always, speaking: list[int], values: list[Value]) -> None:
        for rule in speaking:
            for key, allowed in row.expect.items():
                if not any(same(wanted, self._value(rule, key)) for wanted in allowed):
                    self._once(("unsafe", number, rule, key), partial(
                        say.unsafe, number + 1, rule + 1, key, self._value(rule, key), self._named(values), row.why))

    def _value(self, rule: int, key: str) -> Value:
        results = self.results[rule]
        return next(iter(results.values())) if len(results) == 1 else results.get(key)

    def _named(self, values: list[Value]) -> dict[str, Value]:
        return {column.name: value for column, value in zip(self.columns, values, strict=True)}

    def _once(self, key: tuple[Any, ...], said: Callable[[], say.Problem]) -> None:
        if key not in self.found:  # a broken table breaks thousands of times; saying so is what takes time
            self.found[key] = said()


