"""The loop marker: one activity done again and again while a condition holds, round after round."""

from __future__ import annotations

from typing import Any

from engine.bpmn.activities import Activity
from engine.bpmn.graph import Element, Graph
from engine.bpmn.spiff import Token
from engine.bpmn.traits import Again
from engine.bpmn.values import Values


class Repeat(Activity):
    """The body of a marked activity: it owns the boundary events, every round is a token of its own below it.

    Unlike items of a multi-instance, rounds follow one another and pass on what they did: results leave a round as
    they would leave the activity itself, so that the condition, and the next round, see them. `loopCounter` counts
    from 1."""

    def __init__(self, graph: Graph, name: str, element: Element, item: Activity, again: Again) -> None:
        super().__init__(graph, name, element)
        self.item, self.again = item, again

    def enter(self, token: Token) -> None:
        run = token.workflow.run
        if token.id not in run.scopes:
            run.scopes.open(token.id, token.workflow.scope)
        skip = self.again.asks_first and not self.wanted(token, token.id, 0, Values())
        token.memo["next"] = -1 if skip else 0
        self.entered(token)

    def begin(self, token: Token) -> bool:
        if token.memo["next"] < 0:
            return True
        token.begin()
        self.spawn(token)
        return False

    def wanted(self, token: Token, scope: int, done: int, results: Values) -> bool:
        """Whether there is to be another round after `done` of them, the last with these results. Raises Fault."""
        if self.again.most is not None and done >= self.again.most:
            return False
        if self.again.condition is None:
            return True
        return token.workflow.run.value(self.again.condition, scope, {**results, "loopCounter": done}) is True

    def spawn(self, token: Token) -> None:
        """Let the next round begin."""
        run, index = token.workflow.run, token.memo["next"]
        if self.again.most is not None:
            run.count_item()
        token.memo["next"] = index + 1
        item = token.workflow.place(self.item, body=token.id, loop=index)
        run.scopes.open(item.id, token.id, Values({"loopCounter": index + 1}))
        item.arrive()

    def collect(self, token: Token, item: Token, results: Values) -> None:
        """Pass on what a round did, and see whether another is wanted. May be tried again after a Fault."""
        if not self.wanted(token, item.id, item.memo["loop"] + 1, results):
            item.memo["enough"] = True
        if "loopCounter" in results:  # a called process that gives back all it was given
            del results["loopCounter"]
        token.workflow.run.scopes.merge(token.id, results)

    def item_done(self, token: Token, enough: bool) -> None:
        """A round is over."""
        if enough:
            token.ready()
        else:
            self.spawn(token)

    def results(self, token: Token) -> Values:
        del token
        return Values()

    def describe(self, token: Token) -> dict[str, Any]:
        return {"rounds": max(token.memo["next"], 0)}
