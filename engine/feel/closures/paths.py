"""Paths into values and filters of lists."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.feel import nodes as n
from engine.feel.closures.core import Closure, closed, closes
from engine.feel.decimals import tidy
from engine.feel.errors import too_deep
from engine.feel.limits import MAX_VALUE_DEPTH, Run
from engine.feel.scope import Scope
from engine.feel.temporal import ZERO, microseconds, seconds
from engine.feel.values import NUMBERS, Range, Value, YearsMonths, plain
from engine.feel.weights import weight


def _of_date(value: date, name: str) -> Value:
    if name in ("year", "month", "day"):
        return getattr(value, name)
    return value.isoweekday() if name == "weekday" else None


def _of_time(value: time | datetime, name: str) -> Value:
    if name in ("hour", "minute"):
        return getattr(value, name)
    if name == "second":
        return value.second + tidy(Decimal(value.microsecond) / 1_000_000) if value.microsecond else value.second
    if name == "time offset":
        return value.utcoffset()
    if name == "timezone":
        return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None
    return None


def _of_moment(value: datetime, name: str) -> Value:
    if name == "date":
        return value.date()
    if name == "time":
        return value.timetz()
    found = _of_date(value, name)
    return _of_time(value, name) if found is None else found


def _of_months(value: YearsMonths, name: str) -> Value:
    sign = -1 if value.months < 0 else 1
    years, months = divmod(abs(value.months), 12)
    return {"years": sign * years, "months": sign * months}.get(name)


def _of_duration(value: timedelta, name: str) -> Value:
    size, sign = abs(value), -1 if value < ZERO else 1
    minutes, rest = divmod(size.seconds, 60)
    parts: dict[str, Value] = {"days": size.days, "hours": minutes // 60, "minutes": minutes % 60}
    if name == "seconds":
        return sign * (rest + tidy(seconds(timedelta(microseconds=microseconds(size) % 1_000_000))))
    return sign * parts[name] if name in parts else None


def _of_range(value: Range, name: str) -> Value:
    return {"start": value.start, "end": value.end, "start included": value.start_included,
            "end included": value.end_included}.get(name)


_PROPERTIES: dict[type, Callable[..., Value]] = {
    datetime: _of_moment, date: _of_date, time: _of_time, timedelta: _of_duration, YearsMonths: _of_months,
    Range: _of_range,
}


_OF_THE_HOST = frozenset({float, int, Decimal, tuple})


def property_of(value: Value, name: str, run: Run, depth: int = 0) -> Value:
    """The entry of a context, the property of a value, or of each member of a list; null where there is none."""
    if isinstance(value, dict):
        return plain(value.get(name))
    if isinstance(value, list):
        run.spend(1 + len(value))
        if depth > MAX_VALUE_DEPTH:
            raise too_deep()
        return [property_of(member, name, run, depth + 1) for member in value]
    reader = _PROPERTIES.get(type(value))
    return reader(value, name) if reader else None


@closes(n.Path)
def path(node: n.Path) -> Closure:
    base, name = closed(node.base), node.name

    def run(scope: Scope) -> Value:
        value = base(scope)
        if type(value) is dict:
            found = value.get(name)
            return plain(found) if type(found) in _OF_THE_HOST else found
        return property_of(value, name, scope.run)

    return run


@closes(n.Filter)
def filter_(node: n.Filter) -> Closure:
    base, test = closed(node.base), closed(node.test)
    fixed, steps = isinstance(node.test, n.Literal | n.Negate), 1 + weight(node.test)

    def run(scope: Scope) -> Value:
        values = plain(base(scope))
        if values is None:
            values = []
        elif not isinstance(values, list):
            values = [values]
        if fixed or not values:
            scope.run.spend(steps)
            index = test(scope)
            if type(index) in NUMBERS:
                return _at(values, index)
        return chosen(values, test, scope, steps)

    return run


def _at(values: list[Value], index: Value) -> Value:
    if not -len(values) <= index <= len(values) or not (position := int(index)):
        return None
    return plain(values[position - 1 if position > 0 else position])


def chosen(values: list[Value], test: Closure, scope: Scope, steps: int) -> Value:
    """The members for which a test holds; or, where the test is a number, the member at that place. A look at a
    member costs so many steps."""
    kept = []
    for position, value in enumerate(values):
        scope.run.spend(steps)
        if isinstance(value, dict):
            scope.run.spend_for(value, 1 / 8)
        bound = {"item": value, **value} if isinstance(value, dict) else {"item": value}
        hit = test(Scope(bound, scope, scope.run))
        if hit is True:
            kept.append(value)
        elif position == 0 and type(hit) in NUMBERS:
            return _at(values, hit)
    return kept
