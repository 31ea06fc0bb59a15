"""A running process, called process or sub-process: its live tokens, and nothing of its past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn.events import EventStart
from engine.bpmn.graph import Graph
from engine.bpmn.nodes import Join, Node, is_waiting
from engine.bpmn.problems import Fault, Runaway
from engine.bpmn.scopes import ScopeId
from engine.bpmn.spiff import FUTURE, READY, FlowBase, Token
from engine.text import Text

if TYPE_CHECKING:
    from engine.bpmn.run import Run

DEPTH_LIMIT = 20


class Flow(FlowBase):
    """One level of a case. `host` is the token of the activity that runs it, None for the case itself."""

    def __init__(self, run: Run, graph: Graph, host: Token | None, scope: ScopeId) -> None:
        super().__init__(graph)
        self.run, self.graph, self.host, self.scope = run, graph, host, scope
        self.depth: int = 0 if host is None else host.workflow.depth + 1
        if self.depth > DEPTH_LIMIT:
            raise Runaway(Text(
                f"الاستدعاءات متداخلة أكثر من {DEPTH_LIMIT} مستوى.",
                f"Calls are nested more than {DEPTH_LIMIT} levels deep."))

    def tokens(self) -> list[Token]:
        """All live tokens, oldest first."""
        return list(self.tasks.values())

    def start(self) -> None:
        """Put the first tokens. Event sub-processes are armed before the first step is made."""
        for token in [self.place(node) for node in self.graph.starts]:
            token.arrive()

    def place(self, node: Node, parent: Token | None = None, **memo: Any) -> Token:
        """A new token before a node. One with a parent arrives when that is complete, else somebody calls arrive."""
        token = Token(self, node, parent, FUTURE, self.run.next_id())
        token.memo.update(memo)
        return token

    def remove(self, token: Token) -> None:
        """Take a token away that has become one with another."""
        self.tasks.pop(token.id, None)

    def withdraw(self, token: Token) -> None:
        """Take a token away before it is done, with everything that hangs on it."""
        if token.id not in self.tasks:
            return
        for other in self.tokens():
            if token.id in (other.memo.get("host"), other.memo.get("body")):
                self.withdraw(other)
        inner = self.run.flows.pop(token.id, None)
        if inner is not None:
            for other in inner.tokens():
                inner.withdraw(other)
        self.tasks.pop(token.id)
        token.cancel()

    def step(self, token: Token) -> None:
        """Let a ready token do its work and go on."""
        node = token.task_spec
        try:
            done = token.run()
        except Fault as fault:
            token.recover()
            self.run.park(token, fault.text)
            return
        if done is not None:
            node.after(token)
        if self.run.flows.get(self.key) is self and self.is_over():
            self.run.close_flow(self)

    @property
    def key(self) -> int:
        """Under which id the case knows this flow: that of its host, 0 for the case itself."""
        return 0 if self.host is None else self.host.id

    def is_over(self) -> bool:
        """Whether no token is left but event sub-processes that never began."""
        return all(isinstance(token.task_spec, EventStart) and not is_running(token) for token in self.tokens())

    def stalled(self) -> list[Token]:
        """The joins that wait in vain: nothing else in this flow can move. Empty if something can."""
        joins: list[Token] = []
        for token in self.tokens():
            if isinstance(token.task_spec, Join) and is_waiting(token):
                joins.append(token)
            elif not isinstance(token.task_spec, EventStart) or is_running(token):
                return []
        return joins


def is_running(token: Token) -> bool:
    """Whether an event has happened and its token is on its way (or stopped there)."""
    return "fired" in token.memo or not ("wait" in token.memo or "incident" in token.memo)


def is_open_item(token: Token) -> bool:
    """Whether the token is a work item that a person may complete."""
    return token.has_state(READY) and token.task_spec.by_person and "incident" not in token.memo
