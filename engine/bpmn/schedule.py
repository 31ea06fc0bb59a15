"""What is open after a move, with everything that follows from the variables of now: due dates, groups, properties.

These are computed anew at the end of every move, with `now()` as the moment when the item opened: a risk that has
been scored again moves the due dates of all open items by itself, and the same commands always give the same dates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from engine.bpmn.activities import Job
from engine.bpmn.closed import WHILE_CLOSED, is_closed
from engine.bpmn.dialect import DEFAULT_RETRIES
from engine.bpmn.events import Catch, EventStart
from engine.bpmn.expressions import Expression
from engine.bpmn.flow import is_open_item
from engine.bpmn.outcome import STUMBLED, Call, Incident, Outcome, Wait, WorkItem
from engine.bpmn.problems import Fault
from engine.bpmn.run import BROADCAST, Run
from engine.bpmn.scopes import ROOT
from engine.bpmn.spiff import STARTED, Token
from engine.bpmn.timers import due_at, moment_at, stamp_of
from engine.bpmn.values import Values
from engine.feel import Env
from engine.text import Text

NORMAL_PRIORITY = 50
KEPT = ("due", "follow_up", "assignee")
"""What of open work may stay as it was under an older version."""


class Reader:
    """Evaluates what an open token says of itself. What fails is told in `faults` and left out."""

    def __init__(self, run: Run, token: Token) -> None:
        self.run, self.token, self.faults = run, token, list[Text]()
        node = token.task_spec
        self.scope = node.seen_from(token) if isinstance(node, Catch) else token.id
        self.since = run.opened_at(token)

    @cached_property
    def env(self) -> Env:
        """The clock of when it opened."""
        return replace(self.run.env, now=self.since)

    def read(self, expression: Expression | None, convert: Callable[[Any], Any] | None = None) -> Any:
        """The value, converted; None where it is not said, null, or fails."""
        if expression is None:
            return None
        try:
            value = expression.text
            if expression.program is not None:
                seen = self.run.scopes.seen(self.scope, self.run.surroundings(self.token, expression))
                value = expression.value(seen, self.env)
            return value if convert is None or value is None else convert(value)
        except Fault as fault:
            self.faults.append(fault.text)
            return None

    def moment(self, value: Any, end_of_day: bool = False) -> datetime:
        """A moment; a duration counts from when the item opened."""
        return due_at(value, self.env, self.since, end_of_day)

    def properties(self) -> dict[str, Any]:
        """The properties of the element, those with "=" evaluated."""
        return {name: self.read(text) for name, text in self.token.task_spec.traits.properties.items()}


def names_of(value: Any) -> tuple[str, ...]:
    """Names in a list, or in a text between commas. Raises Fault for anything else."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise Fault(Text("لا تُفهم أسماء المجموعات.", "The names of the groups cannot be understood."))
    return tuple(name for name in (part.strip() for part in parts) if name)


def name_of(value: Any) -> str:
    """One name. Raises Fault for anything but text."""
    if not isinstance(value, str):
        raise Fault(Text("لا يُفهم اسم المكلَّف.", "The name of the assignee cannot be understood."))
    return value


def priority_of(value: Any) -> int:
    """A priority between 0 and 100. Raises Fault."""
    text = str(value).strip()
    if isinstance(value, bool | date) or not text.isdecimal() or not 0 <= Decimal(text) <= 100:
        raise Fault(Text("الأولوية ليست رقماً بين 0 و100.", "The priority is not a number from 0 to 100."))
    return int(text)


def outcome_of(run: Run, state: bytes) -> Outcome:
    """Everything that is open, and what the move wrote down."""
    items, waits, calls, incidents = list[WorkItem](), list[Wait](), list[Call](), list[Incident]()
    for token in run.tokens():
        element = token.task_spec.element
        stopped = token.memo.get("incident")
        reader = Reader(run, token) if "since" in token.memo else None
        if stopped is not None:
            incidents.append(Incident(token.id, element.process, element.id, Text(*stopped)))
        elif reader is not None and is_open_item(token):
            items.append(work_item(reader))
        elif reader is not None and token.memo.get("wait", {}).get("kind") in ("timer", "message", "signal"):
            waits.append(wait(reader))
        elif isinstance(token.task_spec, Job) and token.has_state(STARTED):
            calls.append(call(run, token))
        stumbled = token.memo.get(STUMBLED) if stopped is None else None
        if stumbled is not None:
            incidents.append(Incident(token.id, element.process, element.id, Text(*stumbled)))
        elif reader is not None and reader.faults and stopped is None:
            incidents.append(Incident(token.id, element.process, element.id, reader.faults[0]))
    tellings = [telling(run, id) for id in sorted(run.outbox)]
    calls.extend(one for one in tellings if isinstance(one, Call))
    incidents.extend(one for one in tellings if isinstance(one, Incident))
    incidents.extend(stalled(run) or ([] if items or waits or calls or incidents else stuck(run)))
    closed = is_closed(run)
    heard = [withheld(one) for one in waits] if closed else waits
    return Outcome(state, tuple(items), tuple(heard), tuple(calls), tuple(incidents), tuple(run.log),
                   run.scopes[ROOT].values, run.finished, closed)


