"""FEEL, the expression language of DMN: text to a syntax tree to Python closures. No `eval`, no attribute access.

`compile(text)` gives an `Expression`, `compile_unary(text)` the tests of a decision table's cell. Values are plain
Python ones (see `values`); evaluation is bounded in steps, depth and size (see `limits`), knows only the
variables it is given and the clock and calendar of its `Env`, and never raises anything but `FeelLimit`.
"""

from engine.feel.env import Calendar, Env, Hours, Purse
from engine.feel.errors import FeelError, FeelLimit, FeelSyntaxError
from engine.feel.expression import Expression, UnaryTests, compile, compile_unary
from engine.feel.values import Function, Range, Value, YearsMonths

__all__ = [
    "Calendar", "Env", "Expression", "FeelError", "FeelLimit", "FeelSyntaxError", "Function", "Hours", "Purse",
    "Range",
    "UnaryTests", "Value", "YearsMonths", "compile", "compile_unary",
]
