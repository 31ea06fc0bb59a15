"""A translated expression comes to what it came to in the older engines, for values of every kind, or there is none."""

import itertools
import random
from collections.abc import Iterator
from typing import Any

import pytest

from engine.bpmn.importing.juel import translated
from engine.feel import Env, compile
from engine.feel.values import Value
from tests.engine.bpmn.importing.juel_meaning import Refused, Tree, accident, as_text, as_truth, value, written

VALUES: tuple[Any, ...] = (None, True, False, "", "a", "1", "true", "TRUE", "false", 0, 1, -1, [], [1], [""], {})
LITERALS: tuple[Any, ...] = (None, True, False, "", "a", "1", "true", "false", 0, 1)
COMPARED = ("==", "!=", "<", ">", "<=", ">=")
ANY = [("var", "x"), ("var", "y"), *(("lit", one) for one in LITERALS)]


def simple() -> Iterator[Tree]:
    """Every operator over every literal and variable."""
    yield ("var", "x")
    for word in ("not", "neg", "empty"):
        yield from ((word, part) for part in ANY)
    for word in ("isEmpty", "size"):
        yield (word, ("var", "x"))
    yield from (("equals", ("var", "x"), part) for part in ANY)
    for word in (*COMPARED, "and", "or", "+", "-", "*", "/"):
        yield from ((word, left, right) for left in ANY for right in ANY)


SIMPLE = list(simple())


def deep(chance: random.Random, level: int) -> Tree:
    """A random expression."""
    if level == 0:
        return chance.choice(SIMPLE)
    word = chance.choice(("not", "empty", "and", "or", "if", "==", "!=", "<", "+", "not"))
    if word in ("not", "empty"):
        return (word, deep(chance, level - 1))
    if word == "if":
        return (word, deep(chance, level - 1), deep(chance, level - 1), deep(chance, level - 1))
    return (word, deep(chance, level - 1), deep(chance, level - 1))


def meant(tree: Tree, given: dict[str, Any]) -> Any:
    """What it came to, with the accidents left out. Raises Refused."""
    if tree[0] in ("==", "!="):
        left, right = (meant(part, given) for part in tree[1:])
        named = ("lit", right) in tree[1:] if isinstance(right, str) else ("lit", left) in tree[1:]
        if named and accident(left, right):
            return tree[0] == "!="
    if tree[0] in ("var", "lit"):
        return value(tree, given)
    if tree[0] in ("and", "or", "if"):
        first = as_truth(meant(tree[1], given))
        if tree[0] == "if":
            return meant(tree[2 if first else 3], given)
        return first if first is (tree[0] == "or") else as_truth(meant(tree[2], given))
    return value((tree[0], *(("lit", meant(part, given)) for part in tree[1:])), {})


def compared(tree: Tree) -> int:
    """Compares the translation of a tree with what it means; how many values told."""
    text, told = "${" + written(tree) + "}", 0
    asked, said = (translated(text, asks) for asks in (True, False))
    condition, plain = (None if feel is None else compile(feel[1:]) for feel in (asked, said))
    for x, y in itertools.product(VALUES, VALUES if "y" in text else (None,)) if condition or plain else ():
        given = {"x": x, "y": y}
        try:
            wanted = meant(tree, given)
        except Refused:
            continue
        if plain is not None:
            assert same(plain(given, Env()), wanted), (text, said, given, plain(given, Env()), wanted)
            told += 1
        try:
            so = as_truth(wanted)
        except Refused:
            continue
        if condition is not None:
            assert (condition(given, Env()) is True) is so, (text, asked, given, condition(given, Env()), so)
            told += 1
    return told


def same(found: Value, wanted: Any) -> bool:
    """Whether two values are the same and of one kind."""
    if isinstance(found, bool) or isinstance(wanted, bool) or found is None or wanted is None:
        return found is wanted
    return bool(found == wanted)


def test_every_operator_over_every_kind_of_value_comes_to_the_same() -> None:
    told = sum(map(compared, SIMPLE))
    assert told > 4_000


def test_expressions_within_expressions_come_to_the_same() -> None:
    chance = random.Random(13)
    told = sum(compared(deep(chance, chance.choice((1, 1, 2)))) for _ in range(1500))
    assert told > 2_000


@pytest.mark.parametrize("text", ["not empty x", "!x", "empty x", "x == 'a'", "x != 'a'", "!(x == 'a')", "x == true",
                                  "x == false", "x > 0", "x < 5", "x + 1", "x == null", "x != null && x != ''",
                                  "x ? 1 : 2", "x.size() > 1", "!x.isEmpty()", "x || y", "nrOfInstances > 1"])
def test_what_people_write_most_is_translated(text: str) -> None:
    assert translated("${" + text + "}", asks=text not in ("x + 1", "x ? 1 : 2")) is not None


@pytest.mark.parametrize("text", ["x == y", "x < y", "x < 'm'", "x / y", "1 / 0", "'a' + x", "x.equals(1)", "1 ? 2 : 3",
                                  "x && 'a'", "x == (y > 1)", "number > 1", "x + number", "string != 'a'"])
def test_what_depends_on_the_kind_of_two_sides_is_a_persons(text: str) -> None:
    assert translated("${" + text + "}", asks=True) is None


def test_a_text_with_holes_is_the_same_text_and_null_is_nothing_in_it() -> None:
    said = translated("a ${x}, #{x == 'a'}; ${'b'}${null}!")
    assert said is not None
    for x in (None, True, False, "", "a", "1", 0, 1):
        wanted = f"a {as_text(x)}, {as_text(x == 'a')}; b!"
        assert compile(said[1:])({"x": x}, Env()) == wanted


def test_the_third_time_of_a_repeated_activity_is_the_third_time_still() -> None:
    said = translated("${loopCounter == 2}")
    assert said is not None and compile(said[1:])({"loopCounter": 3}, Env()) is True
