"""Literals, names, arithmetic, comparisons and three-valued logic."""

import operator
from collections.abc import Callable

from engine.feel import nodes as n
from engine.feel.arithmetic import OPERATIONS, add, negate, power
from engine.feel.builtins import FUNCTIONS
from engine.feel.closures.core import Closure, closed, closes
from engine.feel.compare import both, compare, either, equal, negated
from engine.feel.limits import LONG
from engine.feel.scope import Scope
from engine.feel.types import conforms
from engine.feel.values import NUMBERS, Value, plain

WHOLE_POWER, BROKEN_POWER = 20, 300
"""Steps that raising to a whole and to another power costs."""
ORDERS: dict[str, Callable[[Value, Value], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}


@closes(n.Literal)
def literal(node: n.Literal) -> Closure:
    value = node.value
    return lambda _: value


@closes(n.Name)
def name(node: n.Name) -> Closure:
    key = node.name
    function = None if node.local else FUNCTIONS.get(key)
    if function is None:
        return operator.itemgetter(key)
    return lambda scope: scope[key] if scope.binds(key) else function


@closes(n.Arithmetic)
def arithmetic(node: n.Arithmetic) -> Closure:
    left, right, operation = closed(node.left), closed(node.right), OPERATIONS[node.op]
    if node.op == "+":
        return _addition(left, right)
    if node.op == "**":
        return _power(left, right)
    return lambda scope: operation(left(scope), right(scope))


def _addition(left: Closure, right: Closure) -> Closure:
    def run(scope: Scope) -> Value:
        total = add(left(scope), right(scope))
        if type(total) is str:
            scope.run.spend_for(total)
        return total

    return run


def _power(left: Closure, right: Closure) -> Closure:
    def run(scope: Scope) -> Value:
        base, exponent = left(scope), right(scope)
        scope.run.spend(WHOLE_POWER if type(exponent) is int else BROKEN_POWER)
        return power(base, exponent)

    return run


@closes(n.Negate)
def negation(node: n.Negate) -> Closure:
    operand = closed(node.operand)
    if isinstance(node.operand, n.Literal):
        value = negate(node.operand.value)
        return lambda _: value
    return lambda scope: negate(operand(scope))


@closes(n.Comparison)
def comparison(node: n.Comparison) -> Closure:
    left, right = closed(node.left), closed(node.right)
    if node.op in ("=", "!="):
        return _equality(left, right, node.op == "=")
    order = ORDERS[node.op]

    def run(scope: Scope) -> Value:
        one, other = left(scope), right(scope)
        if type(one) in NUMBERS and type(other) in NUMBERS:
            return order(one, other)
        if type(one) is str and len(one) > LONG:
            scope.run.spend_for(one)
        return compare(order, one, other)

    return run


def _equality(left: Closure, right: Closure, positive: bool) -> Closure:
    def same(scope: Scope) -> Value:
        one, other = left(scope), right(scope)
        if type(one) is str is type(other) and len(one) < LONG:
            return one == other
        return equal(one, other, scope.run)

    def different(scope: Scope) -> Value:
        return negated(equal(left(scope), right(scope), scope.run))

    return same if positive else different


@closes(n.Logical)
def logical(node: n.Logical) -> Closure:
    operands = tuple(closed(operand) for operand in node.operands)
    return _and(operands) if node.op == "and" else _or(operands)


def _and(operands: tuple[Closure, ...]) -> Closure:
    def run(scope: Scope) -> Value:
        result: bool | None = True
        for operand in operands:
            value = operand(scope)
            if value is False:
                return False
            if value is not True:
                result = None
        return result

    return run


def _or(operands: tuple[Closure, ...]) -> Closure:
    def run(scope: Scope) -> Value:
        result: bool | None = False
        for operand in operands:
            value = operand(scope)
            if value is True:
                return True
            if value is not False:
                result = None
        return result

    return run


@closes(n.Between)
def between(node: n.Between) -> Closure:
    value, low, high = closed(node.value), closed(node.low), closed(node.high)

    def run(scope: Scope) -> Value:
        middle = value(scope)
        return both(compare(operator.ge, middle, low(scope)), compare(operator.le, middle, high(scope)))

    return run


@closes(n.If)
def if_(node: n.If) -> Closure:
    condition, then, otherwise = closed(node.condition), closed(node.then), closed(node.otherwise)
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


@closes(n.InstanceOf)
def instance_of(node: n.InstanceOf) -> Closure:
    value, type_ = closed(node.value), node.type
    if type_ is None:
        return lambda _: None
    return lambda scope: conforms(plain(value(scope)), type_, scope.run)


@closes(n.In)
def in_(node: n.In) -> Closure:
    value, tests = closed(node.value), tuple(closed(test) for test in node.tests)

    def run(scope: Scope) -> Value:
        inner = Scope({"?": value(scope)}, scope, scope.run)
        result: bool | None = False
        for test in tests:
            result = either(result, test(inner))
            if result:
                return True
        return result

    return run
