"""Functions on dates, times and durations."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from engine.feel.builtins.registry import builtin
from engine.feel.decimals import whole
from engine.feel.limits import Run
from engine.feel.temporal import date_of, date_time_of, duration_of, named_zone, time_of
from engine.feel.values import Value, YearsMonths

PARSE = 15
"""Steps of reading a date or time, and of reckoning with one."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")


@builtin("date", "from: string|date", cost=PARSE)
def date_from(value: Value) -> Value:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date_of(value)


@builtin("date", "year: number", "month: number", "day: number", cost=PARSE)
def date_from_parts(year: Value, month: Value, day: Value) -> Value:
    return date(whole(year), whole(month), whole(day))


@builtin("date and time", "from: string|date", cost=PARSE)
def date_and_time_from(value: Value) -> Value:
    if isinstance(value, str):
        return date_time_of(value)
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)


@builtin("date and time", "date: date", "time: time", cost=PARSE)
def date_and_time(day: date, clock: time) -> Value:
    return datetime.combine(day.date() if isinstance(day, datetime) else day, clock)


@builtin("time", "from: string|time|date", cost=PARSE)
def time_from(value: Value) -> Value:
    if isinstance(value, datetime):
        return value.timetz()
    if isinstance(value, date):
        return time(tzinfo=UTC)
    return value if isinstance(value, time) else time_of(value)


@builtin("time", "hour: number", "minute: number", "second: number", "offset: duration~", cost=PARSE)
def time_from_parts(hour: Value, minute: Value, second: Value, offset: Value = None) -> Value:
    full = whole(second)
    micro = int((second - full) * 1_000_000)
    if isinstance(offset, YearsMonths):
        return None
    return time(whole(hour), whole(minute), full, micro, tzinfo=_fixed(offset))


def _fixed(offset: timedelta | None) -> tzinfo | None:
    if offset is None:
        return None
    return timezone(offset) if offset else UTC


@builtin("date and time", "year: number", "month: number", "day: number", "hour: number", "minute: number",
         "second: number", "offset: duration~", cost=PARSE)
def date_and_time_from_parts(
    year: Value, month: Value, day: Value, hour: Value, minute: Value, second: Value, offset: Value = None
) -> Value:
    return datetime.combine(date_from_parts(year, month, day), time_from_parts(hour, minute, second, offset))


@builtin("date and time", "date: date", "timezone: string", cost=PARSE)
def date_and_time_in_zone(moment: date, zone: str) -> Value:
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return None
    return moment.astimezone(named_zone(zone))


@builtin("duration", "from: string|duration", cost=PARSE)
def duration(value: Value) -> Value:
    return duration_of(value) if isinstance(value, str) else value


@builtin("years and months duration", "from: date", "to: date", cost=PARSE)
def years_and_months_duration(start: date, stop: date) -> Value:
    months = (stop.year - start.year) * 12 + stop.month - start.month
    if months > 0 and _part(stop) < _part(start):
        months -= 1
    elif months < 0 and _part(stop) > _part(start):
        months += 1
    return YearsMonths(months)


def _part(moment: date) -> tuple[int, time]:
    """How far into its month a moment lies."""
    return moment.day, moment.time() if isinstance(moment, datetime) else time()


@builtin("day of week", "date: date")
def day_of_week(day: date) -> Value:
    return _WEEKDAYS[day.weekday()]


@builtin("month of year", "date: date")
def month_of_year(day: date) -> Value:
    return _MONTHS[day.month - 1]


@builtin("day of year", "date: date", cost=PARSE)
def day_of_year(day: date) -> Value:
    return day.timetuple().tm_yday


@builtin("week of year", "date: date", cost=PARSE)
def week_of_year(day: date) -> Value:
    return day.isocalendar().week


@builtin("now", run=True, cost=PARSE)
def now(run: Run) -> Value:
    moment = run.env.now
    return None if moment is None else run.env.local(moment)


@builtin("today", run=True, cost=PARSE)
def today(run: Run) -> Value:
    moment = run.env.now
    return None if moment is None else run.env.local(moment).date()
