"""Expressions that ask for more than any machine has."""

DOUBLING = "{" + "a0: [1, 1]," + ",".join(f"a{n + 1}: [a{n}, a{n}]" for n in range(30)) + "}"
SHARED = "{" + "a0: [1, 1]," + ",".join(f"a{n + 1}: [a{n}, a{n}]" for n in range(14)) + "}"
FIBONACCI = "{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(40)}.r"
TWICE = "{g: function(h, n) if n = 0 then 0 else h(h, n - 1) + h(h, n - 1), r: g(g, 40)}.r"
LISTS = [f"list<{'list<' * 12}number{'>' * 13}"]


def with_text(body: str) -> str:
    """Something done again and again to a text of a hundred thousand letters."""
    return f'{{a: string join(for i in 1..10000 return "xxxxxxxxxx"), b: for i in 1..100000 return {body}}}.b[1]'


def with_list(member: str, body: str) -> str:
    """Something done again and again to a list of fifteen thousand members."""
    return f"{{l: for i in 1..15000 return {member}, b: for i in 1..100000 return {body}}}.b[1]"


def with_context(body: str) -> str:
    """Something done again and again to a context of five thousand entries."""
    made = "context(for i in 1..5000 return {key: string(i), value: i})"
    return f"{{c: {made}, l: [c, c, c], b: for i in 1..100000 return {body}}}.b[1]"


def rounds(body: str) -> str:
    """Something done a hundred thousand times."""
    return f"for i in 1..100000 return {body}"


