"""Events: each in a place where it can happen, with what it waits for fully said."""

import re
from datetime import datetime

RUNS = {
    "start": frozenset({""}),
    "event_start": frozenset({"timer", "message", "error", "signal", "escalation", "conditional"}),
    "boundaryEvent": frozenset({"timer", "message", "error", "signal", "escalation", "conditional"}),
    "intermediateCatchEvent": frozenset({"timer", "message", "signal", "conditional", "link"}),
    "intermediateThrowEvent": frozenset({"", "message", "signal", "escalation", "link"}),
    "endEvent": frozenset({"", "terminate", "error", "message", "signal", "escalation"}),
}
"""Which kinds of event the engine runs, by place."""
_DURATION = re.compile(
    r"P(?=.)(?:\d{1,6}Y)?(?:\d{1,6}M)?(?:\d{1,6}W)?(?:\d{1,6}D)?"
    r"(?:T(?=.)(?:\d{1,6}H)?(?:\d{1,6}M)?(?:\d{1,6}(?:\.\d{1,6})?S)?)?"
)
_CYCLE = re.compile(r"R\d{0,6}/(?P<rest>.+)")


def static_time(kind: str, text: str) -> bool:
    """Whether a static text is a date and time, a duration or a cycle in ISO 8601, as its kind demands."""
    if kind == "timeDate":
        try:
            return datetime.fromisoformat(text).tzinfo is not None
        except ValueError:
            return False
    if kind == "timeCycle":
        found = _CYCLE.fullmatch(text)
        return found is not None and is_duration(found["rest"].rpartition("/")[2])
    return is_duration(text)


def is_duration(text: str) -> bool:
    """Whether a text is a positive ISO 8601 duration."""
    return _DURATION.fullmatch(text) is not None
