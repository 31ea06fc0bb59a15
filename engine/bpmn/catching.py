"""Who hears what is thrown inside a case: of errors and escalations the nearest outside, of signals all who wait.

What throws while it handles does not call itself: its own throw goes past the event that began it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.events import Attached, EventStart
from engine.bpmn.nodes import is_waiting
from engine.bpmn.spiff import Token

if TYPE_CHECKING:
    from engine.bpmn.flow import Flow
    from engine.bpmn.run import Run


def nearest(flow: Flow | None, host: Token | None, code: str | None, kind: str = "error") -> Token | None:
    """The nearest event that catches an error (or escalation): on the border of `host`, then an event sub-process of
    `flow`, then on the border of what runs the flow, and so on outwards. A named code is preferred."""
    while flow is not None:
        waiting = [token for token in flow.tokens() if _catches(token, kind, code)]
        if host is not None:
            border = host.memo.get("body", host.id)
            near = [token for token in waiting if token.memo.get("host") == border]
            if near:
                return _best(near)
        starts = [token for token in waiting if isinstance(token.task_spec, EventStart) and not begins(token, host)]
        if starts:
            return _best(starts)
        host = flow.host
        flow = host.workflow if host is not None else None
    return None


def begins(token: Token, host: Token | None) -> bool:
    """Whether the event that a token waits for is what begins this event sub-process."""
    return host is not None and token.task_spec.element.parent == host.task_spec.element.id


def hearing(run: Run, name: str, thrower: Token | None = None) -> list[int]:
    """The tokens that wait for a signal now: first those that interrupt nothing, so that they hear it too where
    another takes their activity away; then the others. Of each the oldest first. Left out is what handles the signal
    where it is thrown."""
    around = list[Token]()
    at = thrower.workflow.host if thrower is not None else None
    while at is not None:
        around.append(at)
        at = at.workflow.host
    found = [
        token for token in run.tokens()
        if is_for_signal(token, name)
        and not any(token.workflow is host.workflow and begins(token, host) for host in around)
    ]
    return [token.id for token in sorted(found, key=interrupts)]


def interrupts(token: Token) -> bool:
    """Whether an event that happens ends what goes on there; a step of the flow counts as such."""
    node = token.task_spec
    return not isinstance(node, Attached) or node.interrupting


def is_for_signal(token: Token, name: str) -> bool:
    """Whether a token waits for the signal of that name."""
    wait = token.memo.get("wait") or {}
    return wait.get("kind") == "signal" and wait.get("name") == name and is_waiting(token)


def _catches(token: Token, kind: str, code: str | None) -> bool:
    wait = token.memo.get("wait") or {}
    return wait.get("kind") == kind and wait.get("code") in (None, code)


def _best(tokens: list[Token]) -> Token:
    return next((token for token in tokens if token.memo["wait"]["code"] is not None), tokens[0])
