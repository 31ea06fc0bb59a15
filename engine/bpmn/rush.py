"""Timers that follow one another with neither a person nor time between them. A move alone comes to rest; what leads
from such a timer to the next is bounded here, over moves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from engine.bpmn.spiff import Token
from engine.bpmn.timers import moment_at
from engine.text import Text

if TYPE_CHECKING:
    from engine.bpmn.run import Run

MOST = 30
WITHIN = timedelta(minutes=1)
Rush: TypeAlias = list[Any]
"""When the first of a row of timers was due, and how many have come since."""
SPINNING = Text(
    f"حلّ {MOST} مؤقتاً متتالياً في أقل من دقيقة بلا شخص ولا وقت بينها: المسار يدور بلا توقف. صحّح المؤقت في المخطط.",
    f"{MOST} timers came one after another within a minute, with neither a person nor time between them: the flow goes "
    "round and round. Mend the timer in the diagram.",
)


def after(token: Token, wait: dict[str, Any]) -> Rush | None:
    """How long the row is once a timer has come; None where it waited long enough to begin anew. Told by when timers
    are due, so that times of a cycle that were missed while no worker ran are no rush."""
    due = moment_at(wait["due"])
    armed = moment_at(token.memo["since"])
    if due - armed >= WITHIN:
        return None
    begun, count = wait.get("rush", (wait["due"], 0))
    at_once = "every" not in wait and due <= armed
    if at_once or due - moment_at(begun) < WITHIN:
        return [begun, count + 1]
    return [wait["due"], 1]


def goes_on(run: Run, memo: dict[str, Any]) -> None:
    """A timer or call that begins to wait in a move that such a timer began stands in the same row."""
    if run.rush is not None:
        memo["rush"] = run.rush
    else:
        memo.pop("rush", None)


def is_too_long(rush: Rush | None) -> bool:
    """Whether this goes round and round."""
    return rush is not None and rush[1] > MOST