def withheld(wait: Wait) -> Wait:
    """What a closed case waits for is offered to nobody, unless its event says that it is (the alarm)."""
    if WHILE_CLOSED in wait.properties:
        return wait
    return replace(wait, properties={name: said for name, said in wait.properties.items() if name != "offer_to"})


def work_item(reader: Reader) -> WorkItem:
    """An open work item."""
    token, traits = reader.token, reader.token.task_spec.traits
    element = token.task_spec.element
    priority = reader.read(traits.priority, priority_of)
    item = WorkItem(
        token.id, element.process, element.id, reader.read(traits.groups, names_of) or (),
        reader.read(traits.assignee, name_of), traits.form,
        reader.read(traits.due, lambda value: reader.moment(value, end_of_day=True)),
        reader.read(traits.follow_up, reader.moment), NORMAL_PRIORITY if priority is None else priority,
        reader.since, reader.properties(), reader.read(traits.users, names_of) or ())
    item = as_it_stood(item, token.memo["kept"]) if "kept" in token.memo else item
    return with_more_time(item, token.memo["extended"]) if "extended" in token.memo else item


def with_more_time(item: WorkItem, extended: list[str]) -> WorkItem:
    """Due later, as long as what was extended stands: a risk scored anew sets another due date, and that holds."""
    before, later = map(moment_at, extended)
    return replace(item, due=later) if item.due == before else item


def as_it_stood(item: WorkItem, kept: Mapping[str, list[str | None]]) -> WorkItem:
    """With what was kept when the case was moved to another version, as long as that computes what it did then."""
    changes: dict[str, Any] = {
        name: before if name == "assignee" or before is None else moment_at(before)
        for name, (before, instead) in kept.items() if plain(getattr(item, name)) == instead
    }
    return replace(item, **changes)


def plain(value: Any) -> str | None:
    """A moment or name as a state document keeps it."""
    return stamp_of(value) if isinstance(value, datetime) else value


def wait(reader: Reader) -> Wait:
    """A timer or message that is waited for."""
    token = reader.token
    element, said = token.task_spec.element, token.memo["wait"]
    due = moment_at(said["due"]) if "due" in said else None
    return Wait(token.id, element.process, element.id, said["kind"], due, said.get("name"), said.get("key"),
                reader.since, reader.properties())


def call(run: Run, token: Token) -> Call:
    """A job that waits for its answer."""
    element, job = token.task_spec.element, token.task_spec.traits.job
    assert job is not None
    values = run.scopes[token.id].values
    inputs = {target: values.get(target) for target, _ in token.task_spec.traits.inputs}
    return Call(token.id, element.process, element.id, job.type, job.headers, inputs, job.retries,
                run.opened_at(token))


def telling(run: Run, id: int) -> Call | Incident:
    """What other cases are still to be told of a signal: a call, or an incident where that has failed for good."""
    said = run.outbox[id]
    if "incident" in said:
        return Incident(id, said["process"], said["element"], Text(*said["incident"]))
    since = run.env.local(moment_at(said["since"]))
    return Call(id, said["process"], said["element"], BROADCAST, {"signal": said["name"]},
                dict(Values(dict(said["values"]))), DEFAULT_RETRIES, since)


def stuck(run: Run) -> list[Incident]:
    """Where a case waits for nothing that a person, a clock or another case could bring about."""
    for token in run.tokens():
        element = token.task_spec.element
        if not isinstance(token.task_spec, EventStart) and run.flows.get(token.id) is None:
            return [Incident(token.id, element.process, element.id, Text(
                f"توقف المسار عند {element.id}: لا شيء مما ينتظره يمكن أن يحدث.",
                f"The flow stands still at {element.id}: nothing that it waits for can happen."))]
    return []


def stalled(run: Run) -> list[Incident]:
    """One incident for every flow in which nothing can move any more, naming the joins that wait."""
    found = []
    for flow in run.flows.values():
        joins = flow.stalled()
        if joins:
            names = ", ".join(dict.fromkeys(token.task_spec.element.id for token in joins))
            element = joins[0].task_spec.element
            found.append(Incident(joins[0].id, element.process, element.id, Text(
                f"توقف المسار: تنتظر البوابات {names} رموزاً لن تأتي.",
                f"The flow has stalled: {names} wait for tokens that will never come.")))
    return found
