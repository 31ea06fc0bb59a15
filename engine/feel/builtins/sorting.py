"""Functions that order values, and the ones that change or pick members by a function."""

from functools import cmp_to_key

from engine.feel.builtins.registry import COPIED, builtin, spread_list
from engine.feel.compare import ORDERED, comparable
from engine.feel.decimals import whole
from engine.feel.limits import Run
from engine.feel.values import Function, Value, kind, plain


def _ordered(values: list[Value]) -> list[Value] | None:
    found = [plain(value) for value in values]
    kinds = {kind(value) for value in found}
    if len(kinds) != 1 or not kinds <= ORDERED:
        return None
    return found


@builtin("min", "list: list", gather=spread_list)
def min_(values: list[Value]) -> Value:
    found = _ordered(values)
    return min(found, key=comparable) if found and _same_zones(found) else None


@builtin("max", "list: list", gather=spread_list)
def max_(values: list[Value]) -> Value:
    found = _ordered(values)
    return max(found, key=comparable) if found and _same_zones(found) else None


def _same_zones(values: list[Value]) -> bool:
    return len({getattr(value, "tzinfo", None) is None for value in values}) == 1


@builtin("sort", "list: list")
def sort(values: list[Value]) -> Value:
    if not values:
        return []
    found = _ordered(values)
    return sorted(found, key=comparable) if found and _same_zones(found) else None


@builtin("sort", "list: list", "precedes: function", run=True)
def sort_by(run: Run, values: list[Value], precedes: Function) -> Value:
    def before(left: Value, right: Value) -> int:
        run.spend()
        if call(precedes, [left, right], run) is True:
            return -1
        return 1 if call(precedes, [right, left], run) is True else 0

    return sorted(values, key=cmp_to_key(before))


@builtin("list replace", "list: list", "position: number", "newItem: any", each=COPIED)
def list_replace(values: list[Value], position: Value, item: Value) -> Value:
    at = whole(position)
    if at == 0 or abs(at) > len(values):
        return None
    at = at - 1 if at > 0 else at
    return [*values[:at], item, *values[len(values) + at + 1 if at < 0 else at + 1:]]


@builtin("list replace", "list: list", "match: function", "newItem: any", run=True)
def list_replace_where(run: Run, values: list[Value], match: Function, item: Value) -> Value:
    made = []
    for value in values:
        hit = call(match, [value, item], run)
        if not isinstance(hit, bool):
            return None
        made.append(item if hit else value)
    return made


def call(function: Function, arguments: list[Value], run: Run) -> Value:
    """Call a function that an expression passed to us."""
    invoke = getattr(function, "invoke", None)
    if invoke is not None:
        return invoke(arguments, run)
    return function.call(arguments) if len(arguments) == len(function.parameters) else None


