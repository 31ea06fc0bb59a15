"""What expressions come to: the language as analysts use it."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine.feel import Env, YearsMonths, compile, compile_unary

CASE = {
    "risk": {"score": 14}, "child": {"age": 9, "name": "أحمد محمد"}, "concerns": ["violence", "neglect"],
    "cases": [{"id": 1, "p": "high", "h": 5}, {"id": 2, "p": "low", "h": 2}, {"id": 3, "p": "high", "h": 7}],
    "amount": None, "الحالة": "مفتوحة", "level": "عال", "first": {"given name": "ليلى"},
}

EXPRESSIONS = [
    ('risk.score >= 12 and child.age < 18 and list contains(concerns, "violence")', True),
    ("child.age in [0..17]", True), ("5 in (1..5)", False), ('level in ("عال", "حرج")', True),
    ("child.age in [0..18) and risk.score > 1", True), ('الحالة = "مفتوحة"', True),
    ("string length(child.name)", 9), ('split(child.name, " ")', ["أحمد", "محمد"]),
    ("first.given name", "ليلى"), ("0.1 + 0.2 = 0.3", True), ("2 ** 3 ** 2", 64), ("-2 ** 2", 4),
    ("1 - 2 - 3", -4), ("7 / 2", Decimal("3.5")), ("6 / 2", 3), ("1 / 0", None),
    ('if risk.score > 10 then "high" else "low"', "high"), ('if null then 1 else 2', 2),
    ("for x in [1, 2, 3] return x * 2", [2, 4, 6]), ("for i in 3..1 return i", [3, 2, 1]),
    ("for x in [1, 2], y in [10, 20] return x + y", [11, 21, 12, 22]),
    ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", [1, 1, 2, 6, 24]),
    ('some c in cases satisfies c.p = "high" and c.h > 6', True), ("every c in cases satisfies c.h > 2", False),
    ('cases[p = "high"].id', [1, 3]), ("cases[-1].id", 3), ('concerns[item != "neglect"]', ["violence"]),
    ("cases[h > risk.score]", []), ("sum(cases.h)", 14), ('count(cases[p="high"])', 2),
    ("sort([3, 1, 2], function(a, b) a > b)", [3, 2, 1]), ("{a: 1, b: a + 1}.b", 2),
    ('get value({a: 1}, "a")', 1), ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
    ("{f: function(x) x * x, r: f(4)}.r", 16), ('substring(string: "foobar", start position: 3)', "obar"),
    ('upper case(substring("foobar", -3))', "BAR"), ('replace("a1b22", "[0-9]+", "#")', "a#b#"),
    ('matches("01012345678", "^01[0125][0-9]{8}$")', True), ("decimal(2.345, 2)", Decimal("2.34")),
    ("floor(-1.5)", -2), ("modulo(-12, 5)", 3), ("distinct values([1, 2, 1])", [1, 2]),
    ("overlaps([1..5], [3..8])", True), ("risk.score between 10 and 20", True),
    ("risk.score instance of number", True), ('number("١٢٫٥")', Decimal("12.5")), ('"a" + "b"', "ab"),
    ('string(1.50)', "1.5"), ("date = null", False), ("[1, [2, 3]] = [1, [2, 3]]", True), ("not(not(true))", True),
    ('"قال: \\"نعم\\""', 'قال: "نعم"'), ("// هكذا\n1 /* و */ + 1", 2), ("[1..5) = [1..5[", True),
]


@pytest.mark.parametrize(("text", "value"), EXPRESSIONS, ids=[text for text, _ in EXPRESSIONS])
def test_an_expression_comes_to_what_the_standard_says(text: str, value: object) -> None:
    found = compile(text)(CASE)
    assert found == value
    assert type(found) is not float and (isinstance(found, bool) == isinstance(value, bool))


NULLS = [
    ("amount = null", True), ("amount > 5", None), ("false and amount > 5", False), ("true or amount > 5", True),
    ("true and amount > 5", None), ("child.missing.deep", None), ("nosuch + 1", None), ('"a" < 1', None),
    ('"1" = 1', None), ("not(null)", None), ('upper case(5)', None), ('date("2026-02-30")', None),
    ("substring()", None), ("some x in [null, false] satisfies x", None), ("missing(1)", None),
    ('@"2026-01-01" > @"2026-01-01T00:00:00"', None), ("[1, 2][5]", None), ('matches("a", "(")', None),
]


@pytest.mark.parametrize(("text", "value"), NULLS, ids=[text for text, _ in NULLS])
def test_what_makes_no_sense_is_null_and_truth_has_three_values(text: str, value: object) -> None:
    assert compile(text)(CASE) is value


TIMES = [
    ('date("2026-11-22") - date("2026-11-20")', timedelta(days=2)),
    ('date("2026-01-31") + duration("P1M")', date(2026, 2, 28)),
    ('years and months duration(date("2017-03-05"), date("2026-11-22")).years', 9),
    ('date and time("2026-11-22T10:00:00Z") < date and time("2026-11-22T14:00:00+03:00")', True),
    ('@"2026-11-22T10:00:00Z" + @"PT36H"', datetime(2026, 11, 23, 22, tzinfo=UTC)),
    ('@"P1Y2M"', YearsMonths(14)), ('duration("PT72H") > @"P2D"', True), ('@"PT1H" * 1.5', timedelta(minutes=90)),
    ('day of week(@"2026-11-22")', "Sunday"), ('time("10:30:00") + duration("PT14H")', time(0, 30)),
    ('string(@"2026-11-22T10:00:00@Africa/Cairo")', "2026-11-22T10:00:00@Africa/Cairo"),
    ('@"2026-11-22".weekday', 7), ('string(@"PT36H")', "P1DT12H"), ('@"9999-12-31" + @"P1D"', None),
]


@pytest.mark.parametrize(("text", "value"), TIMES, ids=[text for text, _ in TIMES])
def test_dates_times_and_durations_are_exact(text: str, value: object) -> None:
    assert compile(text)({}) == value


def test_the_clock_is_passed_in_and_nothing_else_tells_the_time() -> None:
    now = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert compile("now()")({}, Env(now=now)) == now
    assert compile("today()")({}, Env(now=now)) == date(2026, 11, 22)
    assert compile("now()")({}) is None


UNARY = [
    ("[18..65]", 30, True), ("< 18", 9, True), ('"high","urgent"', "urgent", True), ('not("low")', "high", True),
    ("-", None, True), ("", 5, True), ('> date("2026-01-01")', date(2026, 6, 1), True), ("(5..10]", 5, False),
    ('starts with(?, "أ")', "أحمد", True), ("null", None, True), ("null,<18", None, True), ("<18", None, None),
    ("not(< 5, > 10)", 7, True), ('not("a")', None, True), ("not(? = 1) or ? = null", 1, False),
    ("count(?) > 1", [1, 2], True), ("some c in ? satisfies c = 1", None, None), ("> limit", 5, True),
]


@pytest.mark.parametrize(("text", "value", "passes"), UNARY, ids=[f"{text} {value}" for text, value, _ in UNARY])
def test_a_cell_tests_its_input(text: str, value: object, passes: bool | None) -> None:
    assert compile_unary(text)(value, {"limit": 3}) is passes


def test_an_expression_names_the_variables_it_reads_from_outside() -> None:
    assert compile("reception.age < 18 and case.risk = x").names == {"reception", "case", "x"}
    assert compile("for i in items return i + {a: 1, b: a}.b + count(items)").names == {"items"}
    chosen = compile("cases[p = wanted].id")
    assert chosen.names == {"cases"} and chosen.possible_names == {"cases", "p", "wanted"}


def test_names_are_compared_in_one_unicode_form() -> None:
    assert compile("cafe\u0301 + 1")({"caf\u00e9": 1}) == 2
    assert compile("مُحمّد")({"مُحمّد": 1}) == 1


def test_floats_and_tuples_of_the_host_become_exact_values() -> None:
    assert compile("x + y.z")({"x": 0.1, "y": {"z": 0.2}}) == Decimal("0.3")
    assert compile("x")({"x": 0.5}) == Decimal("0.5") and compile("x[1]")({"x": (1, 2)}) == 1
