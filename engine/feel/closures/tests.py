"""Tests of an input value: the cells of decision tables and the right side of `in`."""

from functools import lru_cache

from engine.feel import nodes as n
from engine.feel.closures.core import Closure, closed, closes
from engine.feel.closures.operators import ORDERS
from engine.feel.compare import compare, either, equal, in_range, negated
from engine.feel.limits import LONG, Run
from engine.feel.scope import Scope
from engine.feel.values import Range, Value


@closes(n.Tests)
def tests(node: n.Tests) -> Closure:
    parts = tuple(closed(test) for test in node.tests)
    if not parts:
        return lambda _: True
    if len(parts) == 1 and not node.negated:
        return parts[0]

    def run(scope: Scope) -> Value:
        result: bool | None = False
        for part in parts:
            result = either(result, part(scope))
            if result:
                break
        return negated(result) if node.negated else result

    return run


@closes(n.Test)
def test(node: n.Test) -> Closure:
    if isinstance(node.expression, n.OpenRange) and not node.expression.bracketed:
        return _comparison(node.expression)
    if isinstance(node.expression, n.Literal) and not node.asks:
        return _constant(node.expression.value)
    expression = closed(node.expression)
    if node.asks:
        return lambda scope: _truth(expression(scope), scope)
    if isinstance(node.expression, _CONDITIONS):
        return lambda scope: _condition(expression(scope), scope)
    return lambda scope: holds(scope["?"], expression(scope), scope.run)


_CONDITIONS = (n.Comparison, n.Logical, n.Between, n.In, n.InstanceOf, n.Quantified)


def _condition(result: Value, scope: Scope) -> bool | None:
    """What a condition that does not mention the input says of it: itself, unless the input is a truth value too,
    which it may then equal."""
    value = scope["?"]
    if isinstance(result, bool) and not isinstance(value, bool):
        return result
    return holds(value, result, scope.run)


@lru_cache(maxsize=4096, typed=True)
def _constant(value: Value) -> Closure:
    """The test against a constant, one for each: tables ask for the same words and numbers again and again."""
    return lambda scope: holds(scope["?"], value, scope.run)


def _truth(result: Value, scope: Scope) -> bool | None:
    return result if result is None or isinstance(result, bool) else holds(scope["?"], result, scope.run)


def _comparison(node: n.OpenRange) -> Closure:
    operand = closed(node.operand)
    if node.op == "=":
        return lambda scope: equal(scope["?"], operand(scope), scope.run)
    if node.op == "!=":
        return lambda scope: negated(equal(scope["?"], operand(scope), scope.run))
    order = ORDERS[node.op]
    return lambda scope: compare(order, scope["?"], operand(scope))


def holds(value: Value, against: Value, run: Run) -> bool | None:
    """Whether a value meets what a test came to: lies in the range, is a member of the list, or equals it."""
    if type(value) is str is type(against) and len(value) < LONG:
        return bool(value == against)
    if isinstance(against, Range):
        if isinstance(value, Range):
            return equal(value, against, run)
        return in_range(against, value)
    if isinstance(against, list):
        if isinstance(value, list) and equal(value, against, run):
            return True
        run.spend(2 * len(against))
        return any(_is_or_holds(member, value, run) is True for member in against)
    return equal(value, against, run)


def _is_or_holds(member: Value, value: Value, run: Run) -> bool | None:
    if isinstance(member, Range) and not isinstance(value, Range):
        return in_range(member, value)
    return equal(value, member, run)


@closes(n.OpenRange)
def open_range(node: n.OpenRange) -> Closure:
    operand, op = closed(node.operand), node.op

    def run(scope: Scope) -> Value:
        end = operand(scope)
        if op == "=":
            return Range(end, end, unbounded=True)
        if op in (">", ">="):
            return Range(end, None, op == ">=", False, True)
        return Range(None, end, False, op == "<=", True) if op in ("<", "<=") else None

    return run
