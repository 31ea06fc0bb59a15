"""Equality and order of values, with null where two values cannot be compared."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from engine.feel.errors import too_deep, too_large
from engine.feel.limits import MAX_LIST, MAX_VALUE_DEPTH, Run
from engine.feel.values import NUMBERS, Function, Range, Value, kind, plain

ORDERED = frozenset({
    "number", "string", "date", "time", "date and time", "days and time duration", "years and months duration",
})
_A_DAY = date(2000, 1, 1)
Order = Callable[[Value, Value], bool]


def both(left: bool | None, right: bool | None) -> bool | None:
    """Three-valued `and`."""
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def either(left: bool | None, right: bool | None) -> bool | None:
    """Three-valued `or`."""
    if left is True or right is True:
        return True
    return False if left is False and right is False else None


def negated(value: bool | None) -> bool | None:
    """Three-valued `not`."""
    return (not value) if isinstance(value, bool) else None


def compare(order: Order, left: Value, right: Value) -> bool | None:
    """left < right (or whichever order is asked); null where the two have no order."""
    left, right = plain(left), plain(right)
    if type(left) in NUMBERS and type(right) in NUMBERS:
        return order(left, right)
    sort = kind(left)
    if sort is None or sort != kind(right) or sort not in ORDERED or not same_zoned(left, right):
        return None
    return order(comparable(left), comparable(right))


def comparable(value: Value) -> Value:
    """A value that Python orders as FEEL does."""
    if isinstance(value, time):
        moment = datetime.combine(_A_DAY, value)
        offset = moment.utcoffset() or timedelta()
        return moment.replace(tzinfo=None) - offset
    return value


def to_milliseconds(value: Value) -> Value:
    """A moment as equality sees it: to the millisecond, as the compatibility kit has it."""
    moment = comparable(value)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def same_zoned(left: Value, right: Value) -> bool:
    """Whether two times both have a zone or both have none."""
    if isinstance(left, datetime | time):
        return (left.tzinfo is None) == (right.tzinfo is None)
    return True


def equal(left: Value, right: Value, run: Run | None = None) -> bool | None:
    """FEEL's `=`: null when the two are of different kinds, true or false otherwise; null equals only null.
    The run pays for what is looked at; without one it is only bounded."""
    return _Equality(run).of(left, right)


class _Equality:
    """Counts what it looks at: shared members can make two small values endless to compare."""

    __slots__ = ("depth", "left_to_look", "run")

    def __init__(self, run: Run | None) -> None:
        self.run, self.depth, self.left_to_look = run, 0, MAX_LIST

    def of(self, left: Value, right: Value) -> bool | None:
        if left is right:
            return True
        left, right = plain(left), plain(right)
        if left is None or right is None:
            return left is right
        sort = kind(left)
        if sort != kind(right):
            return None
        if sort == "list":
            return len(left) == len(right) and self._all(zip(left, right, strict=True), len(left))
        if sort == "context":
            return left.keys() == right.keys() and self._all(((left[key], right[key]) for key in left), len(left))
        return self._of_simple(left, right)

    def _of_simple(self, left: Value, right: Value) -> bool | None:
        if isinstance(left, Range):
            return _ends(left) == _ends(right) and (
                self._all(((left.start, right.start), (left.end, right.end)), 2))
        if isinstance(left, Function):
            return left is right
        if isinstance(left, datetime | time):
            return same_zoned(left, right) and bool(to_milliseconds(left) == to_milliseconds(right))
        if self.run is not None and isinstance(left, str):
            self.run.spend_for(left)
        return bool(left == right)

    def _all(self, pairs: Iterable[tuple[Value, Value]], count: int) -> bool:
        self.depth += 1
        self.left_to_look -= count
        if self.left_to_look < 0:
            raise too_large()
        if self.depth > MAX_VALUE_DEPTH:
            raise too_deep()
        if self.run is not None:
            self.run.spend(1 + count)
        same = all(self.of(left, right) is True for left, right in pairs)
        self.depth -= 1
        return same


def _ends(range_: Range) -> tuple[bool, bool, bool]:
    return range_.start_included, range_.end_included, range_.unbounded


def in_range(range_: Range, value: Value) -> bool | None:
    """Whether a value lies in a range; null where it cannot be compared."""
    if not range_.unbounded and (range_.start is None or range_.end is None):
        return None
    above = True if range_.start is None else compare(_ge if range_.start_included else _gt, value, range_.start)
    below = True if range_.end is None else compare(_le if range_.end_included else _lt, value, range_.end)
    return both(above, below)


def _lt(left: Value, right: Value) -> bool:
    return bool(left < right)


def _le(left: Value, right: Value) -> bool:
    return bool(left <= right)


def _gt(left: Value, right: Value) -> bool:
    return bool(left > right)


def _ge(left: Value, right: Value) -> bool:
    return bool(left >= right)
