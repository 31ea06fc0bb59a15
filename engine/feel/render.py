"""Values as text, the way `string()` writes them."""

from decimal import Decimal

from engine.feel.decimals import CONTEXT
from engine.feel.env import Env
from engine.feel.errors import too_deep, too_large
from engine.feel.lexer import KEYWORDS
from engine.feel.limits import MAX_TEXT, MAX_VALUE_DEPTH, Run
from engine.feel.temporal import temporal_text
from engine.feel.values import Function, Range, Value, plain

_WORDS = {True: "true", False: "false"}


def render(value: Value, run: Run | None = None) -> str | None:
    """The text of a value; None for null and for functions."""
    value = plain(value)
    if value is None or isinstance(value, str):
        return value
    return _Writer(run or Run(Env())).write(value)


def number_text(value: int | Decimal) -> str:
    """A number in plain digits where that is short, in scientific notation otherwise."""
    if isinstance(value, int):
        return str(value)
    if not value:
        return "0"
    plainly = value.normalize(CONTEXT)
    exponent = int(plainly.as_tuple().exponent)
    return format(plainly, "f") if -40 <= exponent <= 40 else str(plainly)


class _Writer:
    """Writes nested values and counts the characters: shared members can unfold without end."""

    def __init__(self, run: Run) -> None:
        self.run, self.size, self.depth = run, 0, 0

    def write(self, value: Value) -> str:
        self.run.spend()
        self.depth += 1
        if self.depth > MAX_VALUE_DEPTH:
            raise too_deep()
        made = self._write(plain(value))
        self.depth -= 1
        self.size += len(made)
        if self.size > MAX_TEXT:
            raise too_large()
        return made

    def _write(self, value: Value) -> str:
        if value is None:
            return "null"
        if isinstance(value, bool):
            return _WORDS[value]
        if isinstance(value, int | Decimal):
            return number_text(value)
        if isinstance(value, str):
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if isinstance(value, list):
            return "[" + ", ".join(self.write(member) for member in value) + "]"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{_key(key)}: {self.write(inner)}" for key, inner in value.items()) + "}"
        if isinstance(value, Range):
            return self._range(value)
        return "function" if isinstance(value, Function) else temporal_text(value) or str(value)

    def _range(self, value: Range) -> str:
        if value.end is None and not value.end_included and value.start is not None:
            return f"({'>=' if value.start_included else '>'} {self.write(value.start)})"
        if value.start is None and not value.start_included and value.end is not None:
            return f"({'<=' if value.end_included else '<'} {self.write(value.end)})"
        opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
        return f"{opening}{self.write(value.start)}..{self.write(value.end)}{closing}"


def _key(key: str) -> str:
    words = key.split(" ")
    plain_name = all(word.isidentifier() for word in words) and KEYWORDS.isdisjoint(words)
    return key if plain_name else '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


