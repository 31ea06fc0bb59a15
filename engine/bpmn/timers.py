"""When a timer is due, and when it is due again."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from engine.bpmn.problems import Fault
from engine.feel import Env, YearsMonths, compile
from engine.feel.codec import decode, encode
from engine.text import Text

_CYCLE = re.compile(r"R(\d{0,4})/(?:([^/]+)/)?([^/]+)")
_DURATION = compile("duration(text)")
_MOMENT = compile("date and time(text)")
_DATE = compile("date(text)")
_LATER = compile("start + limit")


def _not_a_time(value: Any) -> Fault:
    shown = str(value)[:80]
    return Fault(Text(f"ليست القيمة «{shown}» موعداً ولا مدة.", f"“{shown}” is neither a date nor a duration."))


def duration_of(value: Any, env: Env) -> timedelta | YearsMonths:
    """A duration from a value or ISO 8601 text; raises Fault."""
    found = _DURATION({"text": value}, env) if isinstance(value, str) else value
    if not isinstance(found, timedelta | YearsMonths):
        raise _not_a_time(value)
    return found


def moment_of(value: Any, env: Env, end_of_day: bool = False) -> datetime:
    """A moment with a zone from a value or ISO 8601 text; a bare date is its first (or last) minute. Raises Fault."""
    found = value
    if isinstance(value, str):
        found = _MOMENT({"text": value}, env) or _DATE({"text": value}, env)
    if isinstance(found, date) and not isinstance(found, datetime):
        found = datetime.combine(found, time(23, 59) if end_of_day else time())
    if not isinstance(found, datetime):
        raise _not_a_time(value)
    if found.tzinfo is None:
        assert env.now is not None
        found = found.replace(tzinfo=env.zone or env.now.tzinfo)
    return found


def stamp_of(moment: datetime) -> str:
    """A moment as the state document keeps it: in UTC."""
    return moment.astimezone(UTC).isoformat()


def moment_at(stamp: str) -> datetime:
    """The moment of a stamp."""
    return datetime.fromisoformat(stamp)


def later(start: datetime, limit: timedelta | YearsMonths) -> datetime:
    """A duration after a moment; raises Fault where the calendar ends."""
    found = _LATER({"start": start, "limit": limit}, Env())
    if not isinstance(found, datetime):
        raise _not_a_time(limit)
    return found


def first_due(form: str, value: Any, env: Env) -> dict[str, Any]:
    """The wait of a timer that begins now: when it is due, and for cycles how often (None: always) and every how
    long. A duration may stand where a date is asked and the other way round, as modellers do."""
    assert env.now is not None
    if form == "timeCycle":
        return _cycle(value, env)
    if isinstance(value, str):
        value = duration_of(value, env) if form == "timeDuration" else moment_of(value, env)
    due = later(env.now, value) if isinstance(value, timedelta | YearsMonths) else moment_of(value, env)
    return {"kind": "timer", "due": stamp_of(due)}


def _cycle(value: Any, env: Env) -> dict[str, Any]:
    assert env.now is not None
    if isinstance(value, timedelta | YearsMonths):
        return {"kind": "timer", "due": stamp_of(later(env.now, value)), "every": encode(value), "left": None}
    match = _CYCLE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _not_a_time(value)
    times, start, every = match.groups()
    interval = duration_of(every, env)
    due = moment_of(start, env) if start else later(env.now, interval)
    if times == "0" or later(due, interval) <= due:
        raise _not_a_time(value)
    return {"kind": "timer", "due": stamp_of(due), "every": encode(interval), "left": int(times) if times else None}


def next_wait(wait: dict[str, Any]) -> dict[str, Any] | None:
    """What to wait for after this has happened once: a cycle's next time is one interval after its last, however
    late it was seen; dates and durations happen once; messages, signals and errors may come again, and so may a
    condition, once it has ceased to hold."""
    if wait["kind"] != "timer":
        return dict(wait)
    left = wait.get("left", 1)
    if left == 1:
        return None
    due = later(moment_at(wait["due"]), decode(wait["every"]))
    return {**wait, "due": stamp_of(due), "left": None if left is None else left - 1}
