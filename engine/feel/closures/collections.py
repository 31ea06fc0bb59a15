"""Lists, contexts, ranges and function definitions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from engine.feel import nodes as n
from engine.feel.closures.core import Closure, closed, closes
from engine.feel.compare import ORDERED
from engine.feel.limits import Run
from engine.feel.scope import Scope
from engine.feel.types import ANY, FunctionType, ListType, Simple, Type, conforms
from engine.feel.values import Function, Range, Value, kind, plain
from engine.feel.weights import levels, weight

_MOMENT = Simple("date and time")


@closes(n.ListOf)
def list_of(node: n.ListOf) -> Closure:
    items = tuple(closed(item) for item in node.items)
    return lambda scope: [item(scope) for item in items]


@closes(n.ContextOf)
def context_of(node: n.ContextOf) -> Closure:
    entries = tuple((key, closed(value)) for key, value in node.entries)

    def run(scope: Scope) -> Value:
        inner = Scope({}, scope, scope.run)
        for key, value in entries:
            inner[key] = value(inner)
        return dict(inner)

    return run


@closes(n.RangeOf)
def range_of(node: n.RangeOf) -> Closure:
    start, end = closed(node.start), closed(node.end)
    start_included, end_included = node.start_included, node.end_included
    if isinstance(node.start, n.Literal) and isinstance(node.end, n.Literal):
        fixed = _range(node.start.value, node.end.value, start_included, end_included)
        return lambda _: fixed

    def run(scope: Scope) -> Value:
        return _range(plain(start(scope)), plain(end(scope)), start_included, end_included)

    return run


def _range(low: Value, high: Value, start_included: bool, end_included: bool) -> Range | None:
    if low is not None and high is not None and (kind(low) != kind(high) or kind(low) not in ORDERED):
        return None
    return Range(low, high, start_included, end_included)


@closes(n.FunctionDefinition)
def function_definition(node: n.FunctionDefinition) -> Closure:
    names = tuple(name for name, _ in node.parameters)
    types = tuple(type_ or ANY for _, type_ in node.parameters)
    if node.body is None:
        return lambda _: None
    body, type_ = closed(node.body), FunctionType(types, ANY)
    cost = Cost(1 + len(names) + weight(node.body), levels(node.body))

    def run(scope: Scope) -> Value:
        def call(arguments: Sequence[Value]) -> Value:
            return invoke_body(body, names, types, arguments, scope, cost)

        return Function(call, names, type_)

    return run


class Cost(NamedTuple):
    """What calling a function costs: steps, and levels of depth."""

    steps: int
    levels: int


def invoke_body(
    body: Closure, names: Sequence[str], types: Sequence[Type], arguments: Sequence[Value], scope: Scope, cost: Cost
) -> Value:
    """Run the body of a function with its parameters bound; null where an argument is of the wrong type."""
    run, values = scope.run, {}
    for name, type_, argument in zip(names, types, arguments, strict=True):
        values[name] = converted(argument, type_, run)
        if values[name] is None and argument is not None:
            return None
    run.enter(cost.levels, cost.steps)
    result = body(Scope(values, scope, run))
    run.leave(cost.levels)
    return result


def converted(value: Value, type_: Type, run: Run) -> Value:
    """A value as a type wants it, by FEEL's implicit conversions (single values and lists of one, dates to their
    midnights); else null."""
    value = plain(value)
    if type_ is ANY or value is None or conforms(value, type_, run):
        return value
    if type(value) is date and type_ == _MOMENT:
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(type_, ListType) and conforms([value], type_, run):
        return [value]
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], type_, run):
        return value[0]
    return None
