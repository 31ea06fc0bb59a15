"""Calls of built-in functions, of functions an expression defines, and of business knowledge models."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.feel import nodes as n
from engine.feel.builtins import FUNCTIONS
from engine.feel.builtins.registry import Builtin, Overload, invoke_best
from engine.feel.closures.core import Closure, closed, closes
from engine.feel.scope import Scope
from engine.feel.values import Function, Range, Value, YearsMonths

_SMALL = frozenset({int, Decimal, bool, date, datetime, time, timedelta, YearsMonths})


@closes(n.Call)
def call(node: n.Call) -> Closure:
    if isinstance(node.function, n.Name) and not node.function.local:
        function = FUNCTIONS.get(node.function.name)
        if function is not None:
            return _builtin(function, node)
    return _dynamic(node)


def _builtin(function: Builtin, node: n.Call) -> Closure:
    if node.named:
        return _named_builtin(function, node)
    overloads = [overload for overload in function.overloads if overload.takes(len(node.arguments))]
    arguments = tuple(closed(argument) for argument in node.arguments)
    if not overloads:
        return lambda _: None
    if len(overloads) == 1:
        return _positional(overloads[0], arguments)

    def run(scope: Scope) -> Value:
        values = [argument(scope) for argument in arguments]
        return best(overloads, values).invoke(values, scope.run)

    return run


def best(overloads: Sequence[Overload], values: Sequence[Value]) -> Overload:
    """The overload whose parameters take the arguments as they are; the first, if none does."""
    for overload in overloads:
        if overload.fits(values):
            return overload
    return overloads[0]


def _positional(overload: Overload, arguments: tuple[Closure, ...]) -> Closure:
    if overload.gather is not None or overload.wants_run:
        return lambda scope: overload.invoke([argument(scope) for argument in arguments], scope.run)
    if len(arguments) == 2:
        return _of_two(overload, *arguments)
    return lambda scope: overload.invoke([argument(scope) for argument in arguments], scope.run)


def _of_two(overload: Overload, first: Closure, second: Closure) -> Closure:
    """The commonest call, without detours when both arguments are what the function wants."""
    one, two = overload.by_type[:2]
    function = overload.call

    def run(scope: Scope) -> Value:
        left, right = first(scope), second(scope)
        if (one is None or type(left) in one) and (two is None or type(right) in two) and type(left) in _SMALL:
            scope.run.spend(2)
            try:
                return function(left, right)
            except (ArithmeticError, ValueError):
                return None
        return overload.invoke((left, right), scope.run)

    return run


def _named_builtin(function: Builtin, node: n.Call) -> Closure:
    names = [name for name, _ in node.named]
    values = tuple(closed(value) for _, value in node.named)
    if node.arguments:
        return lambda _: None
    choices = function.by_names(names)
    return lambda scope: invoke_best(choices, [value(scope) for value in values], scope.run)


def _dynamic(node: n.Call) -> Closure:
    function = closed(node.function)
    positional = tuple(closed(argument) for argument in node.arguments)
    named = tuple((name, closed(value)) for name, value in node.named)

    def run(scope: Scope) -> Value:
        target = function(scope)
        if isinstance(target, Range) and not positional:
            return target
        if not isinstance(target, Function):
            return None
        if named:
            return call_named(target, {name: value(scope) for name, value in named}, scope)
        return call_value(target, [argument(scope) for argument in positional], scope)

    return run


def call_value(function: Function, arguments: Sequence[Value], scope: Scope) -> Value:
    """Call a function value with positional arguments; null if it wants another number of them."""
    if isinstance(function, Builtin):
        overloads = [overload for overload in function.overloads if overload.takes(len(arguments))]
        return best(overloads, arguments).invoke(arguments, scope.run) if overloads else None
    if len(arguments) != len(function.parameters):
        return None
    scope.run.spend()
    return function.call(arguments)


def call_named(function: Function, named: dict[str, Value], scope: Scope) -> Value:
    """Call a function value with named arguments; null if the names are not its parameters."""
    if isinstance(function, Builtin):
        return function.invoke_named(named, scope.run)
    if set(named) != set(function.parameters):
        return None
    return call_value(function, [named[name] for name in function.parameters], scope)
