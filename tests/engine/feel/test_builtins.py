"""Built-in functions, each beside what it must come to; both sides are FEEL."""

import pytest

from engine.feel import compile
from engine.feel.builtins import FUNCTIONS
from engine.feel.stream import KEYWORD_NAMES

SAME = r"""
split("a1b2c", "(\\d)") => ["a", "b", "c"]
split("aXXbXXc", "(X)+") => ["a", "b", "c"]
split("a,b;c", "(,)|(;)") => ["a", "b", "c"]
split("abc", "x*") => null
split("", ",") => [""]
replace("abcdefghijkl", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)", "$12$11$10") => "lkj"
replace("ab", "(a)(b)", "$21") => "b1"
replace("ab", "(a)(b)", "$3") => ""
replace("ab", "(a)(b)", "$012") => "a2"
replace("ab", "(a)", "$0$1") => "aab"
replace("abc", "", "x") => null
replace("abc", "x*", "-") => null
replace("abc", "^", ">") => null
replace("abc", "b", "\\$1") => "a$1c"
replace("abc", "b", "$") => null
replace("a.c", ".", "$1", "q") => "a$1c"
matches("abc", "") => true
concatenate([1, 2], null) => null
concatenate([1, 2], [null]) => [1, 2, null]
concatenate([1], 2, [3]) => [1, 2, 3]
union([1], null) => null
union([1, 2], [2, 3]) => [1, 2, 3]
append([1], null) => [1, null]
before(range: [2..3], point: 5) => true
before(point: 5, range: [2..3]) => false
before(point: 1, range: [2..3]) => true
before(range1: [1..2], range2: [3..4]) => true
after(range: [5..6], point: 2) => true
includes((> 5), 10) => true
includes((> 5), 5) => false
includes((>= 5), [5..9]) => true
includes((> 5), (> 6)) => true
includes((> 6), (> 5)) => false
includes([1..9], (> 5)) => false
during(3, (< 5)) => true
during((> 6), (> 5)) => true
before((< 5), 10) => true
before((< 5), 5) => true
before((<= 5), 5) => false
before((> 5), 10) => false
after((> 5), 5) => true
after((> 5), (< 5)) => true
overlaps((> 5), (< 9)) => true
overlaps((> 5), (< 5)) => false
overlaps((> 5), (> 9)) => true
meets([1..5], (>= 5)) => true
met by((>= 5), [1..5]) => true
starts([5..6], (>= 5)) => true
finishes([1..5], (<= 5)) => true
finishes((> 6), (> 5)) => true
coincides((> 5), (> 5)) => true
coincides((> 5), (< 5)) => false
coincides((> 5), (> 6)) => false
overlaps before((< 5), [1..9]) => true
overlaps after((> 5), [1..9]) => true
{f: substring, r: f(string: "hello", start position: 2)}.r => "ello"
{f: substring, r: f(start position: 2, length: 2, string: "hello")}.r => "el"
{f: context put, r: f(context: {a: 1}, keys: ["a"], value: 2)}.r => {a: 2}
{f: context put, r: f(context: {a: 1}, key: "b", value: 2)}.r => {a: 1, b: 2}
{f: matches, r: f(input: "abc", pattern: "b")}.r => true
{f: date, r: f(year: 2020, month: 1, day: 1)}.r => date("2020-01-01")
{f: date, r: f(from: "2020-01-01")}.r => date("2020-01-01")
{f: min, r: f(list: [2, 1])}.r => 1
{f: before, r: f(range: [2..3], point: 5)}.r => true
{f: substring, r: f(text: "hello", start position: 2)}.r => null
{f: abs, r: f(n: -1, m: 2)}.r => null
{f: string join, r: f(list: ["a", "b"])}.r => "ab"
{f: list replace, r: f(list: [1, 2], match: function(item, newItem) item = 2, newItem: 9)}.r => [1, 9]
substring(start position: 2, string: "abc") => "bc"
list replace([1, 2, 3], 2, 9) => [1, 9, 3]
list replace([1, 2, 3], -4, 9) => null
sublist([1, 2, 3], -2, 1) => [2]
insert before([1, 2], -1, 9) => [1, 9, 2]
remove([1, 2, 3], -3) => [2, 3]
index of([1, null, 2, null], null) => [2, 4]
distinct values([1, "1", 1.0, true, null, null, [1], [1], {a: 1}, {a: 1.0}]) => [1, "1", true, null, [1], {a: 1}]
flatten([1, [2, [3, []]], null]) => [1, 2, 3, null]
mode([3, 1, 3, 1, 2]) => [1, 3]
median([4, 1, 3, 2]) => 2.5
stddev([2, 4, 7, 5]) => 2.081665999466132735282297706979931
product([2, 3, null]) => null
mean([1, 2, 4]) = 7 / 3 => true
all([true, null]) => null
all([false, null]) => false
any([true, null]) => true
any([]) => false
max([@"2020-01-01", @"2021-01-01"]) => @"2021-01-01"
min(["b", "a"]) => "a"
min([1, "a"]) => null
get value({a: {b: 1}}, "a") => {b: 1}
get entries({a: 1}) => [{key: "a", value: 1}]
context([{key: "a", value: 1}, {key: "b", value: 2}]) => {a: 1, b: 2}
context put({a: {b: 1}}, ["a", "b"], 2) => {a: {b: 2}}
context put({}, ["a", "b"], 2) => {a: {b: 2}}
context merge([{a: 1, b: 1}, {b: 2}]) => {a: 1, b: 2}
decimal(2.5, 0) => 2
decimal(3.5, 0) => 4
decimal(-1.55, 1) => -1.6
round up(-1.121, 2) => -1.13
round down(1.129, 2) => 1.12
round half up(-2.5, 0) => -3
round half down(-2.5, 0) => -2
floor(-1.56, 1) => -1.6
ceiling(-1.56, 1) => -1.5
floor(12345, -2) => 12300
modulo(-12, 5) => 3
modulo(12, -5) => -3
modulo(5, 0) => null
odd(-3) => true
even(0) => true
odd(1.5) => false
abs(@"-P1Y2M") => @"P1Y2M"
0 ** 0 => 1
0 ** -1 => null
2 ** 0.5 = sqrt(2) => true
number("1 000,5", " ", ",") => 1000.5
number("1.000,5", ".", ",") => 1000.5
number("1,000.5", ",", ",") => null
string(1.50) => "1.5"
string(-0.0) => "0"
string([1, "a", null, {b: @"P1D"}]) => "[1, \"a\", null, {b: P1D}]"
string(duration("P400D")) => "P400D"
string(duration("P13M")) => "P1Y1M"
duration("PT0.S") => duration("PT0S")
duration("P1Y1D") => null
duration("PT") => null
date(2020, 2, 30) => null
date("2020-2-3") => null
time(24, 0, 0) => null
time(10, 20, 30.5).second => 30.5
time("10:00:00Z") = time("12:00:00+02:00") => true
date and time("2020-01-01T24:00:00") => null
date and time(date("2020-01-01"), time("10:00:00")) => date and time("2020-01-01T10:00:00")
years and months duration(date("2020-01-31"), date("2020-02-29")) => duration("P0M")
day of year(date("2020-12-31")) => 366
week of year(date("2021-01-01")) => 53
day of week(date("2026-11-22")) => "Sunday"
month of year(date("2026-11-22")) => "November"
is(time("10:00:00Z"), time("10:00:00+00:00")) => true
is([1], [1]) => true
is(1, "1") => false
range("[1..5)") = [1..5) => true
range("[5..1]") => null
upper case("straße") => "STRASSE"
substring("𝒳yz", 2) => "yz"
string length("\uD83D\uDC0E") => 1
substring before("abc", "") => ""
substring after("abc", "") => "abc"
contains("abc", "") => true
string join(["a", null, "b"], "-") => "a-b"
string join([], "-") => ""
string join([1], "-") => null
sort([3, 1, 2], function(x, y) x > y) => [3, 2, 1]
sort(["b", "a"]) => ["a", "b"]
count(1) => 1
count(null) => null
sum([]) => null
sum(null) => null
"""
CASES = [tuple(line.rsplit(" => ", 1)) for line in SAME.strip().splitlines()]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text for text, _ in CASES])
def test_a_built_in_function_comes_to_what_the_standard_says(text: str, wanted: str) -> None:
    found = compile(text)({})
    assert (found is None) if wanted == "null" else compile("found = wanted")(
        {"found": found, "wanted": compile(wanted)({})}) is True


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - KEYWORD_NAMES))
def test_a_function_that_is_passed_around_takes_names_as_it_does_where_it_stands(name: str) -> None:
    values = {"number": "2", "string": '"a"', "list": "[1]", "context": "{a: 1}", "date": "@\"2020-01-01\"",
              "time": '@"10:00:00"', "duration": '@"P1D"', "function": "function(a, b) true", "any": "1"}
    for overload in FUNCTIONS[name].overloads:
        given = ", ".join(f"{one.name}: {values[one.wanted.split('|')[0]]}" for one in overload.parameters)
        assert compile(f"{{f: {name}, r: f({given})}}.r")({}) == compile(f"{name}({given})")({})