BOMBS = [
    "for x in 1..1000000000 return x", "for x in 1..10**10 return x", "some x in 1..1000000000 satisfies x < 0",
    "count(for x in 1..100000, y in 1..100000 return 1)", "every x in 1..100000, y in 1..100000 satisfies x > y - 1",
    "for " + ", ".join(f"i{n} in 1..2" for n in range(40)) + " return 1",
    "".join(f"for i{n} in 1..2 return " for n in range(40)) + "1",
    "for a in 1..100000 return " + "+".join(["i"] * 140), "10**10**10", "**".join(["2.123456789"] * 140),
    "[" + ",".join(["2.123 ** 99.5"] * 600) + "]", "[" + ",".join(["exp(2.5)"] * 900) + "]",
    *(f"for i in {ends} return {body}" for ends in ("1e6000..1e6144", "1e6144..0", "big..big + 1") for body in (
        "i + i", "i / 3", "string(i)")),
    "distinct values(for i in 1..700 return [i])", "distinct values(for i in 1..650 return {a: i, b: i})",
    "for d in date(\"0001-01-01\")..date(\"9999-12-31\") return d",
    "{f: function(x) f(x), r: f(1)}.r", FIBONACCI, TWICE,
    DOUBLING, f"{{a: {DOUBLING}, b: {DOUBLING}, c: a = b}}.c", f"string({DOUBLING})", f"flatten([{DOUBLING}.a30])",
    f"distinct values({DOUBLING}.a30)", f"{DOUBLING}.a30.x", f"{DOUBLING}.a29 instance of {LISTS[0]}",
    *(f"{{d: {SHARED}, b: for i in 1..100000 return {body}}}.b[1]"
      for body in ("d.a14.x", f"d.a14 instance of {LISTS[0]}", "string(d.a10)", "flatten(d.a10)", "d.a13 = d.a12")),
    "for i in 1..100000 return [partial[-1]]", "{a: for i in 1..5000 return [partial[-1]], c: string(a[-1])}",
    "{a: for i in 1..5000 return [partial[-1]], b: for i in 1..5000 return [partial[-1]], c: a[-1] = b[-1]}.c",
    'replace("' + "a" * 4000 + '", "", "' + "b" * 4000 + '")', 'replace("' + "a" * 9000 + '", "a", "$0$0$0$0$0")',
    'string join(for i in 1..100000 return "xxxxxxxxxx")',
    "distinct values(for i in 1..100000 return i)", "distinct values(for i in 1..100000 return [i])",
    "sort(for i in 1..100000 return modulo(i * 7919, 100003), function(a, b) a < b)",
    rounds('matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "(a|aa)+$")'),
    rounds('matches("' + "a" * 300 + '", "(.*a){25}x")'),
    rounds('matches("a", string(i) + "' + "(a|b|c{1,9})?" * 35 + '")'),
    rounds('matches("a", string(i) + "' + "(?:a|" * 90 + "b" + ")" * 90 + '")'),
    rounds(f'replace(string(i), "a" + string(i), "", "{"s" * 9000}")'), rounds("string({a: big, b: big, c: big})"),
    rounds('split("a,b,c,d", ",")'), rounds('matches(string(i), "(a+)+$")'),
    *map(with_text, (
        "upper case(a)", 'a + ""', '(a + "") = (a + "")', '(a + "") < (a + "")', 'contains(a, "xxxxxxxxxxxxxxxy")',
        "normalise name(a)", "number(a)", "substring(a, i)", 'split(a, "x")', 'replace(a, "x", "$0")', "string([a])",
        'matches(a, "(a|xx|x)+$y")', 'substring before(a, "y")', "string length(a)", 'a in ["x", "y", a + ""]',
    )),
    *map(rounds, (
        "[1, 2, 3][1e6144]", "decimal(i, 1e6144)", 'substring("abc", 1e6144)', '@"P1D" * 1e6144', "date(1e6144, 1, 1)",
        '@"P1Y" * 1e6144', "sublist([1, 2], 1, 1e6144)", "big * big", "big + i", "{a: big}.a * i",
        "[big][item * item > 1]",
        "1e6144 / 7", "string(1e6144 / 7)", "modulo(1e6144, i / 7)", "for j in 1e6144..1 return j",
        'date and time("2026-01-01T00:00:00@No/Zone" + string(i))', "1.000000000000000000000000000000001 ** 1e33",
    )),
    *(with_list("i / 7", body) for body in (
        "sum(l)", "product(l)", "mean(l)", "median(l)", "mode(l)", "stddev(l)", "min(l)", "sort(l)", "reverse(l)",
        "concatenate(l, l)", "append(l, 1)", "union(l, l)", "l = reverse(reverse(l))", "list contains(l, -1)",
        "index of(l, -1)", "-1 in l", "remove(l, 1)", "insert before(l, 1, 1)", "sublist(l, 2)", "all(l)", "count(l)",
        "list replace(l, 1, 2)", "l instance of list<number>", "string(l)", "l[item < 0]", "flatten(l)",
    )),
    *(with_list("{a: i}", body) for body in (
        "l.a", "l[a = 1]", "l instance of list<context<a: number>>", "context merge(l)", "string(l)",
    )),
    *(with_context(body) for body in (
        "get entries(c)", 'context put(c, "x", i)', "l[item.x = 1]", "context merge([c, c])", "c = context merge([c])",
    )),
    *(rounds(body) for body in (
        "2.12345678901234 ** 1234.567890123", "exp(i / 7)", "log(i / 7)", "sqrt(i / 7)", "decimal(i / 7, 3)",
        "modulo(i / 7, 3.3)", "1 / i", "i * i * i * i * i", "{a: i, b: i, c: i}", "[i, i, i][2]", "[1, 2, 3][item > 1]",
        "{f: function(x) function(y) x + y + i}", "[i..i + 1]", "i in [1..5]", "i in (1, 2, 3, 4, 5)", "before(1, i)",
        "overlaps([1..i], [2..5])", 'range("[1..5]")', 'string(i / 7) + "a"', 'number("12.5")', "string(now())",
        'date("2026-01-01") + duration("P" + string(i) + "D")', '@"P1D" * i / 3', 'time("10:00:00+02:00")',
        'date and time("2026-01-01T00:00:00@Asia/Damascus")', 'week of year(date("2026-01-01"))',
        'due(date("2026-01-01"), duration("P3999D"), "working")',
        'working days between(date("2006-01-01"), date("2026-01-01"))',
        'list replace([1, 2, 3], function(a, b) a = 2, 9)', "if i > 5 and i < 7 or i = 9 then i * 2 else i - 1",
    )),
]
"""Each ends within half a second of processor time, in a value or in FeelLimit."""
