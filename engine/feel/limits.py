"""The bounds of one evaluation, and the meter that holds them.

What an evaluation costs is counted, not timed, so that it ends at the same place on every machine, whatever else the
machine does: a case that is replayed years later meets the limits that it met on the day. A step is about as much as
a microsecond and a hundred bytes: a part of an expression that is looked at, a round of a loop, a member of a list
that is walked through, sixteen members or sixty-four letters that are copied. Only regular expressions, whose work
nobody can count, have a bound in processor time behind them.
"""

import sys

from engine.feel.env import Env
from engine.feel.errors import too_deep, too_large, too_many_steps
from engine.feel.values import Value

MAX_SOURCE = 10_000
"""Characters of one expression."""
MAX_NESTING = 50
"""Brackets within brackets."""
MAX_TREE_DEPTH = 150
"""Levels of the syntax tree, so that neither compiling nor evaluating meets Python's own limit."""
MAX_STEPS = 250_000
"""Steps of one evaluation."""
MAX_TEXT = 100_000
"""Characters of one text that an expression makes."""
LONG = 1_000
"""Characters from which on comparing two texts costs something."""
MAX_LIST = 100_000
"""Members of one list that an expression makes."""
MAX_RESULT = 200_000
"""Values in a result, counted through all its lists and contexts; eight letters of a text count as one more."""
CALLING = 4
"""Steps of asking for an evaluation, where many share a purse."""
MAX_VALUE_DEPTH = 100
"""Lists within lists, wherever something walks into them."""
MAX_CALLS = 64
"""Functions within functions."""
MAX_LEVELS = 600
"""Levels of the trees of all functions that are being called, together."""
REGEX_SECONDS = 0.3
"""Processor time of all regular expressions of one evaluation."""
PYTHON_FRAMES = 4_000
"""More than MAX_LEVELS and MAX_TREE_DEPTH need, so that it is always ours that is met, at the same place."""

sys.setrecursionlimit(max(sys.getrecursionlimit(), PYTHON_FRAMES))


class Run:
    """One evaluation: its environment and what it has left to spend."""

    __slots__ = ("calls", "env", "levels", "patterns", "regex_seconds", "steps")

    def __init__(self, env: Env) -> None:
        self.env = env
        self.steps = MAX_STEPS if env.purse is None else min(MAX_STEPS, env.purse.steps)
        self.calls = self.levels = 0
        self.patterns: set[str] = set()
        """Regular expressions that were paid for."""
        self.regex_seconds = REGEX_SECONDS if env.purse is None else min(REGEX_SECONDS, env.purse.regex_seconds)

    def spend(self, steps: int = 1) -> None:
        """Pay for some steps; raises FeelLimit when they are used up."""
        self.steps -= steps
        if self.steps < 0:
            raise too_many_steps()

    def spend_for(self, value: Value, each: float = 1 / 16) -> None:
        """Pay for going through a list or context, so much for each member, or for handling a text."""
        kind = type(value)
        if kind is str:
            self.steps -= len(value) >> 6
        elif kind is list or kind is dict:
            self.steps -= int(len(value) * each)
        if self.steps < 0:
            raise too_many_steps()

    def enter(self, levels: int = 1, steps: int = 1) -> None:
        """Go into a function whose tree has so many levels and costs so many steps; `leave` must follow."""
        self.spend(steps)
        self.calls += 1
        self.levels += levels
        if self.calls > MAX_CALLS or self.levels > MAX_LEVELS:
            raise too_deep()

    def leave(self, levels: int = 1) -> None:
        """Come out of a function."""
        self.calls -= 1
        self.levels -= levels


def bounded_text(text: str) -> str:
    """The text, if it is not too long."""
    if len(text) > MAX_TEXT:
        raise too_large()
    return text


def bounded_list(values: list[Value]) -> list[Value]:
    """The list, if it is not too long."""
    if len(values) > MAX_LIST:
        raise too_large()
    return values


def size_of(value: Value) -> int:
    """How large a value is, unfolded; refuses one that would not fit anywhere: lists share members, so a small one
    can unfold without end."""
    if isinstance(value, str):
        return len(value) >> 3
    size, waiting = 0, [(value, 1)]
    while waiting:
        inner, depth = waiting.pop()
        members = inner if isinstance(inner, list) else inner.values() if isinstance(inner, dict) else ()
        size += 1 + len(members)
        for member in members:
            if isinstance(member, str):
                size += len(member) >> 3
            elif isinstance(member, list | dict):
                waiting.append((member, depth + 1))
        if size > MAX_RESULT or depth > MAX_VALUE_DEPTH:
            raise too_large()
    return size
