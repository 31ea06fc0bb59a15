"""Random FEEL expressions that make sense: built by the kind of their value, from words that both evaluators know."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

CONTEXT = {"n": 7, "m": -2.5, "s": "مسار", "t": "abc", "b": True, "l": [3, 1, 2], "w": ["b", "a"],
           "c": {"k": 1, "j": "x"}}
KINDS = ("number", "text", "truth", "date", "time", "moment", "days", "months", "numbers", "texts", "context")
Make = Callable[["Dice", int], "Node"]


@dataclass(frozen=True)
class Node:
    """An expression: a pattern and what fills its gaps. No part of it needs a variable of the whole."""

    pattern: str
    parts: tuple["Node", ...] = ()

    @property
    def text(self) -> str:
        """As it is written."""
        return self.pattern.format(*(part.text for part in self.parts)) if self.parts else self.pattern

    def all(self) -> Iterator["Node"]:
        """Its parts and theirs, inner ones first, then itself."""
        for part in self.parts:
            yield from part.all()
        yield self


class Dice:
    """Throws expressions; the same seed throws the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def one_of(self, choices: Sequence[str]) -> str:
        """One of some texts."""
        return self.random.choice(choices)

    def any(self, depth: int) -> Node:
        """An expression of any kind."""
        return self.of(self.one_of(KINDS), depth)

    def of(self, kind: str, depth: int) -> Node:
        """An expression of a kind; a bare value when it is deep enough. Now and then one of the wrong kind."""
        if self.random.random() < 0.03:
            return Node(self.one_of(("null", '"?"', "0", "[]", "{}", "missing")))
        ways = LEAVES if depth <= 0 or self.random.random() < 0.15 else WAYS
        return self.random.choice(ways[kind])(self, depth - 1)


def said(*texts: str) -> Make:
    """One of these."""
    return lambda dice, _depth: Node(dice.one_of(texts))


def built(pattern: str, *kinds: str) -> Make:
    """A pattern whose gaps are filled with expressions of some kinds."""
    return lambda dice, depth: Node(pattern, tuple(dice.of(kind, depth) for kind in kinds))


def compared(dice: Dice, depth: int) -> Node:
    kind = dice.one_of(("number", "text", "date", "time", "moment", "days", "months"))
    sign = dice.one_of(("=", "!=", "<", "<=", ">", ">="))
    return Node(f"({{}} {sign} {{}})", (dice.of(kind, depth), dice.of(kind, depth)))


