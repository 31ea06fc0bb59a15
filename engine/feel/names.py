"""Which variables an expression reads from outside."""

from dataclasses import fields
from typing import Any

from engine.feel import nodes as n
from engine.feel.builtins import FUNCTIONS


class Reads:
    """Names that a tree reads: `certain` ones, and `possible` ones, which in a filter may be entries of the members."""

    def __init__(self, tree: n.Node) -> None:
        self.certain: set[str] = set()
        self.possible: set[str] = set()
        self._visit(tree, False)

    def _visit(self, node: Any, filtered: bool) -> None:
        if isinstance(node, n.Name):
            self._name(node, filtered)
        elif isinstance(node, n.Filter):
            self._visit(node.base, filtered)
            self._visit(node.test, True)
        elif isinstance(node, tuple):
            for part in node:
                self._visit(part, filtered)
        elif isinstance(node, n.Node):
            for field in fields(node):
                self._visit(getattr(node, field.name), filtered)

    def _name(self, node: n.Name, filtered: bool) -> None:
        if node.local:
            return
        self.possible.add(node.name)
        if not filtered and node.name not in FUNCTIONS:
            self.certain.add(node.name)
