"""Events that are waited for. They are never polled: the store selects them, and Run.fire is the only way through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn import rush
from engine.bpmn.activities import Activity
from engine.bpmn.graph import Element, Graph, SequenceFlow
from engine.bpmn.problems import Fault
from engine.bpmn.scopes import ScopeId
from engine.bpmn.spiff import Token
from engine.bpmn.timers import first_due, next_wait
from engine.text import Text


class Catch(Activity):
    """An intermediate event: waits until it is fired."""

    def begin(self, token: Token) -> bool:
        if "fired" in token.memo:
            return True
        if "wait" not in token.memo:
            token.memo["wait"] = self.arm(token)
            if token.memo["wait"]["kind"] == "timer":
                rush.goes_on(token.workflow.run, token.memo["wait"])
        token.wait()
        return False

    def arm(self, token: Token) -> dict[str, Any]:
        """What to wait for, computed now. Raises Fault where the time or the key cannot be computed."""
        run, scope, trigger = token.workflow.run, self.seen_from(token), self.traits.trigger
        assert trigger is not None
        if trigger.kind == "timer":
            assert trigger.when is not None and trigger.form is not None
            value = run.value(trigger.when, scope, run.surroundings(token, trigger.when))
            return first_due(trigger.form, value, run.env)
        if trigger.kind == "message":
            key = None
            if trigger.key is not None:
                key = text_key(run.value(trigger.key, scope, run.surroundings(token, trigger.key)))
            return {"kind": "message", "name": trigger.name, "key": key}
        if trigger.kind == "signal":
            return {"kind": "signal", "name": trigger.name}
        if trigger.kind == "conditional":
            return {"kind": "conditional"}
        return {"kind": trigger.kind, "code": trigger.code}

    def seen_from(self, token: Token) -> ScopeId:
        """The scope whose variables its expressions see."""
        return token.id

    def turned_true(self, token: Token) -> bool:
        """Whether the condition that it waits for holds now and did not when it was last looked at. Raises Fault."""
        trigger, wait = self.traits.trigger, token.memo["wait"]
        assert trigger is not None and trigger.when is not None
        run = token.workflow.run
        holds = run.value(trigger.when, self.seen_from(token), run.surroundings(token, trigger.when)) is True
        before = wait.pop("was", False)
        if holds:
            wait["was"] = True
        return holds and not before

    def fired(self, token: Token, values: Mapping[str, Any]) -> None:
        """It has happened."""
        run, flow = token.workflow.run, token.workflow
        gate = token.memo.pop("gate", None)
        if gate is not None:
            for other in flow.tokens():
                if other.memo.get("gate") == gate:
                    flow.withdraw(other)
        wait = token.memo.pop("wait")
        token.memo["fired"] = True
        run.note("fired", token, {key: wait[key] for key in ("kind", "name", "due", "code") if wait.get(key)})
        if token.id not in run.scopes:
            run.scopes.open(token.id, flow.scope)
        self.receive(token, values)
        token.ready()


def text_key(value: Any) -> str:
    """A correlation key as text. Raises Fault for null and for what is neither text nor a number."""
    if value is None or isinstance(value, bool | list | dict):
        raise Fault(Text("مفتاح ربط الرسالة فارغ أو ليس نصاً.", "The message's correlation key is missing or not text."))
    return str(value)


class Receive(Catch):
    """A receive task."""


class Attached(Catch):
    """An event that waits beside something else: it is no step of its own until it happens."""

    def __init__(self, graph: Graph, name: str, element: Element) -> None:
        super().__init__(graph, name, element)
        self.interrupting = element.interrupting

    def enter(self, token: Token) -> None:
        token.memo["since"] = token.workflow.run.stamp

    def withdrawn(self, token: Token) -> None:
        """Not worth a line: it never happened."""
        token.workflow.run.scopes.drop(token.id)

    def again(self, token: Token, **memo: Any) -> None:
        """What does not interrupt can happen again: a fresh token waits while this one goes on."""
        wait = next_wait(token.memo["wait"])
        if wait is not None:
            if wait["kind"] == "timer":
                rush.goes_on(token.workflow.run, wait)
            twin = token.workflow.place(self, wait=wait, **memo)
            twin.arrive()


class Boundary(Attached):
    """An event on the border of an activity."""

    def seen_from(self, token: Token) -> ScopeId:
        host: int = token.memo["host"]
        return host

    def fired(self, token: Token, values: Mapping[str, Any]) -> None:
        flow = token.workflow
        host = token.memo.pop("host")
        if self.interrupting:
            flow.withdraw(flow.tasks[host])
        else:
            self.again(token, host=host)
        super().fired(token, values)


class EventStart(Attached):
    """The start of an event sub-process: waits as long as the flow around it lives, but does not keep it alive."""

    noted = False

    def seen_from(self, token: Token) -> ScopeId:
        return token.workflow.scope

    def fired(self, token: Token, values: Mapping[str, Any]) -> None:
        flow = token.workflow
        if self.interrupting:
            for other in flow.tokens():
                if other is not token:
                    flow.withdraw(other)
        else:
            self.again(token)
        super().fired(token, values)

    def leave(self, token: Token) -> None:
        """Unless mapped, what came with the event belongs to this run of the sub-process alone."""
        scopes = token.workflow.run.scopes
        if self.traits.outputs:
            scopes.merge(token.workflow.scope, self.results(token))
            scopes[token.id].values.clear()

    def send(self, token: Token, flow: SequenceFlow) -> Token:
        scopes = token.workflow.run.scopes
        child = super().send(token, flow)
        scopes.open(child.id, token.workflow.scope, scopes[token.id].values)
        scopes.drop(token.id)
        return child
