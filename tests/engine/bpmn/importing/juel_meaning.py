"""The older engines' expression language, as its specification tells it: a tree of an expression, how it is written,
and what it comes to. Written for the tests of the translation, which must come to the same."""

from collections.abc import Callable, Mapping
from typing import Any

Tree = tuple[Any, ...]
"""("var", name), ("lit", value), or an operator with its parts."""
VARIABLES = "xy"
ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b, ">": lambda a, b: a > b, "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b}


class Refused(Exception):
    """There such an expression ends with an error."""


def written(tree: Tree) -> str:
    """An expression as it stands in a file, without `${ }`."""
    match tree:
        case ("var", name):
            return str(name)
        case ("lit", value):
            return {None: "null", True: "true", False: "false"}.get(value, repr(value)) if (
                value is None or isinstance(value, bool)) else repr(value)
        case ("not" | "neg" | "empty" as word, part):
            return f"{ {'not': '!', 'neg': '-', 'empty': 'empty '}[word]}({written(part)})"
        case ("if", condition, yes, no):
            return f"({written(condition)}) ? ({written(yes)}) : ({written(no)})"
        case ("equals" | "isEmpty" | "size" as word, of, *given):
            return f"{written(of)}.{word}({', '.join(map(written, given))})"
        case (word, left, right):
            return f"({written(left)}) {word} ({written(right)})"
    raise AssertionError(tree)


def value(tree: Tree, variables: Mapping[str, Any]) -> Any:
    """What it comes to. Raises Refused."""
    match tree:
        case ("var", name):
            return variables[name]
        case ("lit", value_):
            return value_
        case ("if", condition, yes, no):
            return value(yes if as_truth(value(condition, variables)) else no, variables)
        case ("and", left, right):
            return as_truth(value(left, variables)) and as_truth(value(right, variables))
        case ("or", left, right):
            return as_truth(value(left, variables)) or as_truth(value(right, variables))
    word, *parts = tree
    given = [value(part, variables) for part in parts]
    if word in ORDER:
        return _ordered(word, *given)
    return _WORDS[word](*given)


def as_truth(it: Any) -> bool:
    """A value where a truth is wanted."""
    if it is None or isinstance(it, bool):
        return bool(it)
    if isinstance(it, str):
        return it.lower() == "true"
    raise Refused


def as_number(it: Any) -> float:
    """A value where a number is wanted."""
    if it is None or it == "":
        return 0
    if isinstance(it, bool | list | dict):
        raise Refused
    try:
        return float(it)
    except ValueError:
        raise Refused from None


def _is_number(it: Any) -> bool:
    return isinstance(it, int | float) and not isinstance(it, bool)


def as_text(it: Any) -> str:
    """A value where a text is wanted."""
    return "" if it is None else str(it).lower() if isinstance(it, bool) else str(it)


def _equal(a: Any, b: Any) -> bool:
    if a is None or b is None:
        return a is b
    if _is_number(a) or _is_number(b):
        return as_number(a) == as_number(b)
    if isinstance(a, bool) or isinstance(b, bool):
        return as_truth(a) == as_truth(b)
    if isinstance(a, str) or isinstance(b, str):
        return as_text(a) == as_text(b)
    return bool(a == b)


def accident(a: Any, b: Any) -> bool:
    """What the translation leaves out on purpose: `false` is every text but "true" there, and 0 the empty text."""
    text, other = (a, b) if isinstance(a, str) else (b, a)
    if not isinstance(text, str):
        return False
    return (other is False and text.lower() not in ("true", "false")) or (text == "" and _is_number(other))


def _ordered(word: str, a: Any, b: Any) -> bool:
    if a is b and word in ("<=", ">="):
        return True
    if a is None or b is None:
        return False
    if _is_number(a) or _is_number(b):
        return ORDER[word](as_number(a), as_number(b))
    if isinstance(a, str) or isinstance(b, str):
        return ORDER[word](as_text(a), as_text(b))
    raise Refused


def _divided(a: Any, b: Any) -> float:
    if not as_number(b):
        raise Refused
    return as_number(a) / as_number(b)


def _method(kinds: tuple[type, ...], made: Callable[..., Any]) -> Callable[..., Any]:
    def call(of: Any, *given: Any) -> Any:
        if not isinstance(of, kinds):
            raise Refused
        return made(of, *given)

    return call


_WORDS: dict[str, Callable[..., Any]] = {
    "==": _equal, "!=": lambda a, b: not _equal(a, b), "not": lambda a: not as_truth(a),
    "neg": lambda a: -as_number(a), "empty": lambda a: a is None or (a in ("", [], {}) and not isinstance(a, bool)),
    "+": lambda a, b: as_number(a) + as_number(b), "-": lambda a, b: as_number(a) - as_number(b),
    "*": lambda a, b: as_number(a) * as_number(b), "/": _divided,
    "equals": _method((object,), lambda a, b: a is not None and type(a) is type(b) and a == b),
    "isEmpty": _method((str, list, dict), lambda a: not a), "size": _method((list, dict), len),
}
