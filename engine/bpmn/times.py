"""Times that stand in a diagram as text, read as ISO 8601 says. What is read here runs, and nothing else is accepted
before publishing: both ask these functions."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeAlias

from engine.feel import YearsMonths
from engine.feel.temporal import date_of, date_time_of

Length: TypeAlias = timedelta | YearsMonths | list[YearsMonths | timedelta]
"""A duration; one of both years or months and days or hours is gone through in that order, by the calendar."""
LONGEST = 200
"""Years; nobody waits longer, and the calendar ends."""
LENGTH = re.compile(
    r"P(?=\S)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?"
    r"(?:T(?=\S)(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,10})(?:[.,](\d{1,6}))?S)?)?", re.ASCII)
CYCLE = re.compile(r"R(\d{0,6})/(?:(.+)/)?([^/]+)", re.ASCII)
MOMENT = re.compile(r"\d{4}-?[\dW][\d-]*T[\d:]+(?:[.,]\d{1,6})?(?:Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)


class Cycle(NamedTuple):
    """How often (None: always), from when (None: one interval from now), and every how long."""

    times: int | None
    start: datetime | None
    every: Length


def length_of(text: str) -> Length | None:
    """A duration that is not negative, such as P2W or P1Y2M3DT4H; None for anything else, and for more than
    LONGEST years."""
    match = LENGTH.fullmatch(text)
    if match is None:
        return None
    years, months, weeks, days, hours, minutes, seconds = (int(match[at] or 0) for at in range(1, 8))
    rest = timedelta(days=weeks * 7 + days, hours=hours, minutes=minutes, seconds=seconds,
                     microseconds=int((match[8] or "").ljust(6, "0")))
    apart = YearsMonths(years * 12 + months)
    if apart.months / 12 + rest.days / 365 > LONGEST:
        return None
    if apart.months and rest:
        return [apart, rest]
    return rest if rest or not (match[1] or match[2]) else apart


def moment_of(text: str) -> datetime | date | None:
    """A date and time, also without dashes and colons, by weeks, or with an @zone; or a date alone."""
    day = date_of(text)
    if day is not None:
        return day
    found = date_time_of(text)
    if found is None and MOMENT.fullmatch(text):
        try:
            found = datetime.fromisoformat(text.replace(",", "."))
        except ValueError:
            return None
    return found


def cycle_of(text: str) -> Cycle | None:
    """A repetition such as R3/P1D, or R/2026-01-05T09:00:00Z/P1W from a moment on. None for anything else, also for
    one that would never come (R0), or come without pause."""
    match = CYCLE.fullmatch(text)
    if match is None:
        return None
    every, start = length_of(match[3]), moment_of(match[2]) if match[2] else None
    wrong_start = match[2] is not None and not isinstance(start, datetime)
    times = int(match[1]) if match[1] else None
    if every is None or is_nothing(every) or wrong_start or times == 0:
        return None
    return Cycle(times, start if isinstance(start, datetime) else None, every)


def is_nothing(length: Length) -> bool:
    """Whether a duration is over as soon as it begins, or before."""
    if isinstance(length, list):
        return all(is_nothing(part) for part in length)
    return length.months <= 0 if isinstance(length, YearsMonths) else length <= timedelta()


def is_readable(form: str, text: str) -> bool:
    """Whether a text is what a timer of that form says in a diagram. A moment must name its zone there."""
    if form == "timeDuration":
        return length_of(text) is not None
    if form == "timeCycle":
        cycle = cycle_of(text)
        return cycle is not None and (cycle.start is None or cycle.start.tzinfo is not None)
    found = moment_of(text)
    return isinstance(found, datetime) and found.tzinfo is not None


def never_waits(form: str, text: str) -> bool:
    """Whether a timer of that form is over as soon as a token comes to it for the second time: it says no time, or a
    fixed moment, which passes once."""
    if form == "timeDuration":
        length = length_of(text)
        return length is not None and is_nothing(length)
    return form == "timeDate" and is_readable(form, text)
