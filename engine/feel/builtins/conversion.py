"""Functions that make one kind of value out of another."""

import re
import unicodedata

from engine.feel.builtins.registry import builtin
from engine.feel.decimals import CONTEXT, tidy
from engine.feel.limits import Run
from engine.feel.render import render
from engine.feel.values import Value, is_number

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
LONGEST = 1_000
"""Characters of a number."""
_SEPARATORS = {"٬": ",", "٫": "."}


@builtin("string", "from: any", run=True, cost=8)
def string(run: Run, value: Value) -> Value:
    return render(value, run)


@builtin("number", "from: any", cost=8)
def number(value: Value) -> Value:
    if is_number(value):
        return value
    return _read(value) if isinstance(value, str) else None


@builtin("number", "from: string", "grouping separator: any", "decimal separator: any", cost=8)
def number_with_separators(text: str, grouping: Value, point: Value) -> Value:
    if grouping not in (None, " ", ",", ".", "٬") or point not in (None, ".", ",", "٫") or (
        grouping is not None and grouping == point
    ):
        return None
    if grouping:
        text = text.replace(grouping, "")
    if point and point != ".":
        if "." in text:
            return None
        text = text.replace(point, ".")
    return _read(text)


@builtin("number", "from: string", "grouping separator: any", cost=8)
def number_with_grouping(text: str, grouping: Value) -> Value:
    return number_with_separators(text, grouping, None)


def _read(text: str) -> Value:
    stripped = text.strip()
    if len(stripped) > LONGEST:
        return None
    western = "".join(_digit(character) for character in stripped)
    if not _NUMBER.fullmatch(western):
        return None
    try:
        return tidy(CONTEXT.create_decimal(western))
    except ArithmeticError:
        return None


def _digit(character: str) -> str:
    """Arabic-Indic and other decimal digits as Western ones."""
    value = unicodedata.decimal(character, None)
    return _SEPARATORS.get(character, character) if value is None else str(value)
