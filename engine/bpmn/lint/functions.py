"""Functions that an expression calls: those of FEEL with the values they take; variables never hold any."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from engine.feel import FeelError, compile
from engine.feel.builtins import FUNCTIONS
from engine.feel.nodes import Call, Name, Node, Path

NO_SUCH, WITHOUT_ARGUMENTS = "no such function", "other arguments"


def known_functions() -> list[str]:
    """Their names."""
    return sorted(FUNCTIONS)


def called_wrongly(text: str | None) -> list[tuple[str, str]]:
    """The functions that an expression calls although they do not exist, or do not take such values, and why.
    Nothing for what FEEL cannot read."""
    if text is None:
        return []
    try:
        tree = compile(text).tree
    except FeelError:
        return []
    return list(dict.fromkeys(found for call in _calls(tree) if (found := _wrong(call)) is not None))


def _calls(node: Any) -> Iterator[Call]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Call):
            yield one
        if isinstance(one, Node):
            waiting.extend(getattr(one, field.name) for field in fields(one))
        elif isinstance(one, tuple):
            waiting.extend(one)


def _wrong(call: Call) -> tuple[str, str] | None:
    function = call.function
    if isinstance(function, Path):
        return _reaches(function)
    if not isinstance(function, Name) or function.local:
        return None
    known = FUNCTIONS.get(function.name)
    if known is None:
        return function.name, NO_SUCH
    if call.named:
        fits = any(one.order([name for name, _ in call.named]) is not None for one in known.overloads)
        fits = fits and not call.arguments
    else:
        fits = any(one.takes(len(call.arguments)) for one in known.overloads)
    return None if fits else (function.name, WITHOUT_ARGUMENTS)


def _reaches(function: Path) -> tuple[str, str] | None:
    """An entry of a variable is called: only a context that the expression itself writes can hold a function."""
    base, names = function.base, [function.name]
    while isinstance(base, Path):
        names.append(base.name)
        base = base.base
    if isinstance(base, Name) and not base.local:
        return ".".join([base.name, *reversed(names)]), NO_SUCH
    return None