LEAVES: dict[str, list[Make]] = {
    "number": [said("0", "1", "2", "3", "10", "0.5", "2.25", "-4", "100", "7.1"), said("n", "m", "c.k")],
    "text": [said('"a"', '"bc"', '""', '"مسار"', "s", "t", "c.j", '"a b c"')],
    "truth": [said("true", "false", "b")],
    "date": [said('date("2026-01-31")', 'date("2024-02-29")', 'date("1999-12-31")', "date(2026, 3, 1)")],
    "time": [said('time("10:20:30")', 'time("23:59:59")', "time(1, 2, 3)")],
    "moment": [said('date and time("2026-01-31T10:00:00")', 'date and time("2024-02-29T23:59:59")')],
    "days": [said('duration("P1D")', 'duration("PT36H")', 'duration("-PT90M")', 'duration("P1DT2H3M4S")')],
    "months": [said('duration("P1Y")', 'duration("P14M")', 'duration("-P1M")')],
    "numbers": [said("[1, 2, 3]", "l", "[]", "[5]", "[2, 2, 1]")],
    "texts": [said('["a", "b"]', "w", '["x"]')],
    "context": [said("c", "{k: 2}", '{k: 3, j: "y"}')],
}
WAYS: dict[str, list[Make]] = {
    "number": [
        built("({} + {})", "number", "number"), built("({} - {})", "number", "number"),
        built("({} * {})", "number", "number"), built("({} / {})", "number", "number"),
        built("(-{})", "number"), built("(if {} then {} else {})", "truth", "number", "number"),
        built("count({})", "numbers"), built("sum({})", "numbers"), built("min({})", "numbers"),
        built("max({})", "numbers"), built("mean({})", "numbers"), built("{}[1]", "numbers"),
        built("{}[-1]", "numbers"),
        built("abs({})", "number"), built("floor({})", "number"), built("ceiling({})", "number"),
        built("modulo({}, {})", "number", "number"), built("decimal({}, 1)", "number"),
        built("string length({})", "text"), built("{}.year", "date"), built("{}.day", "date"),
        built("{}.hour", "time"),
        built("{}.days", "days"), built("{}.months", "months"), built("{}.k", "context"),
        built("median({})", "numbers"),
    ],
    "text": [
        built("({} + {})", "text", "text"), built("upper case({})", "text"), built("lower case({})", "text"),
        built("substring({}, 2)", "text"), built("substring({}, 1, {})", "text", "number"),
        built("string({})", "number"),
        built('substring before({}, "b")', "text"), built('substring after({}, "b")', "text"),
        built('string join({}, "-")', "texts"), built("(if {} then {} else {})", "truth", "text", "text"),
        built('replace({}, "a", "z")', "text"), built("string({})", "date"), built("string({})", "days"),
    ],
    "truth": [
        compared, compared, built("({} and {})", "truth", "truth"), built("({} or {})", "truth", "truth"),
        built("not({})", "truth"), built("({} in [1..10])", "number"),
        built("({} in ({}, {}))", "number", "number", "number"),
        built("({} between {} and {})", "number", "number", "number"), built("contains({}, {})", "text", "text"),
        built("starts with({}, {})", "text", "text"), built("ends with({}, {})", "text", "text"),
        built("list contains({}, {})", "numbers", "number"), built("({} = {})", "numbers", "numbers"),
        built("(some x in {} satisfies x > {})", "numbers", "number"),
        built("(every x in {} satisfies x < {})", "numbers", "number"), built("({} = null)", "number"),
        built('matches({}, "^a.*")', "text"), built("({} instance of number)", "number"),
        built("all([{}, {}])", "truth", "truth"),
        built("any([{}, {}])", "truth", "truth"), built("({} = {})", "context", "context"),
    ],
    "date": [
        built("({} + {})", "date", "months"), built("({} + {})", "date", "days"), built("({} - {})", "date", "days"),
        built("date({})", "moment"),
    ],
    "time": [built("({} + {})", "time", "days"), built("time({})", "moment")],
    "moment": [
        built("({} + {})", "moment", "days"), built("({} - {})", "moment", "months"),
        built("date and time({}, {})", "date", "time"),
    ],
    "days": [
        built("({} - {})", "date", "date"), built("({} + {})", "days", "days"), built("({} * {})", "days", "number"),
        built("({} - {})", "moment", "moment"),
    ],
    "months": [built("({} + {})", "months", "months"), built("years and months duration({}, {})", "date", "date")],
    "numbers": [
        built("[{}, {}]", "number", "number"), built("(for x in {} return x + {})", "numbers", "number"),
        built("{}[item > {}]", "numbers", "number"), built("sort({}, function(x, y) x < y)", "numbers"),
        built("append({}, {})", "numbers", "number"), built("concatenate({}, {})", "numbers", "numbers"),
        built("reverse({})", "numbers"), built("distinct values({})", "numbers"),
        built("flatten([{}, {}])", "numbers", "numbers"),
        built("(for i in 1..3 return i * {})", "number"), built("sublist({}, 2)", "numbers"),
        built("insert before({}, 1, {})", "numbers", "number"), built("remove({}, 1)", "numbers"),
        built("index of({}, {})", "numbers", "number"), built("union({}, {})", "numbers", "numbers"),
    ],
    "texts": [
        built("[{}, {}]", "text", "text"), built('split({}, "b")', "text"),
        built("(for x in {} return x + {})", "texts", "text"),
    ],
    "context": [
        built("{{k: {}, j: {}}}", "number", "text"),
        built("context put({}, \"k\", {})", "context", "number"),
    ],
}
