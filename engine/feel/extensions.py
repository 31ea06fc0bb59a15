"""Our own functions, beyond the standard: working days and office hours, Hijri dates, and Arabic names in the form in
which they are compared. docs/feel.md tells each."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from hijridate import Gregorian, Hijri

from engine.feel.arithmetic import add, add_months
from engine.feel.builtins.registry import builtin
from engine.feel.env import Calendar, Env
from engine.feel.limits import Run
from engine.feel.values import Value, YearsMonths

MAX_DAYS = 4_000
"""Longest count of working days, about eleven years; longer ones are null."""
MOST_OFFICE_DAYS = 400
"""Days through which office hours are looked for; a calendar that is never open gives null."""
MOST_DAYS_OFF = 60
"""Days off in a row through which the last working day is looked for."""
DAY = 4
"""Steps that a working day costs."""
_LETTERS = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ـ": None,
})
_HIJRI = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GAPS = re.compile(r"[\s\u200c-\u200f\-_.]+")


@builtin("due", "start: date", "limit: any", "basis: any", run=True)
def due(run: Run, start: date, limit: Value, basis: Value = None) -> Value:
    """When something that began at `start` is due. On the basis "working" whole days are working days of the
    calendar, while hours stay hours of the clock; on the basis "office" hours count while the office is open; on the
    basis "forward" days count around the clock and an end on a day off is brought forward; any other basis runs around
    the clock, which is never later."""
    if not isinstance(limit, timedelta | YearsMonths):
        return None
    if basis == "office" and isinstance(start, datetime) and isinstance(limit, timedelta):
        return _office_hours_later(run, start, limit)
    if basis == "forward":
        return _brought_forward(run, start, add(start, limit))
    if basis not in ("working", "office"):
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


def _brought_forward(run: Run, start: date, end: Value) -> Value:
    """The same time on the last working day up to `end`; `end` itself where no working day lies between it and the day
    of `start`: what begins before a holiday and is due within it stays due within it."""
    if not isinstance(end, date):
        return end
    calendar = run.env.calendar
    first, last = (_day(run.env.local(one) if isinstance(one, datetime) else one) for one in (start, end))
    back = 0
    while back < MOST_DAYS_OFF and not calendar.is_working(last - timedelta(days=back)):
        back += 1
    run.spend(DAY * back)
    return end - timedelta(days=back) if last - timedelta(days=back) > first else end


def _office_hours_later(run: Run, start: datetime, limit: timedelta) -> Value:
    """Whole days are working days; then the rest runs down while the office is open."""
    calendar, local = run.env.calendar, run.env.local(start)
    if not 0 <= limit.days <= MAX_DAYS:
        return None
    run.spend(DAY * (limit.days + MOST_OFFICE_DAYS))
    moment, left = _working_days_later(calendar, local, limit.days), limit - timedelta(days=limit.days)
    assert isinstance(moment, datetime)
    for _ in range(MOST_OFFICE_DAYS):
        opens, closes = _open_on(run.env, moment)
        if calendar.is_working(moment.date()) and moment < closes:
            moment = max(moment, opens)
            if left <= closes - moment:
                return moment + left
            left -= closes - moment
        moment = datetime.combine(moment.date() + timedelta(days=1), time(), moment.tzinfo)
    return None


def _open_on(env: Env, moment: datetime) -> tuple[datetime, datetime]:
    """When the office opens and closes on the day of a moment."""
    day, hours = moment.date(), env.calendar.hours_of(moment.date())
    if hours is None:
        return (datetime.combine(day, time(), moment.tzinfo),
                datetime.combine(day + timedelta(days=1), time(), moment.tzinfo))
    return (datetime.combine(day, hours.begins, moment.tzinfo), datetime.combine(day, hours.ends, moment.tzinfo))


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


@builtin("hijri date", "from: date", run=True)
def hijri_date(run: Run, start: date) -> Value:
    """The day by the calendar of Umm al-Qura, from 1343 to 1500: year, month, day, and the text that forms keep. Where
    the month is declared by sighting the moon, a day may differ."""
    day = _day(run.env.local(start) if isinstance(start, datetime) else start)
    try:
        found = Gregorian(day.year, day.month, day.day).to_hijri()
    except (OverflowError, ValueError):
        return None
    return {"year": found.year, "month": found.month, "day": found.day, "text": found.isoformat()}


@builtin("gregorian date", "from: string")
def gregorian_date(text: str) -> Value:
    """The day that a Hijri date such as "1448-06-12" means by the same calendar; null where there is no such day."""
    parts = _HIJRI.fullmatch(text)
    if parts is None:
        return None
    try:
        found = Hijri(*(int(part) for part in parts.groups())).to_gregorian()
    except (OverflowError, ValueError):
        return None
    return date(found.year, found.month, found.day)


@builtin("normalise name", "name: string", run=True)
def normalise_name(run: Run, name: str) -> Value:
    """A name in the form in which names are compared: no vowel signs, one shape of alef, ya and ta, single spaces."""
    run.spend(2 * len(name))
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).translate(_LETTERS))
    bare = "".join(character for character in bare if not unicodedata.combining(character))
    western = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in bare)
    return _GAPS.sub(" ", western.translate(_LETTERS)).strip().casefold()
