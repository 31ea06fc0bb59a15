"""One move of one case: its clock, its ids, its variables, its flows, and the loop that lets tokens go on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.bpmn.containers import Container
from engine.bpmn.events import Catch, EventStart
from engine.bpmn.expressions import Expression
from engine.bpmn.flow import Flow
from engine.bpmn.nodes import Inclusive, is_waiting
from engine.bpmn.outcome import Log, LogKind
from engine.bpmn.problems import Runaway
from engine.bpmn.scopes import ROOT, ScopeId, Scopes
from engine.bpmn.spiff import Token
from engine.bpmn.timers import moment_at, stamp_of
from engine.bpmn.values import Values
from engine.feel import Env
from engine.text import Text

if TYPE_CHECKING:
    from engine.bpmn.bundle import Bundle

STEP_LIMIT = 1000


class Run:
    """The whole case while it moves."""

    def __init__(self, bundle: Bundle, now: datetime, process: str, counter: int = 0,
                 scopes: Scopes | None = None) -> None:
        self.bundle, self.now, self.process, self.counter = bundle, now, process, counter
        self.scopes = scopes or Scopes()
        self.env = Env(now=now, calendar=bundle.calendar, zone=bundle.zone)
        self.stamp = stamp_of(now)
        self.flows: dict[int, Flow] = {}
        self.queue: deque[Token] = deque()
        self.log: list[Log] = []
        self.steps = 0

    def next_id(self) -> int:
        """Ids count up through the life of a case, so that the same commands give the same ids."""
        self.counter += 1
        return self.counter

    # ---- flows and tokens

    @property
    def finished(self) -> bool:
        """Whether the case has come to its end."""
        return 0 not in self.flows

    def begin(self) -> None:
        """Start the case itself."""
        flow = self.flows[0] = Flow(self, self.bundle.processes[self.process].graph, None, ROOT)
        flow.start()

    def open_flow(self, host: Token) -> None:
        """Start what runs inside an activity."""
        node = host.task_spec
        assert isinstance(node, Container)
        flow = self.flows[host.id] = Flow(self, node.graph(host), host, node.inner_scope(host))
        flow.start()

    def close_flow(self, flow: Flow) -> None:
        """A flow has come to its end: event sub-processes that never began go, and its activity goes on."""
        for token in flow.tokens():
            flow.withdraw(token)
        del self.flows[flow.key]
        if flow.host is not None:
            flow.host.ready()

    def tokens(self) -> list[Token]:
        """All live tokens of all flows, oldest first."""
        return sorted((token for flow in self.flows.values() for token in flow.tokens()), key=lambda token: token.id)

    def token(self, id: int) -> Token | None:
        """The live token of an id."""
        return next((flow.tasks[id] for flow in self.flows.values() if id in flow.tasks), None)

    # ---- the loop

    def settle(self) -> None:
        """Let all tokens go on until each of them waits for something outside."""
        while True:
            while self.queue:
                token = self.queue.popleft()
                if token.workflow.tasks.get(token.id) is token and self.flows.get(token.workflow.key) is token.workflow:
                    self.count_step()
                    token.workflow.step(token)
            if not self.release_a_join():
                return

    def count_step(self) -> None:
        """Raises Runaway after too many steps."""
        self.steps += 1
        if self.steps > STEP_LIMIT:
            raise Runaway(Text(
                f"لم يتوقف المسار بعد {STEP_LIMIT} خطوة، فلم يُحفظ شيء منه.",
                f"The flow did not come to rest after {STEP_LIMIT} steps; nothing of it was kept."))

    def release_a_join(self) -> bool:
        """When all else is at rest: let the first inclusive gateway go on to which nothing more can come."""
        for token in self.tokens():
            node = token.task_spec
            if isinstance(node, Inclusive) and is_waiting(token) and node.may_go_on(token):
                token.ready()
                return True
        return False

    # ---- events and errors

    def fire(self, token: Token, values: Mapping[str, Any]) -> None:
        """What a token waited for has happened."""
        node = token.task_spec
        assert isinstance(node, Catch)
        node.fired(token, values)

    def catcher(self, flow: Flow | None, host: Token | None, code: str | None) -> Token | None:
        """The nearest event that catches an error: on the border of `host`, then an event sub-process of `flow`, then
        on the border of what runs the flow, and so on outwards. A named code is preferred to a catch-all."""
        while flow is not None:
            waiting = [token for token in flow.tokens() if _catches(token, code)]
            if host is not None:
                border = host.memo.get("body", host.id)
                near = [token for token in waiting if token.memo.get("host") == border]
                if near:
                    return _best(near)
            starts = [token for token in waiting if isinstance(token.task_spec, EventStart)]
            if starts:
                return _best(starts)
            host = flow.host
            flow = host.workflow if host is not None else None
        return None

    # ---- values

    def value(self, expression: Expression, scope: ScopeId, extra: Mapping[str, Any] | None = None) -> Any:
        """The value of an expression as a scope sees it, `extra` names first. Raises Fault."""
        if expression.program is None:
            return expression.text
        return expression.value(self.scopes.seen(scope, extra), self.env)

    def assign(
        self, values: Values, target: str, source: Expression, scope: ScopeId, extra: Values | None = None
    ) -> None:
        """Set a value to that of an expression. What is only handed on is not looked at. Raises Fault."""
        holder = self.scopes.seen(scope, extra).holder(source.variable) if source.variable else None
        if isinstance(holder, Values) and source.variable:
            values.hand_on(target, holder.json[source.variable])
        else:
            values[target] = self.value(source, scope, extra)

    def opened_at(self, token: Token) -> datetime:
        """When a token's activity opened, as people's clocks showed it."""
        return self.env.local(moment_at(token.memo.get("since", self.stamp)))

    def surroundings(self, token: Token, expression: Expression) -> Surroundings:
        """What timers, keys and schedules may read besides variables: `case` and `opened_at`."""
        return Surroundings(self, token, expression)

    # ---- records

    def note(self, kind: LogKind, token: Token, detail: Mapping[str, Any] | None = None) -> None:
        """Write down that something happened."""
        element = token.task_spec.element
        self.log.append(Log(kind, element.process, element.id, token.id, detail or {}))

    def park(self, token: Token, text: Text) -> None:
        """Stop a token where it is, until somebody says to try again."""
        token.memo["incident"] = [text.ar, text.en]
        self.note("incident", token, {"text_ar": text.ar, "text_en": text.en})


class Surroundings(Mapping[str, Any]):
    """`case` and `opened_at`, computed when asked for."""

    def __init__(self, run: Run, token: Token, expression: Expression) -> None:
        self._run, self._token, self._expression = run, token, expression

    def __getitem__(self, name: str) -> Any:
        if name == "case":
            case, names = self._run.scopes[ROOT].values, self._expression.of_case
            return dict(case) if names is None else {name: case[name] for name in sorted(names) if name in case}
        if name == "opened_at":
            return self._run.opened_at(self._token)
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return name in ("case", "opened_at")

    def __iter__(self) -> Iterator[str]:
        return iter(("case", "opened_at"))

    def __len__(self) -> int:
        return 2


def _catches(token: Token, code: str | None) -> bool:
    wait = token.memo.get("wait") or {}
    return wait.get("kind") == "error" and wait.get("code") in (None, code)


def _best(tokens: list[Token]) -> Token:
    return next((token for token in tokens if token.memo["wait"]["code"] is not None), tokens[0])
