"""Whether a case is closed: it has ended, or nothing is under way but what is done for a closed case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.events import EventStart
from engine.bpmn.flow import is_running
from engine.bpmn.spiff import Token

if TYPE_CHECKING:
    from engine.bpmn.run import Run

WHILE_CLOSED = "while_closed"
"""The property of activities that leave a case closed while they run, such as the checks after its closure."""


def is_closed(run: Run) -> bool:
    """Whether every token waits for what may strike, or stands on, in or on the border of such an activity. What runs a
    flow of its own is judged by what goes on in there."""
    tokens = (token for flow in run.flows.values() for token in flow.tokens())
    return all(token.id in run.flows or _is_dormant(token) or _is_for_closed(run, token) for token in tokens)


def _is_dormant(token: Token) -> bool:
    return isinstance(token.task_spec, EventStart) and not is_running(token)


def _is_for_closed(run: Run, token: Token) -> bool:
    found: Token | None = token
    while found is not None:
        if WHILE_CLOSED in found.task_spec.traits.properties:
            return True
        border = run.token(found.memo["host"]) if "host" in found.memo else None
        found = border or found.workflow.host
    return False
