"""What a tree costs: how many steps one look at it takes, and how deep it goes."""

from dataclasses import fields
from typing import Any

from engine.feel import nodes as n

COSTS = {n.FunctionDefinition: 12, n.RangeOf: 4, n.In: 4, n.ContextOf: 2, n.Between: 2, n.Arithmetic: 2}


def weight(node: n.Node) -> int:
    """The steps of evaluating a tree once. What loops, filters and functions repeat pays for itself each time."""
    total, waiting = 0, [node]
    while waiting:
        at = waiting.pop()
        total += COSTS.get(type(at), 1)
        waiting.extend(part for part in _parts(at) if part is not _repeated(at))
    return total


def levels(node: n.Node) -> int:
    """How deep a tree goes; a loop over several lists is a level for each. Functions in it are counted when called."""
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        at, depth = waiting.pop()
        deepest = max(deepest, depth)
        if not isinstance(at, n.FunctionDefinition):
            below = depth + (len(at.iterators) if isinstance(at, n.For | n.Quantified) else 1)
            waiting.extend((part, below) for part in _parts(at))
    return deepest


def _repeated(node: n.Node) -> n.Node | None:
    if isinstance(node, n.For | n.Quantified | n.FunctionDefinition):
        return node.body
    return node.test if isinstance(node, n.Filter) else None


def _parts(node: n.Node) -> list[n.Node]:
    found: list[n.Node] = []
    waiting: list[Any] = [getattr(node, field.name) for field in fields(node)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, n.Node):
            found.append(part)
        elif isinstance(part, tuple):
            waiting.extend(part)
    return found
