"""One move of one case: its clock, its ids, its variables, its flows, and the loop that lets tokens go on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.bpmn.bounds import MOST_ITEMS, MOST_STEPS, STEP_LIMIT, STEPS_PER_ITEM
from engine.bpmn.catching import is_for_signal
from engine.bpmn.containers import Container
from engine.bpmn.events import Catch
from engine.bpmn.expressions import Expression
from engine.bpmn.flow import Flow
from engine.bpmn.nodes import Inclusive, is_waiting
from engine.bpmn.outcome import Log, LogKind
from engine.bpmn.problems import Fault, Runaway
from engine.bpmn.rush import Rush
from engine.bpmn.scopes import ROOT, ScopeId, Scopes
from engine.bpmn.spiff import Token
from engine.bpmn.timers import moment_at, stamp_of
from engine.bpmn.values import Values
from engine.feel import Env, FeelLimit, Purse
from engine.feel.errors import too_large
from engine.feel.limits import MAX_RESULT, size_of
from engine.text import Text

if TYPE_CHECKING:
    from engine.bpmn.bundle import Bundle

FEEL_STEPS = 1_500_000
"""What all expressions and decisions of one move may cost together, and what they store; one expression alone may
cost a sixth of it."""
BROADCAST = "broadcast_signal"
"""The type of the call by which the signals of a case reach all other cases."""


class Run:
    """The whole case while it moves."""

    def __init__(self, bundle: Bundle, now: datetime, process: str, counter: int = 0,
                 scopes: Scopes | None = None) -> None:
        self.bundle, self.now, self.process, self.counter = bundle, now, process, counter
        self.scopes = scopes or Scopes()
        self.purse = Purse(FEEL_STEPS)
        self.env = Env(now=now, calendar=bundle.calendar, zone=bundle.zone, purse=self.purse, here=bundle.here)
        self.stamp = stamp_of(now)
        self.flows: dict[int, Flow] = {}
        self.queue: deque[Token] = deque()
        self.log: list[Log] = []
        self.outbox: dict[int, dict[str, Any]] = {}
        """What is to be told to other cases, by the id of the call; it outlives the token that said it."""
        self.steps, self.limit, self.items = 0, STEP_LIMIT, 0
        self.rush: Rush | None = None

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
            if not (self.release_a_join() or self.fire_a_condition()):
                return

    def count_step(self) -> None:
        """Raises Runaway after too many steps."""
        self.steps += 1
        if self.steps > self.limit:
            raise Runaway(Text(
                f"لم يتوقف المسار بعد {self.limit} خطوة، فلم يُحفظ شيء منه.",
                f"The flow did not come to rest after {self.limit} steps; nothing of it was kept."))

    def count_item(self) -> None:
        """A long list is no loop: every item of a multi-instance may take some steps of its own. Raises Runaway
        after too many items, which lists within lists soon come to."""
        self.items += 1
        self.allow(1)
        if self.items > MOST_ITEMS:
            raise Runaway(Text(
                f"لم يتوقف المسار بعد {MOST_ITEMS} عنصر من قوائمه، فلم يُحفظ شيء منه.",
                f"The flow did not come to rest after {MOST_ITEMS} members of its lists; nothing of it was kept."))

    def allow(self, more: int) -> None:
        """As many begin or wake at once, each of whom may take some steps of its own."""
        self.limit = min(self.limit + more * STEPS_PER_ITEM, MOST_STEPS)

    def fire_a_condition(self) -> bool:
        """When all else is at rest, joins too: let the first event happen whose condition has become true."""
        if not any(flow.graph.has_conditions for flow in self.flows.values()):
            return False
        for token in self.tokens():
            node, wait = token.task_spec, token.memo.get("wait")
            if wait is None or wait["kind"] != "conditional" or not is_waiting(token):
                continue
            assert isinstance(node, Catch)
            try:
                happens = node.turned_true(token)
            except Fault as fault:
                self.park(token, fault.text)
                continue
            if happens:
                self.count_step()
                self.fire(token, {})
                return True
        return False

    def release_a_join(self) -> bool:
        """When all else is at rest: let the first inclusive gateway go on to which nothing more can come."""
        if not any(flow.graph.has_inclusive_joins for flow in self.flows.values()):
            return False
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

    def throw_signal(self, thrower: Token, name: str, values: dict[str, Any], ears: list[int]) -> None:
        """A signal reaches what in this case waited for it (`ears`); other cases hear of it after the commit."""
        element = thrower.task_spec.element
        self.note("thrown", thrower, {"signal": name})
        self.outbox[self.next_id()] = {
            "name": name, "process": element.process, "element": element.id, "since": self.stamp, "values": values}
        self.signal(name, Values(values), ears)

    def signal(self, name: str, values: Mapping[str, Any], ears: list[int]) -> None:
        """What waits for a signal happens. What one of them takes away does not, and what begins to wait because of one
        waits for the next signal."""
        for id in ears:
            token = self.token(id)
            if token is not None and is_for_signal(token, name):
                self.fire(token, values)

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
            self.pay_for(holder.json[source.variable])
            values.hand_on(target, holder.json[source.variable])
        else:
            values[target] = self.value(source, scope, extra)

    def pay_for(self, json: Any) -> None:
        """What is only handed on is stored once more. Raises Fault where a move would store too much."""
        try:
            size = size_of(json)
        except FeelLimit:  # a value from outside may be larger than any expression makes
            size = MAX_RESULT
        if size > self.purse.steps:
            raise Fault(too_large().text)
        self.purse.pay(size)

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
