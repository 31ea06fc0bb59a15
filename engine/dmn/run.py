"""One evaluation of a model: the budget of all its expressions together, and what its tables decided."""

from dataclasses import dataclass

from engine.feel.env import Env
from engine.feel.limits import Run
from engine.feel.values import Value
from engine.text import Text

MOST_REMEMBERED = 200
"""Answers of tables that one evaluation remembers; a loop may ask a table without end."""


@dataclass(frozen=True)
class Asked:
    """What a table was asked and answered, and which of its rules (counted from 1) matched, with their notes.
    `owner` is the id of the decision or knowledge model that the table stands in."""

    table: str
    owner: str
    inputs: dict[str, Value]
    rules: tuple[int, ...]
    notes: tuple[Text, ...]
    value: Value


class DecisionRun(Run):
    """A run that remembers what its tables answered, in order."""

    __slots__ = ("asked",)

    def __init__(self, env: Env) -> None:
        super().__init__(env)
        self.asked: list[Asked] = []

    def decided(self, answer: Asked) -> None:
        """Remember what a table found."""
        if len(self.asked) < MOST_REMEMBERED:
            self.asked.append(answer)
