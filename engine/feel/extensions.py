"""Our own functions, beyond the standard: working days, and Arabic names in the form in which they are compared."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from engine.feel.arithmetic import add, add_months
from engine.feel.builtins.registry import builtin
from engine.feel.env import Calendar
from engine.feel.limits import Run
from engine.feel.values import Value, YearsMonths

MAX_DAYS = 4_000
"""Longest count of working days, about eleven years; longer ones are null."""
DAY = 4
"""Steps that a working day costs."""
_LETTERS = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ـ": None,
})
_GAPS = re.compile(r"[\s\u200c-\u200f\-_.]+")


@builtin("due", "start: date", "limit: any", "basis: any", run=True)
def due(run: Run, start: date, limit: Value, basis: Value = None) -> Value:
    """When something that began at `start` is due. On the basis "working" whole days are working days of the
    calendar, while hours stay hours of the clock; any other basis runs around the clock, which is never later."""
    if not isinstance(limit, timedelta | YearsMonths):
        return None
    if basis != "working":
        return add(start, limit)
    calendar = run.env.calendar
    local = run.env.local(start) if isinstance(start, datetime) else start
    if isinstance(limit, YearsMonths):
        later = add_months(local, limit.months)
        return None if later is None else _next_working(calendar, later)
    if not 0 <= limit.days <= MAX_DAYS:
        return None
    run.spend(DAY * limit.days)
    return add(_working_days_later(calendar, local, limit.days), limit - timedelta(days=limit.days))


@builtin("due", "start: date", "limit: any", run=True)
def due_by_the_clock(run: Run, start: date, limit: Value) -> Value:
    """`due` around the clock."""
    return due(run, start, limit, "clock")


def _working_days_later(calendar: Calendar, start: date, days: int) -> date:
    day = start
    for _ in range(days):
        day = _next_working(calendar, day + timedelta(days=1))
    return day


def _next_working(calendar: Calendar, day: date) -> date:
    for _ in range(366):
        if calendar.is_working(_day(day)):
            return day
        day += timedelta(days=1)
    raise ValueError("a calendar without working days")


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


@builtin("working days between", "from: date", "to: date", run=True)
def working_days_between(run: Run, start: date, stop: date) -> Value:
    """How many working days pass from `from` (not counted) to `to` (counted); negative backwards."""
    first, last = (_day(run.env.local(moment) if isinstance(moment, datetime) else moment) for moment in (start, stop))
    days = (last - first).days
    if abs(days) > 2 * MAX_DAYS:
        return None
    run.spend(2 * abs(days))
    step = 1 if days >= 0 else -1
    begin = min(first, last)
    return step * sum(run.env.calendar.is_working(begin + timedelta(days=n)) for n in range(1, abs(days) + 1))


@builtin("normalise name", "name: string", run=True)
def normalise_name(run: Run, name: str) -> Value:
    """A name in the form in which names are compared: no vowel signs, one shape of alef, ya and ta, single spaces."""
    run.spend(2 * len(name))
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).translate(_LETTERS))
    bare = "".join(character for character in bare if not unicodedata.combining(character))
    western = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in bare)
    return _GAPS.sub(" ", western.translate(_LETTERS)).strip().casefold()
