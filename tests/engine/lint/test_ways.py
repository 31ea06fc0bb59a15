"""Gateways without a default: what is said to be stuck is stuck, what is said to be proven holds for every value."""

import random
from itertools import product

import pytest

from engine.bpmn.lint.ways import ways_out
from engine.feel import compile
from tests.engine.lint.drawing import findings
from tests.engine.lint.shapes import choice

COMPLETE = [
    ["x = true", "x != true"], ["x", "x != true"], ['r.d = "a"', 'r.d != "a"'], ["x >= 5", "x < 5 or x = null"],
    ['x in ("a", "b")', 'not(x in ("a", "b"))'], ["x in [1..3]", "x < 1 or x > 3 or x = null"], ["true", "x"],
    ["x between 1 and 3", "x < 1", "x > 3", "x = null"], ["a = 1 and b = 2", "a != 1", "b != 2"],
    ["x = -1", "x != -1"], ["x = null", "x != null"], ['x in ["a", "b"]', 'x != "a" and x != "b"'],
]
STUCK = [
    ["x = 1", "x = 2"], ["x", "not(x)"], ["x >= 5", "x < 5"], ["x = 1 or x = 2", "x = true"],
    ["count(l) > 2", "count(l) <= 2"], ["x = true", "x = null"], ["y", "x = null"],
    ['r.d = "a"', 'r.d = "b"', "r.d = null"], ["x > 5", "x < 5", "x = null"], ["a = 1", "b = 1"], ["x > y", "x <= y"],
    ["x in [1..3]", "x in [4..9]", "x = null", "x < 1", "x > 9"], ["x", "x = false"],
]  # fmt: skip
UNTOLD = [["x = y", "x != y"], ["l = null or count(l) > 2", "count(l) <= 2"], ["x +", "x"]]


@pytest.mark.parametrize("conditions", COMPLETE, ids=" | ".join)
def test_conditions_that_leave_nothing_out_are_proven(conditions: list[str]) -> None:
    assert ways_out(conditions) == (None, True)


@pytest.mark.parametrize("conditions", STUCK, ids=" | ".join)
def test_a_value_without_a_way_is_named(conditions: list[str]) -> None:
    stuck, proven = ways_out(conditions)
    assert stuck is not None and stuck and not proven


@pytest.mark.parametrize("conditions", UNTOLD, ids=" | ".join)
def test_of_conditions_that_do_more_than_compare_nothing_is_claimed(conditions: list[str]) -> None:
    assert ways_out(conditions) == (None, False)


def test_what_is_said_of_random_conditions_is_true_for_every_value() -> None:
    chance = random.Random(1871)
    kinds = {"proven": 0, "stuck": 0}
    for _ in range(400):
        conditions = [_condition(chance, 2) for _ in range(chance.randint(2, 4))]
        stuck, proven = ways_out(conditions)
        everything = [dict(zip("xy", values, strict=True)) for values in product(_VALUES, _VALUES)]
        programs = [compile(text) for text in conditions]
        open_for = [any(program(given) is True for program in programs) for given in everything]
        if proven:
            assert all(open_for), conditions
        if stuck is not None:
            given = {path[0]: value for path, value in stuck.items()}
            assert not any(program(given) is True for program in programs), (conditions, given)
        assert proven or stuck is not None or not all(open_for), conditions
        kinds["proven" if proven else "stuck"] += 1
    assert min(kinds.values()) > 40


_VALUES = [None, 0, 1, 2, 2.5, 3, 4]


def _condition(chance: random.Random, depth: int) -> str:
    if depth and chance.random() < 0.5:
        one, other = _condition(chance, depth - 1), _condition(chance, depth - 1)
        return chance.choice((f"({one}) and ({other})", f"({one}) or ({other})", f"not({one})"))
    name, number = chance.choice("xy"), chance.randint(1, 3)
    return chance.choice((
        f"{name} = {number}", f"{name} != {number}", f"{name} < {number}", f"{name} >= {number}", f"{name} = null",
        f"{name} != null", f"{name} in [{number}..{number + 1}]", f"{number} <= {name}",
    ))


def test_one_gateway_breaks_one_rule() -> None:
    def rules(first: str, second: str, default: str = "") -> set[str]:
        return {f.rule for f in findings(choice(first, second, default)) if f.element == "way"}

    assert rules("=review.ok", "=not(review.ok)") == {"way-missing"}
    assert rules("=review.ok = true", "=review.ok != true") == set()
    assert rules("=review.ok", "", "way_second") == set()
    assert rules("=review.a = review.b", "=review.a != review.b") == {"default-missing"}
    assert rules("=review.ok", "${no}") == set()  # whose language is another rule's matter
