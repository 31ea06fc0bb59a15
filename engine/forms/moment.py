"""What an answer is judged by besides itself: the lists, the clock and the other answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.feel.env import Env
from engine.forms.lists import Lists

Decide = Callable[[str, Mapping[str, object]], object]
"""Runs a decision by its id over variables; given by the caller, since forms know no decisions."""


@dataclass(frozen=True)
class Moment:
    """One reading or showing of a form. `variables` are the answers so far over the context."""

    lists: Lists
    env: Env
    variables: Mapping[str, object] = field(default_factory=dict)
    locale: str = "ar"
    decide: Decide | None = None
