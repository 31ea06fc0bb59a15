"""The bounds of one evaluation, and the meter that holds them."""

from time import monotonic

from engine.feel.env import Env
from engine.feel.errors import too_deep, too_large, too_many_steps
from engine.feel.values import Value

MAX_SOURCE = 10_000
"""Characters of one expression."""
MAX_NESTING = 50
"""Brackets within brackets."""
MAX_TREE_DEPTH = 150
"""Levels of the syntax tree, so that neither compiling nor evaluating meets Python's own limit."""
MAX_STEPS = 200_000
"""Rounds of loops and calls of functions in one evaluation."""
MAX_TEXT = 100_000
"""Characters of one text that an expression makes."""
MAX_LIST = 100_000
"""Members of one list that an expression makes."""
MAX_RESULT = 200_000
"""Values in a result, counted through all its lists and contexts."""
MAX_CALLS = 64
"""Functions within functions."""
SECONDS = 0.35
"""Wall time of one evaluation; with the slack of the checks it stays below half a second."""
REGEX_SECONDS = 0.05
CHECK_EVERY = 64


class Run:
    """One evaluation: its environment and what it has left to spend."""

    __slots__ = ("_deadline", "_next_check", "calls", "env", "steps")

    def __init__(self, env: Env) -> None:
        self.env = env
        self.steps = MAX_STEPS
        self.calls = 0
        self._next_check = MAX_STEPS - CHECK_EVERY
        self._deadline = 0.0

    def spend(self, steps: int = 1) -> None:
        """Pay for a round of a loop or a call; raises FeelLimit when steps or time are used up."""
        self.steps -= steps
        if self.steps <= self._next_check:
            self._look_at_the_clock()

    def spend_for(self, values: list[Value]) -> None:
        """Pay for walking through a list once."""
        self.spend(1 + (len(values) >> 6))

    def enter(self) -> None:
        """Go into a function; `leave` must follow."""
        self.spend()
        self.calls += 1
        if self.calls > MAX_CALLS:
            raise too_deep()

    def leave(self) -> None:
        """Come out of a function."""
        self.calls -= 1

    def _look_at_the_clock(self) -> None:
        if self.steps < 0:
            raise too_many_steps()
        now = monotonic()
        if self._deadline == 0.0:
            self._deadline = now + SECONDS
        elif now > self._deadline:
            raise too_many_steps()
        self._next_check = self.steps - CHECK_EVERY


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


def check_size(value: Value) -> None:
    """Refuse a result that would not fit anywhere: lists share members, so a small one can unfold without end."""
    seen, waiting = 0, [value]
    while waiting:
        inner = waiting.pop()
        members = inner if isinstance(inner, list) else inner.values() if isinstance(inner, dict) else ()
        seen += 1 + len(members)
        if seen > MAX_RESULT:
            raise too_large()
        waiting.extend(member for member in members if isinstance(member, list | dict))
