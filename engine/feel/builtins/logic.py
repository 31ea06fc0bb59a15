"""Functions on truth values."""

from engine.feel.builtins.registry import builtin, spread_list
from engine.feel.compare import both, either, equal, negated
from engine.feel.limits import Run
from engine.feel.temporal import temporal_text
from engine.feel.values import Value, kind


@builtin("not", "negand: any")
def not_(value: Value) -> Value:
    return negated(value)


@builtin("all", "list: list", gather=spread_list)
def all_(values: list[Value]) -> Value:
    result: bool | None = True
    for value in values:
        result = both(result, value if isinstance(value, bool) else None)
    return result


@builtin("any", "list: list", gather=spread_list)
def any_(values: list[Value]) -> Value:
    result: bool | None = False
    for value in values:
        result = either(result, value if isinstance(value, bool) else None)
    return result


@builtin("is defined", "value: any")
def is_defined(value: Value) -> Value:
    return value is not None


@builtin("is", "value1: any", "value2: any", run=True)
def is_(run: Run, left: Value, right: Value) -> Value:
    if kind(left) != kind(right):
        return False
    if kind(left) in ("date and time", "time"):
        return temporal_text(left) == temporal_text(right)
    return equal(left, right, run) is True
