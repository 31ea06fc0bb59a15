"""FEEL's numbers: 34 decimal digits and exponents of at most 6144, as decimal128 has them. What lies beyond is null."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from functools import lru_cache
from typing import Any

CONTEXT = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144,
                  traps=[InvalidOperation, DivisionByZero, Overflow])
WHOLE = 10**34
"""Whole numbers below it are Python's own."""


def number(value: int | Decimal) -> int | Decimal | None:
    """A number within FEEL's 34 digits, null beyond its exponents; whole ones of moderate size as int, so that they
    stay quick."""
    if type(value) is int and -WHOLE < value < WHOLE:
        return value
    try:
        found = CONTEXT.create_decimal(_shortened(value) if type(value) is int else value)
    except (ArithmeticError, ValueError):
        return None
    return found if found.is_finite() else None


@lru_cache(1024)
def _shortened(value: int) -> int | str:
    """A whole number that rounds to the same 34 digits: to write out thousands of digits takes Python a millisecond,
    and nobody pays for it. The last digit says whether anything was left out."""
    surplus = int(value.bit_length() * 0.30103) - 40
    if surplus <= 0:
        return value
    if surplus > CONTEXT.Emax:
        raise OverflowError
    kept, rest = divmod(abs(value), _power_of_ten(surplus))
    return f"{'-' if value < 0 else ''}{kept}{1 if rest else 0}E{surplus - 1}"


@lru_cache(256)
def _power_of_ten(exponent: int) -> int:
    return int(10**exponent)


def tidy(value: Decimal) -> Any:
    """A number without needless digits: a whole one as int. Null for what is no number."""
    if not value.is_finite():
        return None
    if -WHOLE < value < WHOLE:
        whole = int(value)
        return whole if whole == value else value
    return value


def whole(value: int | Decimal) -> int:
    """The whole part of a number, for a place, a count or a scale; ValueError beyond 34 digits, where none makes
    sense and Python would take long to write one out."""
    if not -WHOLE < value < WHOLE:
        raise ValueError("a whole number of more than 34 digits")
    return int(value)
