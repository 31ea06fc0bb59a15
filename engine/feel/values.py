"""The values of FEEL in Python terms, and their kinds.

null None · number int or Decimal · text str · boolean bool · date, time, date and time from `datetime` ·
days and time duration timedelta · years and months duration YearsMonths · list · context dict · Range · Function.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from engine.feel.decimals import WHOLE, number

Value: TypeAlias = Any
"""Any FEEL value; the kinds are told apart at run time."""


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration of years and months, in months; negative ones go back in time."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """Values between two ends. `(> 5)` is unbounded: it has no end; in other ranges an end of None is unknown."""

    start: Value
    end: Value
    start_included: bool = True
    end_included: bool = True
    unbounded: bool = False


class Function:
    """Something that can be called: a built-in, a function of the expression itself, or a business knowledge model."""

    __slots__ = ("call", "parameters", "type")

    def __init__(
        self, call: Callable[[Sequence[Value]], Value], parameters: tuple[str, ...], type_: object = None
    ) -> None:
        self.call, self.parameters, self.type = call, parameters, type_


NUMBERS = frozenset({int, Decimal})
KINDS: dict[type, str] = {
    bool: "boolean", int: "number", Decimal: "number", float: "number", str: "string",
    datetime: "date and time", date: "date", time: "time",
    timedelta: "days and time duration", YearsMonths: "years and months duration",
    list: "list", tuple: "list", dict: "context", Range: "range", Function: "function",
}


def kind(value: Value) -> str | None:
    """The FEEL name of the value's type; None for null and for what is not a FEEL value."""
    found = KINDS.get(type(value))
    if found is None and value is not None:
        found = next((KINDS[base] for base in type(value).__mro__ if base in KINDS), None)
    return found


def is_number(value: Value) -> bool:
    """Whether the value is a number (a boolean is not)."""
    return type(value) in NUMBERS


def plain(value: Value) -> Value:
    """A value of the host in FEEL's terms: floats become exact decimals, tuples lists, numbers beyond 34 digits are
    rounded to them; the rest stays."""
    sort = type(value)
    if sort is int:
        return value if -WHOLE < value < WHOLE else number(value)
    if sort is Decimal:
        return number(value)
    if sort is float:
        return number(Decimal(repr(value)))
    return list(value) if sort is tuple else value
