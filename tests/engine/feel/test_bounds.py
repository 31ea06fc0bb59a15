"""No text, however hostile, takes long or raises anything but our own errors."""

from time import monotonic, process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import FeelError, FeelLimit, FeelSyntaxError, compile, compile_unary
from engine.feel.lexer import KEYWORDS

DOUBLING = "{" + "a0: [1, 1]," + ",".join(f"a{n + 1}: [a{n}, a{n}]" for n in range(30)) + "}"
HOSTILE = [
    "for x in 1..1000000000 return x", "count(for x in 1..100000, y in 1..100000 return 1)",
    "some x in 1..1000000000 satisfies x < 0", "{f: function(x) f(x), r: f(1)}.r", DOUBLING,
    "{a: " + DOUBLING + ", b: " + DOUBLING + ", c: a = b}.c", f"string({DOUBLING})", f"flatten([{DOUBLING}.a30])",
    f"distinct values({DOUBLING}.a30)", 'replace("' + "a" * 4000 + '", "", "' + "b" * 4000 + '")',
    'string join(for i in 1..100000 return "xxxxxxxxxx")', "distinct values(for i in 1..100000 return i)",
    "sort(for i in 1..100000 return modulo(i * 7919, 100003), function(a, b) a < b)",
    "for i in 1..200000 return for j in 1..200000 return matches(string(i * j), '(a+)+$')".replace("'", '"'),
    "{a: for i in 1..20000 return i, b: for i in 1..20000 return a[i]}", "concatenate(" + ",".join(["x"] * 900) + ")",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:40] for text in HOSTILE])
def test_a_hostile_expression_ends_within_half_a_second(text: str) -> None:
    compiled = compile(text)
    begin = process_time()
    try:
        compiled({"x": ["y" * 1000] * 5000})
    except FeelLimit as error:
        assert error.text.ar and error.text.en
    assert process_time() - begin < 1  # CPU; half a second of a quiet machine


@pytest.mark.parametrize("text", [
    "10 ** 10 ** 10", "10 ** 10000", "1e6000 * 1e6000", '@"P999999999999D"', "date(99999, 1, 1)",
    'duration("P999999999D") * 1000000', "9" * 5000, 'substring("abc", 1e30)', "[1,2,3][1e30]", "exp(1e9)",
    "-" * 140 + "1", 'matches("' + "a" * 40 + '!", "^(a+)+$")', "decimal(1, 1e20)",
    "decimal(1, -7000)", "log(0)", "sqrt(-1)",
])
def test_numbers_beyond_all_bounds_are_null_or_exact_but_never_an_error(text: str) -> None:
    begin = monotonic()
    compile(text)({})
    assert monotonic() - begin < 1


@pytest.mark.parametrize("text", [
    "(" * 200 + "1" + ")" * 200, "[" * 300, "1" + "+1" * 4000, "a" + ".b" * 3000, "a" + "[1]" * 3000, "-" * 3000 + "1",
    "if " * 500 + "1", "function(x) " * 500 + "1", "not(" * 300, "x" * 20_000, "{a:" * 200, '"', "1 +", "@5", "a b(",
    "for x in", "{a 1}", "[1..2", "\x00", "1 2", "x instance of list<" * 100,
])
def test_text_that_is_no_expression_is_refused_with_line_and_column_in_both_languages(text: str) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile(text)
    error = caught.value
    assert error.line >= 1 and error.column >= 1
    assert error.text.ar.startswith("السطر") and error.text.en.startswith("Line")


def test_an_error_points_at_the_place() -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile("1 +\n  * 2")
    assert (caught.value.line, caught.value.column) == (2, 3)


PIECES = [
    *sorted(KEYWORDS), "x", "العمر", "item", "?", "1", "2.5", '"a"', "@", '@"2026-01-01"', '@"P1D"', "+", "-", "*", "/",
    "**", "=", "!=", "<", "<=", ">", ">=", "(", ")", "[", "]", "{", "}", ",", ":", ".", "..", "not", "count", "sum",
    "date", "date and time", "list contains", "sort", "replace", "range", "time", "duration", "string", "due", "min",
]


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_random_words_of_the_language_raise_only_our_own_errors(pieces: list[str]) -> None:
    _evaluate(" ".join(pieces))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_random_letters_raise_only_our_own_errors(text: str) -> None:
    _evaluate(text)


def _evaluate(text: str) -> None:
    for make in (compile, compile_unary):
        try:
            compiled = make(text)
        except FeelSyntaxError:
            continue
        try:
            compiled({"x": [1, {"x": 2}], "العمر": 3})
        except FeelError as error:
            assert isinstance(error, FeelLimit)


def test_an_expression_reaches_nothing_of_the_host() -> None:
    assert compile("x.__class__")({"x": "a"}) is None
    assert compile("x.append(1)")({"x": [1]}) is None
    with pytest.raises(FeelSyntaxError):
        compile("().__class__")
