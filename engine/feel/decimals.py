"""FEEL's numbers: 34 decimal digits and exponents of at most 6144, as decimal128 has them. What lies beyond is null."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

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
        found = CONTEXT.create_decimal(value)
    except (ArithmeticError, ValueError):
        return None
    return found if found.is_finite() else None


def tidy(value: Decimal) -> int | Decimal | None:
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
