"""Reading once what many rules ask: remembered on the diagram, level, node or surroundings that was asked about."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Asked = TypeVar("Asked")
Told = TypeVar("Told")


def once(function: Callable[[Asked], Told]) -> Callable[[Asked], Told]:
    """A function that remembers its answer on what it was asked about. Nothing of a diagram changes once it is read."""
    key = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def remembered(asked: Asked) -> Told:
        held = asked.__dict__
        if key not in held:
            held[key] = function(asked)
        answer: Told = held[key]
        return answer

    return remembered
