"""Activities that run a flow of their own: embedded sub-processes, event sub-processes and called processes."""

from __future__ import annotations

from abc import ABC, abstractmethod

from engine.bpmn.activities import Activity
from engine.bpmn.graph import Element, Graph
from engine.bpmn.scopes import ScopeId
from engine.bpmn.spiff import Token
from engine.bpmn.traits import Called


class Container(Activity, ABC):
    """Starts its inner flow on arrival; the flow makes the token ready when it has come to its end."""

    def begin(self, token: Token) -> bool:
        token.begin()
        token.workflow.run.open_flow(token)
        return False

    @abstractmethod
    def graph(self, token: Token) -> Graph:
        """What runs inside."""

    @abstractmethod
    def inner_scope(self, token: Token) -> ScopeId:
        """The scope in which the inner flow runs, opened if need be."""


class SubProcess(Container):
    """Embedded: its own scope is the scope of the inner flow."""

    def __init__(self, graph: Graph, name: str, element: Element, inner: Graph) -> None:
        super().__init__(graph, name, element)
        self.inner = inner

    def graph(self, token: Token) -> Graph:
        del token
        return self.inner

    def inner_scope(self, token: Token) -> ScopeId:
        return token.id


class CallActivity(Container):
    """A called process sees nothing but what it is given, and gives back what it is asked for."""

    @property
    def called(self) -> Called:
        """Which process, and what goes in and out."""
        assert self.traits.called is not None
        return self.traits.called

    def graph(self, token: Token) -> Graph:
        return token.workflow.run.bundle.processes[self.called.process].graph

    def inner_scope(self, token: Token) -> ScopeId:
        scopes = token.workflow.run.scopes
        if -token.id not in scopes:
            values = scopes.visible(token.id) if self.called.all_in else scopes[token.id].values
            scopes.open(-token.id, None, values)
        return -token.id

    def work(self, token: Token) -> bool:
        scopes = token.workflow.run.scopes
        values = scopes[-token.id].values
        scopes[token.id].values.take(values)  # seen by output mappings and outputElement
        if self.called.all_out:
            token.memo["got"] = sorted(values)
        return True
