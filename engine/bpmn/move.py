"""The one way a case moves: state and command in, outcome out. Pure: no clock, no chance, no input or output."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine.bpmn import catching, rush
from engine.bpmn.activities import Activity, Job
from engine.bpmn.bundle import Bundle
from engine.bpmn.closed import is_closed
from engine.bpmn.commands import (
    Amend,
    Cancel,
    Command,
    Complete,
    Extend,
    FailCall,
    FinishCall,
    Fire,
    Reopen,
    Retry,
    Signal,
    Start,
    Stumble,
)
from engine.bpmn.events import Catch
from engine.bpmn.flow import is_open_item
from engine.bpmn.nodes import is_waiting
from engine.bpmn.outcome import STUMBLED, Log, Outcome
from engine.bpmn.problems import BpmnError, Fault, NotOpen
from engine.bpmn.run import Run
from engine.bpmn.schedule import Reader, outcome_of, work_item
from engine.bpmn.scopes import ROOT
from engine.bpmn.snapshot import dump, load
from engine.bpmn.spiff import READY, STARTED, WAITING, Token
from engine.bpmn.timers import moment_at, stamp_of
from engine.errors import Invalid
from engine.text import Text

FIRED_FROM_OUTSIDE = frozenset({"timer", "message", "signal"})
"""Kinds of wait that somebody outside knows to be over; errors, escalations and conditions are the case's own."""


def move(bundle: Bundle, state: bytes | None, command: Command, now: datetime) -> Outcome:
    """What a case becomes by a command at a moment (with zone). `state` is None before Start.

    Raises NotOpen when the command's target is not open, Runaway when the flow does not come to rest, BpmnError when
    the state does not fit the bundle, Invalid when a value cannot be stored. Whatever is raised, nothing has happened.
    """
    try:
        run = begun(bundle, state, command, now)
    except Fault as fault:  # a value from outside that cannot be stored
        raise Invalid(fault.text) from fault
    run.settle()
    return outcome_of(run, dump(run))


def begun(bundle: Bundle, state: bytes | None, command: Command, now: datetime) -> Run:
    """The case with the command done, before its tokens go on."""
    if isinstance(command, Start):
        return start(bundle, state, command, now)
    if state is None:
        raise NotOpen
    run = load(bundle, state, now)
    if isinstance(command, Reopen):
        return reopened(bundle, run, command, now)
    if run.finished and not tells(run, command):
        raise NotOpen(Text("انتهى هذا الملف.", "This case has ended."))
    act(run, command)
    return run


def tells(run: Run, command: Command) -> bool:
    """Whether a command is about what other cases are still to be told: that outlives the case's end."""
    match command:
        case FinishCall(call=id) | FailCall(call=id) | Retry(incident=id):
            return id in run.outbox
    return False


def start(bundle: Bundle, state: bytes | None, command: Start, now: datetime) -> Run:
    """Begin a process."""
    if state is not None:
        raise NotOpen(Text("بدأ هذا الملف من قبل.", "This case has begun already."))
    return first_step(Run(bundle, now, known(bundle, command.process)), command)


def reopened(bundle: Bundle, ended: Run, command: Reopen, now: datetime) -> Run:
    """Begin a process anew where a case has ended or is closed: what was still done for the closed case is over. What
    other cases are still to be told stays to be told."""
    if not is_closed(ended):
        raise NotOpen(Text("هذا الملف مفتوح.", "This case is open."))
    run = Run(bundle, now, known(bundle, command.process), ended.counter)
    run.outbox = ended.outbox
    return first_step(run, command)


def first_step(run: Run, command: Start | Reopen) -> Run:
    """The case at the start of its process."""
    run.scopes[ROOT].values.update(command.variables)
    run.begin()
    return run


def known(bundle: Bundle, process: str) -> str:
    """The id of a process that these definitions have; raises BpmnError."""
    if process not in bundle.processes:
        raise BpmnError(Text(f"لا يوجد إجراء «{process}».", f"There is no process “{process}”."), process)
    return process


def act(run: Run, command: Command) -> None:
    """Do what a command says, up to the first step."""
    acting = _ACTING.get(type(command))
    if acting is None:
        raise NotOpen(Text("بدأ هذا الملف من قبل.", "This case has begun already."))
    acting(run, command)


def hear(run: Run, command: Signal) -> None:
    """Another case has thrown a signal."""
    ears = catching.hearing(run, command.name)
    if not ears:
        raise NotOpen
    run.allow(len(ears))
    run.signal(command.name, command.variables, ears)


def amend(run: Run, command: Amend) -> None:
    """Variables of the case are set from outside."""
    root = run.scopes[ROOT].values
    before = {name: value for name in command.variables if (value := root.json.get(name)) is not None}
    root.update(command.variables)
    if not command.copies:
        return
    for scope in run.scopes.all.values():
        for name, value in before.items():
            if scope.values.json.get(name) == value:
                scope.values.hand_on(name, root.json[name])


