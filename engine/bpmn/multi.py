"""Multi-instance: one activity for every member of a list, all at once or one after another.

The body owns a scope and the boundary events; every item is a token of its own below it, behind a wall: nothing
leaves an item but its `outputElement`.
"""

from __future__ import annotations

from typing import Any

from engine.bpmn.activities import Activity
from engine.bpmn.bounds import ITEM_LIMIT
from engine.bpmn.graph import Element, Graph
from engine.bpmn.problems import Fault
from engine.bpmn.spiff import Token
from engine.bpmn.traits import Loop
from engine.bpmn.values import Values, stored
from engine.feel.codec import Json, decode
from engine.text import Text


class MultiInstance(Activity):
    """The body of a multi-instance activity."""

    def __init__(self, graph: Graph, name: str, element: Element, item: Activity, loop: Loop) -> None:
        super().__init__(graph, name, element)
        self.item, self.loop = item, loop

    def enter(self, token: Token) -> None:
        run = token.workflow.run
        items = run.value(self.loop.collection, token.workflow.scope)
        if not isinstance(items, list):
            raise Fault(Text("ما يتكرر عليه العنصر ليس قائمة.", "What the element repeats over is not a list."))
        if len(items) > ITEM_LIMIT:
            raise Fault(Text(f"القائمة أطول من {ITEM_LIMIT}.", f"The list is longer than {ITEM_LIMIT}."))
        scope = run.scopes.open(token.id, token.workflow.scope)
        scope.items, scope.results = stored(items), [None] * len(items)
        token.memo.update(next=0, pending=len(items))
        self.entered(token)

    def begin(self, token: Token) -> bool:
        if not token.memo["pending"]:
            return True
        token.begin()
        for _ in range(1 if self.loop.sequential else token.memo["pending"]):
            self.spawn(token)
        if not self.loop.sequential:
            token.workflow.run.scopes[token.id].items = None  # every item has its own now
        return False

    def spawn(self, token: Token) -> None:
        """Let the next item begin."""
        run = token.workflow.run
        run.count_item()
        index = token.memo["next"]
        token.memo["next"] = index + 1
        values = Values({"loopCounter": index + 1})
        if self.loop.result is not None and self.loop.result.text.lstrip("= ").isidentifier():
            values.json[self.loop.result.text.lstrip("= ")] = None  # an outer variable of that name is not a result
        items = run.scopes[token.id].items
        if self.loop.item is not None and items is not None:
            values.json[self.loop.item] = items[index]
        item = token.workflow.place(self.item, body=token.id, loop=index)
        run.scopes.open(item.id, token.id, values, wall=True)
        item.arrive()

    def collect(self, token: Token, item: Token, gives: Values) -> None:
        """Take the result of an item, and see whether that is enough. May be tried again after a Fault."""
        run = token.workflow.run
        run.scopes.merge(item.id, gives)  # it is a wall: only outputElement sees it
        results = run.scopes[token.id].results
        assert results is not None
        value = run.value(self.loop.result, item.id) if self.loop.result is not None else None
        sofar = [*results]
        sofar[item.memo["loop"]] = stored(value)
        if self.loop.enough is not None and self.is_enough(token, item, sofar):
            item.memo["enough"] = True
        results[item.memo["loop"]] = sofar[item.memo["loop"]]

    def is_enough(self, token: Token, item: Token, results: list[Json]) -> bool:
        """Whether the completion condition holds with these results."""
        assert self.loop.enough is not None
        done = len(results) - token.memo["pending"] + 1
        extra: dict[str, Any] = {
            "numberOfInstances": len(results), "numberOfCompletedInstances": done,
            "numberOfActiveInstances": token.memo["next"] - done, "numberOfTerminatedInstances": 0,
        }
        if self.loop.output is not None:
            extra[self.loop.output] = decode(results)
        return token.workflow.run.value(self.loop.enough, item.id, extra) is True

    def item_done(self, token: Token, enough: bool) -> None:
        """One item less; perhaps the last."""
        token.memo["pending"] -= 1
        if enough or not token.memo["pending"]:
            for other in token.workflow.tokens():
                if other.memo.get("body") == token.id:
                    token.workflow.withdraw(other)
            token.ready()
        elif self.loop.sequential:
            self.spawn(token)

    def results(self, token: Token) -> Values:
        results = token.workflow.run.scopes[token.id].results
        return Values() if self.loop.output is None else Values({self.loop.output: results})
