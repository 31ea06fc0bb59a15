"""When a timer is due, and when it is due again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from engine.bpmn import times
from engine.bpmn.problems import Fault
from engine.feel import Env, YearsMonths, compile
from engine.feel.codec import decode, encode
from engine.text import Text

_LATER = compile("start + limit")
Length = times.Length


def _not_a_time(value: Any) -> Fault:
    shown = str(value)[:80]
    return Fault(Text(f"ليست القيمة «{shown}» موعداً ولا مدة.", f"“{shown}” is neither a date nor a duration."))


def duration_of(value: Any) -> Length:
    """A duration from a value or ISO 8601 text; raises Fault."""
    found: Any = times.length_of(value) if isinstance(value, str) else value
    if not is_length(found):
        raise _not_a_time(value)
    length: Length = found
    return length


def is_length(value: Any) -> bool:
    """Whether a value is a duration, also one by the calendar and the clock."""
    return isinstance(value, timedelta | YearsMonths) or (
        isinstance(value, list) and bool(value) and all(isinstance(part, timedelta | YearsMonths) for part in value))


def moment_of(value: Any, env: Env, end_of_day: bool = False) -> datetime:
    """A moment with a zone from a value or ISO 8601 text; a bare date is its first (or last) minute. Raises Fault."""
    found = times.moment_of(value) if isinstance(value, str) else value
    if isinstance(found, date) and not isinstance(found, datetime):
        found = datetime.combine(found, time(23, 59) if end_of_day else time())
    if not isinstance(found, datetime):
        raise _not_a_time(value)
    if found.tzinfo is None:
        assert env.now is not None
        found = found.replace(tzinfo=env.zone or env.now.tzinfo)
    return found


def due_at(value: Any, env: Env, since: datetime, end_of_day: bool = False) -> datetime:
    """A moment, or a duration after `since`, from a value or text: either may stand for the other. Raises Fault."""
    length = times.length_of(value) if isinstance(value, str) else value
    return later(since, length) if is_length(length) else moment_of(value, env, end_of_day)


def stamp_of(moment: datetime) -> str:
    """A moment as the state document keeps it: in UTC."""
    return moment.astimezone(UTC).isoformat()


def moment_at(stamp: str) -> datetime:
    """The moment of a stamp."""
    return datetime.fromisoformat(stamp)


def later(start: datetime, limit: Any) -> datetime:
    """A duration after a moment; raises Fault where the calendar ends."""
    found: Any = start
    for part in limit if isinstance(limit, list) else [limit]:
        found = _LATER({"start": found, "limit": part}, Env())
    if not isinstance(found, datetime):
        raise _not_a_time(limit)
    return found


def first_due(form: str, value: Any, env: Env) -> dict[str, Any]:
    """The wait of a timer that begins now: when it is due, and for cycles how often (None: always) and every how
    long. A duration may stand where a date is asked and the other way round, as modellers do."""
    assert env.now is not None
    if form == "timeCycle":
        return _cycle(value, env)
    if form == "timeDuration" and isinstance(value, str):
        value = duration_of(value)
    return {"kind": "timer", "due": stamp_of(due_at(value, env, env.now))}


def _cycle(value: Any, env: Env) -> dict[str, Any]:
    assert env.now is not None
    if is_length(value):
        value = times.Cycle(None, None, value)
    cycle = times.cycle_of(value) if isinstance(value, str) else value
    if not isinstance(cycle, times.Cycle) or times.is_nothing(cycle.every):
        raise _not_a_time(value)
    start = moment_of(cycle.start, env) if cycle.start else later(env.now, cycle.every)
    due, left = _caught_up(start, cycle.times, cycle.every, env.now)
    return {"kind": "timer", "due": stamp_of(due), "every": _kept(cycle.every), "left": left}


def _kept(length: Length) -> Any:
    return [encode(part) for part in length] if isinstance(length, list) else encode(length)


def _caught_up(due: datetime, left: int | None, every: Length, now: datetime) -> tuple[datetime, int | None]:
    """A cycle that began before now: of the times that are past only the last is made up for."""
    passed = 0
    if isinstance(every, timedelta) and due < now:
        passed = (now - due) // every
        passed = passed if left is None else min(passed, left - 1)
        due += every * passed
    while not isinstance(every, timedelta) and passed != (left or 0) - 1 and (after := later(due, every)) <= now:
        due, passed = after, passed + 1
    return due, None if left is None else left - passed


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
