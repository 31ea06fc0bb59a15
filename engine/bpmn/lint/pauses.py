"""Timers at which no time passes: they say none, or a fixed moment, which comes once and is past ever after."""

from datetime import UTC, datetime, timedelta

from engine.bpmn.lint.diagram import BPMN, Node, local
from engine.bpmn.times import Length, is_nothing, never_waits
from engine.feel import Env, FeelError, Value, YearsMonths, compile

DAYS = tuple(datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(day) for day in range(2))
"""Two moments, to see whether what a timer says depends on the clock."""


def never_pauses(node: Node) -> bool:
    """Whether it is a timer that is over as soon as a token comes to it, at the latest for the second time."""
    if node.event != "timer" or node.tag == "startEvent":
        return False
    said = next((child for child in node.definitions[0] if str(child.tag).startswith(f"{BPMN}time")), None)
    text = (said.text or "").strip() if said is not None else ""
    if said is None or local(said) == "timeCycle":
        return False
    if not text.startswith("="):
        return never_waits(local(said), text)
    try:
        program = compile(text[1:])
        found = [program({}, Env(now=now)) for now in DAYS]
    except FeelError:
        return False
    fixed = found[0] == found[1] and isinstance(found[0], datetime)
    return not program.names and (fixed or all(map(_is_over, found, DAYS)))


def _is_over(value: Value, now: datetime) -> bool:
    if isinstance(value, datetime):
        return value.tzinfo is not None and value <= now
    length: Length | None = value if isinstance(value, timedelta | YearsMonths) else None
    return length is not None and is_nothing(length)
