"""When two FEEL values are the same, and why ours may differ from feelin's."""

from collections.abc import Callable
from typing import Any

from engine.feel.temporal import duration_of
from engine.feel.values import YearsMonths
from tests.campaigns.feel_dice import Node

Answer = dict[str, Any]


def same(mine: Answer, other: Answer) -> bool:
    """Whether two answers are equal values, or both no answer."""
    if "error" in mine or "error" in other:
        return "error" in mine and "error" in other
    return alike(mine["value"], other["value"])


def alike(one: Any, two: Any) -> bool:
    """Equal values: numbers to ten digits, durations by their length."""
    if isinstance(one, bool) or isinstance(two, bool) or one is None or two is None:
        return one is two
    if number(one) is not None and number(two) is not None:
        return close(number(one), number(two))
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(alike, one, two))
    if isinstance(one, dict) and isinstance(two, dict):
        if "$p" in one and "$p" in two:
            return bool(length(one["$p"]) == length(two["$p"]))
        return bool(one.keys() == two.keys()) and all(alike(value, two[key]) for key, value in one.items())
    return bool(one == two)


def number(value: Any) -> float | None:
    """A number in either's words."""
    if isinstance(value, dict) and "$n" in value:
        return float(value["$n"])
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def close(one: float | None, two: float | None) -> bool:
    """Equal to ten digits: feelin counts in binary."""
    assert one is not None and two is not None
    return bool(abs(one - two) <= 1e-10 * max(1.0, abs(one), abs(two)))


def length(text: str) -> Any:
    """What a duration lasts."""
    found = duration_of(text)
    return (found.months if isinstance(found, YearsMonths) else found) if found is not None else text


def explained(node: Node, mine: Answer, other: Answer) -> str:
    """Why the two may differ in the outermost step of an expression; empty where nobody knows."""
    for patterns, holds, reason in RULES:
        if node.pattern in patterns and holds(mine, other):
            return reason
    return ""


def value_of(answer: Answer) -> Any:
    """The value of an answer; an error is none."""
    return answer.get("value", ERROR)


def is_(kind: str) -> Callable[[Any], bool]:
    """Whether a value is of a tagged kind."""
    return lambda value: isinstance(value, dict) and kind in value


def null(value: Any) -> bool:
    """Whether it is null."""
    return value is None


def anything(value: Any) -> bool:
    """Whatever it is."""
    del value
    return True


def error(value: Any) -> bool:
    """Whether feelin stopped with an error."""
    return value is ERROR


def of_type(*kinds: type) -> Callable[[Any], bool]:
    """Whether a value is of a plain kind."""
    return lambda value: isinstance(value, kinds)


def both(mine_is: Callable[[Any], bool], other_is: Callable[[Any], bool]) -> Callable[[Answer, Answer], bool]:
    """A condition on ours and one on feelin's value."""
    return lambda mine, other: mine_is(value_of(mine)) and other_is(value_of(other))


ERROR = object()
"""What stands for an error among values."""
COMPARISONS = tuple(f"({{}} {sign} {{}})" for sign in ("=", "!=", "<", "<=", ">", ">="))
RULES: tuple[tuple[tuple[str, ...], Callable[[Answer, Answer], bool], str], ...] = (
    (("({} * {})", "({} / {})"), both(is_("$p"), null), "feelin has no product or quotient of a duration"),
    (("({} + {})", "({} - {})"), both(is_("$d"), is_("$dt")),
     "a date and a duration of days give a date; feelin gives a date and time"),
    (("years and months duration({}, {})",), both(is_("$p"), is_("$p")),
     "years and months hold no days; feelin leaves them in"),
    (("substring({}, 1, {})",), both(null, of_type(str)), "a length below one or none at all is null, not a text"),
    (("sublist({}, 2)", "remove({}, 1)", "insert before({}, 1, {})"), both(null, of_type(list)),
     "a position outside the list is null"),
    (("({} = {})", "({} != {})"), both(of_type(bool), null), "lists of other lengths are not equal, not null"),
    (("(for x in {} return x + {})",), both(of_type(list), null), "one value is taken for a list of one"),
    (("union({}, {})", "append({}, {})", "concatenate({}, {})", "flatten([{}, {}])"), both(of_type(list), null),
     "one value, null as well, is taken for a list of one"),
    (("union({}, {})", "append({}, {})", "concatenate({}, {})"), both(of_type(list), error),
     "one value is taken for a list of one; feelin stops with an error"),
    (("union({}, {})", "concatenate({}, {})"), both(null, of_type(list)),
     "null is no list to put together; feelin takes it for a member"),
    (("modulo({}, {})",), both(anything, of_type(int, float)), "feelin rounds a remainder to nine digits"),
    (("string({})",), both(of_type(str), of_type(str)), "34 decimal digits, where feelin has the 16 of binary numbers"),
    (("(some x in {} satisfies x > {})", "(every x in {} satisfies x < {})"), both(null, of_type(bool)),
     "an unknown test among the members leaves the answer unknown"),
    (("(if {} then {} else {})",), both(anything, anything),
     "only true takes the first branch; feelin takes [] for true"),
    (("median({})",), both(anything, of_type(int, float)), "feelin sorts negative numbers as texts"),
    (("sort({}, function(x, y) x < y)",), both(anything, error), "what cannot be compared stays; feelin stops"),
    (("({} in [1..10])", "({} in ({}, {}))"), both(null, of_type(bool)), "what cannot be compared is null"),
    (("({} between {} and {})",), both(of_type(bool), of_type(bool)),
     "between holds nothing when its bounds are the wrong way round; feelin turns them"),
    (("{}[item > {}]",), both(of_type(list), null), "a filter of nothing is the empty list"),
    (COMPARISONS, both(null, error), "what cannot be compared is null; feelin stops with an error"),
    (("date and time({}, {})", "date({})", "time({})"), both(null, error), "no such date is null; feelin stops"),
)
"""Patterns of the step, a condition on the two answers, the reason."""