def extend(run: Run, command: Extend) -> None:
    """More time for a work item. Raises NotOpen where it is not open, or has no due date."""
    token = open_token(run, command.item, READY)
    token.memo.pop("extended", None)
    due = work_item(Reader(run, token)).due if is_open_item(token) else None
    if due is None:
        raise NotOpen(Text("لا موعد لهذه المهمة.", "This work item has no due date."))
    token.memo["extended"] = [stamp_of(due), stamp_of(command.due)]


def open_token(run: Run, id: int, state: int) -> Token:
    """The token of an id if it is in a state and not parked; raises NotOpen."""
    token = run.token(id)
    if token is None or not token.has_state(state) or "incident" in token.memo:
        raise NotOpen()
    return token


def complete(run: Run, command: Complete) -> None:
    """A work item is done."""
    token = open_token(run, command.item, READY)
    node = token.task_spec
    if not is_open_item(token) or not isinstance(node, Activity):
        raise NotOpen()
    token.memo.pop(STUMBLED, None)
    node.receive(token, {node.element.id: dict(command.answers)})
    run.queue.append(token)


def fire(run: Run, command: Fire) -> None:
    """A timer is due, a message has come."""
    token = open_token(run, command.wait, WAITING)
    wait = token.memo.get("wait")
    if not isinstance(token.task_spec, Catch) or wait is None or wait["kind"] not in FIRED_FROM_OUTSIDE:
        raise NotOpen()
    if wait["kind"] == "timer" and moment_at(wait["due"]) > run.now:
        raise NotOpen(Text("لم يحن موعد هذا المؤقت.", "This timer is not due yet."))
    if wait["kind"] == "timer":
        run.rush = rush.after(token, wait)
        if rush.is_too_long(run.rush):
            run.park(token, rush.SPINNING)
            return
    token.memo.pop(STUMBLED, None)
    run.fire(token, command.variables or {})


def open_call(run: Run, id: int) -> Token:
    """The token of a call that waits for its answer; raises NotOpen."""
    token = open_token(run, id, STARTED)
    if not isinstance(token.task_spec, Job):
        raise NotOpen()
    return token


def finish_call(run: Run, command: FinishCall) -> None:
    """A call has been answered."""
    if command.call in run.outbox:
        del run.outbox[command.call]
        return
    token = open_call(run, command.call)
    assert isinstance(token.task_spec, Job)
    run.rush = token.memo.get("rush")
    token.task_spec.receive(token, command.variables)
    token.memo["answered"] = True
    token.ready()


def fail_call(run: Run, command: FailCall) -> None:
    """A call has failed: the error is thrown, or the call stops as an incident."""
    if command.call in run.outbox:
        run.outbox[command.call]["incident"] = [command.words.ar, command.words.en]
        return
    if is_armed(run.token(command.call)):  # a timer after which the case cannot go on
        run.park(open_token(run, command.call, WAITING), command.words)
        return
    token = open_call(run, command.call)
    catcher = None
    if command.code is not None:
        catcher = catching.nearest(token.workflow, token, command.code)
    if catcher is None:
        run.park(token, command.words)
        return
    run.note("thrown", token, {"code": command.code, "text": command.text})
    run.fire(catcher, {})


def stumble(run: Run, command: Stumble) -> None:
    """A work item or message after which the case would not come to rest: told, and left open. Raises NotOpen where
    neither is open, or it is told already."""
    token = run.token(command.at)
    heard = is_armed(token) and token is not None and token.memo["wait"]["kind"] in ("message", "signal")
    if token is None or not (is_open_item(token) or (heard and is_waiting(token))) or STUMBLED in token.memo:
        raise NotOpen()
    token.memo[STUMBLED] = [command.text_ar, command.text_en]
    run.note("incident", token, {"text_ar": command.text_ar, "text_en": command.text_en})


def is_armed(token: Token | None) -> bool:
    """Whether a token waits for an event."""
    return token is not None and isinstance(token.task_spec, Catch) and "wait" in token.memo


def retry(run: Run, command: Retry) -> None:
    """Go on where an incident stopped."""
    if run.outbox.get(command.incident, {}).pop("incident", None) is not None:
        return
    token = run.token(command.incident)
    if token is not None and token.memo.pop(STUMBLED, None) is not None and "incident" not in token.memo:
        return
    if token is None or "incident" not in token.memo:
        raise NotOpen()
    del token.memo["incident"]
    token.memo.get("wait", {}).pop("rush", None)
    if token.has_state(WAITING):
        token.arrive()
    elif token.has_state(READY):
        run.queue.append(token)


def cancel(run: Run, command: Cancel) -> None:
    """End everything."""
    top = run.flows[0]
    for token in top.tokens():
        top.withdraw(token)
    del run.flows[0]
    run.log.append(Log("cancelled", run.process, run.process, 0, {"reason": command.reason}))


_ACTING: Mapping[type, Callable[[Run, Any], None]] = {
    Complete: complete, Fire: fire, Signal: hear, FinishCall: finish_call, FailCall: fail_call, Retry: retry,
    Stumble: stumble,
    Amend: amend, Extend: extend, Cancel: cancel,
}
