"""Arithmetic on numbers (34 decimal digits), texts, dates and durations. What makes no sense is null."""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from engine.feel.compare import same_zoned
from engine.feel.decimals import CONTEXT, number, tidy, whole
from engine.feel.limits import bounded_text
from engine.feel.temporal import MICROSECOND, microseconds
from engine.feel.values import NUMBERS, Value, YearsMonths, kind, plain

Operation = Callable[[Value, Value], Value]
MOST_MONTHS = 10**15
"""Longest duration of years and months; longer ones are null."""


def add(left: Value, right: Value) -> Value:
    """left + right"""
    if type(left) is int and type(right) is int:
        return number(left + right)
    return _arithmetic("+", left, right)


def subtract(left: Value, right: Value) -> Value:
    """left - right"""
    if type(left) is int and type(right) is int:
        return number(left - right)
    return _arithmetic("-", left, right)


def multiply(left: Value, right: Value) -> Value:
    """left * right"""
    if type(left) is int and type(right) is int:
        return number(left * right)
    return _arithmetic("*", left, right)


def divide(left: Value, right: Value) -> Value:
    """left / right; null when dividing by zero"""
    return _arithmetic("/", left, right)


def power(left: Value, right: Value) -> Value:
    """left ** right; null where it has no value or leaves FEEL's range"""
    return _arithmetic("**", left, right)


def negate(value: Value) -> Value:
    """-value"""
    value = plain(value)
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.months)
    if type(value) in NUMBERS:
        return -value if type(value) is int else CONTEXT.minus(value)
    return -value if isinstance(value, timedelta) else None


def add_months(day: date, months: int) -> date | None:
    """The same day of another month, or that month's last day; None outside the years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def _arithmetic(op: str, left: Value, right: Value) -> Value:
    left, right = plain(left), plain(right)
    if left is None or right is None:
        return None
    operation = _TABLE.get((op, kind(left), kind(right)))
    if operation is None:
        return None
    try:
        return operation(left, right)
    except (ArithmeticError, ValueError):
        return None


def _divide_numbers(left: Value, right: Value) -> Value:
    return tidy(CONTEXT.divide(left, right)) if right else None


def _power(left: Value, right: Value) -> Value:
    return tidy(CONTEXT.power(left, right)) if right else 1


def _join(left: str, right: str) -> str:
    return bounded_text(left + right)


def _times_between(left: time, right: time) -> timedelta | None:
    if not same_zoned(left, right):
        return None
    day = date(2000, 1, 1)
    return datetime.combine(day, left) - datetime.combine(day, right)


def _between(left: date, right: date) -> timedelta | None:
    start, stop = _midnight(right), _midnight(left)
    if not same_zoned(start, stop):
        return None
    return stop - start


def _midnight(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, tzinfo=UTC)


def _days_between(left: date, right: date) -> timedelta:
    return left - right


def _later(day: date, duration: timedelta) -> date:
    if isinstance(day, datetime) and day.tzinfo is not None:
        return (day.astimezone(UTC) + duration).astimezone(day.tzinfo)
    return day + duration


def _clock_later(clock: time, duration: timedelta) -> time:
    moment = datetime.combine(date(2000, 6, 1), clock.replace(tzinfo=None))
    within_a_day = timedelta(microseconds=microseconds(duration) % 86_400_000_000)
    return (moment + within_a_day).time().replace(tzinfo=clock.tzinfo)


def _months_later(day: date, duration: YearsMonths) -> date | None:
    return add_months(day, duration.months)


def _scaled(duration: timedelta, factor: Decimal) -> timedelta:
    return whole(CONTEXT.multiply(microseconds(duration), factor)) * MICROSECOND


def _parted(duration: timedelta, divisor: Decimal) -> timedelta | None:
    return whole(CONTEXT.divide(microseconds(duration), divisor)) * MICROSECOND if divisor else None


def _ratio(left: timedelta, right: timedelta) -> Value:
    return tidy(CONTEXT.divide(microseconds(left), microseconds(right))) if right else None


def _months_scaled(duration: YearsMonths, factor: Decimal) -> YearsMonths | None:
    return _months(whole(CONTEXT.multiply(duration.months, factor)))


def _months_parted(duration: YearsMonths, divisor: Decimal) -> YearsMonths | None:
    return _months(whole(CONTEXT.divide(duration.months, divisor))) if divisor else None


def _months_ratio(left: YearsMonths, right: YearsMonths) -> Value:
    return tidy(CONTEXT.divide(left.months, right.months)) if right.months else None


def _months(count: int) -> YearsMonths | None:
    return YearsMonths(count) if -MOST_MONTHS < count < MOST_MONTHS else None


def _swapped(operation: Operation) -> Operation:
    return lambda left, right: operation(right, left)


def _backwards(operation: Operation) -> Operation:
    return lambda left, right: operation(left, negate(right))


_N, _S, _D, _T, _DT = "number", "string", "date", "time", "date and time"
_DUR, _YM = "days and time duration", "years and months duration"
_TABLE: dict[tuple[str, str | None, str | None], Operation] = {
    ("+", _N, _N): lambda a, b: number(CONTEXT.add(a, b)),
    ("-", _N, _N): lambda a, b: number(CONTEXT.subtract(a, b)),
    ("*", _N, _N): lambda a, b: number(CONTEXT.multiply(a, b)),
    ("/", _N, _N): _divide_numbers, ("**", _N, _N): _power, ("+", _S, _S): _join,
    ("-", _D, _D): _days_between, ("-", _DT, _DT): _between, ("-", _D, _DT): _between, ("-", _DT, _D): _between,
    ("-", _T, _T): _times_between,
    ("+", _D, _DUR): _later, ("+", _DT, _DUR): _later, ("+", _T, _DUR): _clock_later,
    ("+", _DUR, _D): _swapped(_later), ("+", _DUR, _DT): _swapped(_later), ("+", _DUR, _T): _swapped(_clock_later),
    ("-", _D, _DUR): _backwards(_later), ("-", _DT, _DUR): _backwards(_later),
    ("-", _T, _DUR): _backwards(_clock_later),
    ("+", _D, _YM): _months_later, ("+", _DT, _YM): _months_later,
    ("+", _YM, _D): _swapped(_months_later), ("+", _YM, _DT): _swapped(_months_later),
    ("-", _D, _YM): _backwards(_months_later), ("-", _DT, _YM): _backwards(_months_later),
    ("+", _DUR, _DUR): lambda a, b: a + b, ("-", _DUR, _DUR): lambda a, b: a - b, ("/", _DUR, _DUR): _ratio,
    ("+", _YM, _YM): lambda a, b: _months(a.months + b.months),
    ("-", _YM, _YM): lambda a, b: _months(a.months - b.months), ("/", _YM, _YM): _months_ratio,
    ("*", _DUR, _N): _scaled, ("*", _N, _DUR): _swapped(_scaled), ("/", _DUR, _N): _parted,
    ("*", _YM, _N): _months_scaled, ("*", _N, _YM): _swapped(_months_scaled), ("/", _YM, _N): _months_parted,
}
OPERATIONS: dict[str, Operation] = {"+": add, "-": subtract, "*": multiply, "/": divide, "**": power}
