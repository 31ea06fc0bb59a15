"""Variables while an expression runs."""

from collections.abc import Mapping

from engine.feel.limits import Run
from engine.feel.values import Value


class Scope(dict[str, Value]):
    """Variables bound at one place, with those of the places around it behind them. What nobody bound is null."""

    __slots__ = ("parent", "run")

    def __init__(self, values: Mapping[str, Value], parent: "Scope | None", run: Run) -> None:
        super().__init__(values)
        self.parent, self.run = parent, run

    def __missing__(self, name: str) -> Value:
        scope = self.parent
        while scope is not None:
            if name in scope:
                return scope[name]
            scope = scope.parent
        return None

    def binds(self, name: str) -> bool:
        """Whether the name is bound here or around."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope:
                return True
            scope = scope.parent
        return False
