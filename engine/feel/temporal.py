"""Dates, times and durations: reading them from text and writing them as FEEL does."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from engine.feel.values import Value, YearsMonths

_DATE = r"(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)"
_TIME = r"(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+\-/]+)?"
_DATE_ONLY = re.compile(_DATE)
_TIME_ONLY = re.compile("T?" + _TIME)
_BOTH = re.compile(_DATE + "T" + _TIME)
_DURATION = re.compile(
    r"(-)?P(?:(\d{1,12})Y)?(?:(\d{1,12})M)?(?:(\d{1,12})D)?"
    r"(?:T(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,12})(\.\d*)?S)?)?", re.ASCII)
MICROSECOND = timedelta(microseconds=1)
ZERO = timedelta()


def date_of(text: str) -> date | None:
    """A date such as 2026-11-22; None for anything else, and for years outside 1 to 9999."""
    match = _DATE_ONLY.fullmatch(text)
    return _date(match.groups()) if match else None


def time_of(text: str) -> time | None:
    """A time such as 10:30:00, with an offset or an @zone if given."""
    match = _TIME_ONLY.fullmatch(text)
    return _time(match.groups()) if match else None


def date_time_of(text: str) -> datetime | None:
    """A date and time joined by T, or a date alone for its midnight."""
    match = _BOTH.fullmatch(text)
    if match is None:
        day = date_of(text)
        return datetime(day.year, day.month, day.day) if day else None
    day, clock = _date(match.groups()[:3]), _time(match.groups()[3:])
    return datetime.combine(day, clock) if day is not None and clock is not None else None


def _date(groups: tuple[str | None, ...]) -> date | None:
    try:
        return date(*(int(part or 0) for part in groups))
    except (ValueError, OverflowError):
        return None


def _time(groups: tuple[str | None, ...]) -> time | None:
    hour, minute, second, fraction, zone = groups
    micro = int(((fraction or ".0")[1:7]).ljust(6, "0"))
    try:
        return time(int(hour or 0), int(minute or 0), int(second or 0), micro, tzinfo=_zone(zone) if zone else None)
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> tzinfo:
    if text in ("Z", "z"):
        return UTC
    if text.startswith("@"):
        return named_zone(text[1:])
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    if hours > 18 or minutes > 59:
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return timezone(-offset if text[0] == "-" else offset)


def named_zone(name: str) -> tzinfo:
    """A zone of the time zone database; ValueError if there is none of that name."""
    found = _zone_of(name) if name in _zone_names() else None
    if found is None:
        raise ValueError(name)
    return found


@cache
def _zone_names() -> frozenset[str]:
    """All zones, listed once: to look for a file that is not there takes long, and names come from outside."""
    return frozenset(available_timezones())


@cache
def _zone_of(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return None


def duration_of(text: str) -> timedelta | YearsMonths | None:
    """A duration of years and months, or of days and times; a mixture of both is none."""
    match = _DURATION.fullmatch(text)
    if match is None or text.endswith(("P", "T")):
        return None
    sign = -1 if match[1] else 1
    years, months, days, hours, minutes, seconds = (match[i] for i in range(2, 8))
    if years or months:
        if days or hours or minutes or seconds:
            return None
        return YearsMonths(sign * (int(years or 0) * 12 + int(months or 0)))
    micro = int((match[8] or "")[1:7].ljust(6, "0"))
    try:
        return sign * timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0),
                                seconds=int(seconds or 0), microseconds=micro)
    except OverflowError:
        return None


def at_literal(text: str) -> Value:
    """What `@"…"` stands for: the first of date, date and time, time, duration that the text is."""
    for read in (date_of, date_time_of, time_of, duration_of):
        found = read(text)
        if found is not None:
            return found
    return None


def microseconds(duration: timedelta) -> int:
    """The length of a duration, exactly."""
    return duration // MICROSECOND


def seconds(duration: timedelta) -> Decimal:
    """The length of a duration in seconds, exactly."""
    return Decimal(microseconds(duration)) / 1_000_000


def zone_text(zone: tzinfo | None, moment: datetime | None = None) -> str:
    """A zone as FEEL writes it after a time: nothing, Z, an offset or @name."""
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo) and zone.key:
        return "@" + zone.key
    offset = zone.utcoffset(moment)
    if not offset:
        return "Z" if offset == ZERO else ""
    sign, size = ("-", -offset) if offset < ZERO else ("+", offset)
    minutes, rest = divmod(int(size.total_seconds()), 60)
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}" + (f":{rest:02d}" if rest else "")


def time_text(value: time | datetime) -> str:
    """A time of day, with its zone."""
    fraction = f".{value.microsecond:06d}".rstrip("0") if value.microsecond else ""
    moment = value if isinstance(value, datetime) else None
    return f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}{fraction}{zone_text(value.tzinfo, moment)}"


def duration_text(value: timedelta | YearsMonths) -> str:
    """A duration as ISO 8601 writes it, in its shortest form."""
    if isinstance(value, YearsMonths):
        years, months = divmod(abs(value.months), 12)
        body = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return ("-" if value.months < 0 else "") + "P" + (body or "0M")
    size = abs(value)
    minutes, second = divmod(size.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{size.microseconds:06d}".rstrip("0") if size.microseconds else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    clock += f"{second}{fraction}S" if second or fraction else ""
    body = (f"{size.days}D" if size.days else "") + (f"T{clock}" if clock else "")
    return ("-" if value < ZERO else "") + "P" + (body or "T0S")


def temporal_text(value: Value) -> str | None:
    """The FEEL text of a date, time or duration; None for other values."""
    if isinstance(value, datetime):
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}T{time_text(value)}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, timedelta | YearsMonths):
        return duration_text(value)
    return None
