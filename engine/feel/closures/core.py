"""Syntax trees to Python closures: `closed` finds the maker of each kind of node."""

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

from engine.feel.nodes import Node
from engine.feel.scope import Scope
from engine.feel.values import Value

Closure: TypeAlias = Callable[[Scope], Value]
Maker = TypeVar("Maker", bound=Callable[..., Closure])
_MAKERS: dict[type[Node], Callable[[Any], Closure]] = {}


def closes(node_type: type[Node]) -> Callable[[Maker], Maker]:
    """Declare what makes the closure of a kind of node."""

    def declare(maker: Maker) -> Maker:
        _MAKERS[node_type] = maker
        return maker

    return declare


def closed(node: Node) -> Closure:
    """The closure that evaluates a tree."""
    return _MAKERS[type(node)](node)
