"""Nodes of the graph: what happens when a token arrives, works and goes on. Gateways are here, activities apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn.graph import Element, Graph, SequenceFlow
from engine.bpmn.problems import Fault
from engine.bpmn.spiff import WAITING, SpecBase, Token
from engine.bpmn.traits import Traits
from engine.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence


class Node(SpecBase):
    """A flow node. Subclasses say what happens at the stations of a token: arrive, work, leave."""

    by_person = False
    """Whether a token that is ready here waits for a person."""
    noted = True
    """Whether it is written down when a token has gone on."""

    def __init__(self, graph: Graph, name: str, element: Element) -> None:
        super().__init__(graph, name)
        self.element = element
        self.traits: Traits = element.traits
        self.flows: list[SequenceFlow] = []
        self.incoming: list[str] = []
        self.boundaries: list[Node] = []
        self.default: str | None = None

    def connect_flow(self, flow: SequenceFlow) -> None:
        """Add an outgoing arrow; only while loading."""
        self.flows.append(flow)
        self.connect(flow.target)
        flow.target.incoming.append(flow.id)

    # ---- stations, to be overridden

    def arrive(self, token: Token) -> bool:
        """Whether the token may work at once. Raises Fault to park it here."""
        del token
        return True

    def work(self, token: Token) -> bool:
        """Do the work; False if something outside has to finish it. Must be repeatable. Raises Fault."""
        del token
        return True

    def choose(self, token: Token) -> Sequence[SequenceFlow]:
        """The arrows to follow: all without a condition, and those whose condition holds."""
        if all(flow.condition is None for flow in self.flows):
            return self.flows
        others = [flow for flow in self.flows if flow.id != self.default]
        taken = [flow for flow in others if flow.condition is None or holds(token, flow)]
        return taken or self.fallback()

    def fallback(self) -> Sequence[SequenceFlow]:
        """The default arrow, where no condition holds."""
        default = [flow for flow in self.flows if flow.id == self.default]
        if not default:
            raise Fault(Text(
                "لا يتحقق أي من شروط المسارات ولا يوجد مسار افتراضي.",
                "None of the conditions holds and there is no default flow."))
        return default

    def after(self, token: Token) -> None:
        """What follows once the token has gone (an error is thrown, the flow is ended)."""

    def withdrawn(self, token: Token) -> None:
        """The token was taken away before it was done."""

    def describe(self, token: Token) -> dict[str, Any]:
        """What the log says of a token beside the element."""
        del token
        return {}

    # ---- SpiffWorkflow's hooks

    def _update_hook(self, token: Token) -> bool:
        if "incident" in token.memo:
            return False
        try:
            return self.arrive(token)
        except Fault as fault:
            token.wait()
            token.workflow.run.park(token, fault.text)
            return False

    def _on_ready_hook(self, token: Token) -> None:
        if not self.by_person:
            token.workflow.run.queue.append(token)

    def _run_hook(self, token: Token) -> bool | None:
        if not self.work(token):
            return None
        self.go_on(token)
        return True

    def _on_complete_hook(self, token: Token) -> None:
        """Nothing: SpiffWorkflow would copy data here."""

    def _on_cancel(self, token: Token) -> None:
        self.withdrawn(token)

    def go_on(self, token: Token) -> None:
        """Send tokens along the chosen arrows."""
        token.memo.pop("unknown", None)
        flows = self.choose(token)
        detail = self.describe(token)
        if flows:
            detail["flows"] = [flow.id for flow in flows]
        if "unknown" in token.memo:
            detail["unknown"] = token.memo.pop("unknown")
        if self.noted:
            token.workflow.run.note("completed", token, detail)
        for flow in flows:
            self.send(token, flow)

    def send(self, token: Token, flow: SequenceFlow) -> Token:
        """A token on its way along an arrow; it arrives when this one is complete."""
        child = token.workflow.place(flow.target, parent=token)
        if isinstance(flow.target, Join) and len(flow.target.incoming) > 1:
            child.memo["via"] = flow.id
        return child


def holds(token: Token, flow: SequenceFlow) -> bool:
    """Whether the condition of an arrow is true. Null counts as not true, and is written down as unknown."""
    assert flow.condition is not None
    value = token.workflow.run.value(flow.condition, token.workflow.scope)
    if value is None:
        token.memo.setdefault("unknown", []).append(flow.id)
    elif not isinstance(value, bool):
        raise Fault(Text(
            f"ناتج شرط المسار «{flow.condition.text[:80]}» ليس صحيحاً ولا خاطئاً.",
            f"The condition “{flow.condition.text[:80]}” gives neither true nor false."))
    return value is True


class StartEvent(Node):
    """The plain start of a process or sub-process."""


class Exclusive(Node):
    """Sends every token along the first arrow whose condition holds."""

    def choose(self, token: Token) -> Sequence[SequenceFlow]:
        for flow in self.flows:
            if flow.id != self.default and (flow.condition is None or holds(token, flow)):
                return [flow]
        return self.fallback() if self.flows else ()


class Join(Node):
    """A gateway that brings tokens together. Every token that has arrived waits by itself and knows its arrow."""

    def arrived(self, token: Token) -> dict[str, Token]:
        """Of each arrow the first token that waits here, `token` included."""
        first: dict[str, Token] = {}
        for other in token.workflow.tokens():
            if other.task_spec is self and "incident" not in other.memo and (other is token or is_waiting(other)):
                first.setdefault(other.memo.get("via", ""), other)
        return first

    def consume(self, token: Token, arrived: dict[str, Token]) -> None:
        """The others have become one with this token."""
        for other in arrived.values():
            if other is not token:
                token.workflow.remove(other)


class Parallel(Join):
    """Waits for one token on every arrow."""

    def arrive(self, token: Token) -> bool:
        if len(self.incoming) > 1:
            arrived = self.arrived(token)
            if len(arrived) < len(self.incoming):
                token.wait()
                return False
            self.consume(token, arrived)
        return True


class Inclusive(Join):
    """Waits as long as a token elsewhere can still come in by an arrow that has none."""

    def __init__(self, graph: Graph, name: str, element: Element) -> None:
        super().__init__(graph, name, element)
        self.upstream: dict[str, frozenset[Node]] = {}
        """For each arrow that comes in, the nodes from which it can be reached without passing this gateway."""

    def arrive(self, token: Token) -> bool:
        if len(self.incoming) > 1:
            token.wait()  # decided when everything else has come to rest: see Run.settle
            return False
        return True

    def may_go_on(self, token: Token) -> bool:
        """Whether nothing more can come; takes the other tokens with it if so."""
        arrived = self.arrived(token)
        expected = [via for via in self.incoming if via not in arrived]
        behind = frozenset().union(*(self.upstream[via] for via in arrived))
        live = {other.task_spec for other in token.workflow.tokens() if other.task_spec is not self} - behind
        if any(self.upstream[via] & live for via in expected):
            return False
        self.consume(token, arrived)
        return True


def is_waiting(token: Token) -> bool:
    """Whether the token waits for something to happen."""
    return token.has_state(WAITING) and "incident" not in token.memo


class EventGateway(Node):
    """Lets several events wait; the first that happens takes the others away."""

    def send(self, token: Token, flow: SequenceFlow) -> Token:
        child = super().send(token, flow)
        child.memo["gate"] = token.id
        return child


class EndEvent(Node):
    """A plain end: the token is gone."""


class TerminateEnd(Node):
    """Ends the whole flow that it lies in."""

    def after(self, token: Token) -> None:
        for other in token.workflow.tokens():
            token.workflow.withdraw(other)
