"""Functions on numbers."""

from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from engine.feel.builtins.registry import builtin
from engine.feel.decimals import CONTEXT, tidy, whole
from engine.feel.values import Value, YearsMonths

_SCALES = range(-6111, 6177)


def _rounded(value: Value, scale: Value, rounding: str) -> Value:
    places = whole(scale or 0)
    if places not in _SCALES:
        return None
    exact = Decimal(value)
    if int(exact.as_tuple().exponent) >= -places:
        return value
    return tidy(exact.quantize(Decimal(1).scaleb(-places), rounding=rounding, context=CONTEXT))


@builtin("decimal", "n: number", "scale: number")
def decimal(value: Value, scale: Value) -> Value:
    return _rounded(value, scale, ROUND_HALF_EVEN)


@builtin("floor", "n: number", "scale: number?")
def floor(value: Value, scale: Value = 0) -> Value:
    return _rounded(value, scale, ROUND_FLOOR)


@builtin("ceiling", "n: number", "scale: number?")
def ceiling(value: Value, scale: Value = 0) -> Value:
    return _rounded(value, scale, ROUND_CEILING)


@builtin("round up", "n: number", "scale: number")
def round_up(value: Value, scale: Value) -> Value:
    return _rounded(value, scale, ROUND_UP)


@builtin("round down", "n: number", "scale: number")
def round_down(value: Value, scale: Value) -> Value:
    return _rounded(value, scale, ROUND_DOWN)


@builtin("round half up", "n: number", "scale: number")
def round_half_up(value: Value, scale: Value) -> Value:
    return _rounded(value, scale, ROUND_HALF_UP)


@builtin("round half down", "n: number", "scale: number")
def round_half_down(value: Value, scale: Value) -> Value:
    return _rounded(value, scale, ROUND_HALF_DOWN)


@builtin("abs", "n: number|duration")
def absolute(value: Value) -> Value:
    if isinstance(value, YearsMonths):
        return YearsMonths(abs(value.months))
    if isinstance(value, timedelta):
        return max(value, -value)
    return CONTEXT.abs(value) if isinstance(value, Decimal) else abs(value)


@builtin("modulo", "dividend: number", "divisor: number", cost=5)
def modulo(dividend: Value, divisor: Value) -> Value:
    if not divisor:
        return None
    whole = CONTEXT.divide(dividend, divisor).to_integral_value(ROUND_FLOOR, CONTEXT)
    return tidy(CONTEXT.subtract(dividend, CONTEXT.multiply(divisor, whole)))


@builtin("sqrt", "number: number")
def sqrt(value: Value) -> Value:
    return tidy(CONTEXT.sqrt(value)) if value >= 0 else None


@builtin("log", "number: number", cost=60)
def log(value: Value) -> Value:
    return tidy(CONTEXT.ln(value)) if value > 0 else None


@builtin("exp", "number: number", cost=60)
def exp(value: Value) -> Value:
    return tidy(CONTEXT.exp(value))


@builtin("odd", "number: number")
def odd(value: Value) -> Value:
    return abs(modulo(value, 2)) == 1


@builtin("even", "number: number")
def even(value: Value) -> Value:
    return modulo(value, 2) == 0
