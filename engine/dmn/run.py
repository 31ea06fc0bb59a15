"""One evaluation of a model: the budget of all its expressions together, and what its tables decided."""

from dataclasses import dataclass

from engine.feel.env import Env
from engine.feel.limits import Run
from engine.feel.values import Value
from engine.text import Text


@dataclass(frozen=True)
class Asked:
    """What a table was asked, and which of its rules (counted from 1) matched, with their notes."""

    inputs: dict[str, Value]
    rules: tuple[int, ...]
    notes: tuple[Text, ...]


class DecisionRun(Run):
    """A run that remembers the last answer of every table."""

    __slots__ = ("tables",)

    def __init__(self, env: Env) -> None:
        super().__init__(env)
        self.tables: dict[str, Asked] = {}

    def decided(self, table: str, inputs: dict[str, Value], matched: list[int], notes: tuple[Text, ...]) -> None:
        """Remember what a table found."""
        self.tables[table] = Asked(inputs, tuple(index + 1 for index in matched), notes)
