"""Diagrams that are large, endless, wrong, or speak in riddles."""

import itertools
from collections.abc import Iterator

from tests.engine.hostile.case import Case, cases
from tests.engine.hostile.markup import Found, inside
from tests.engine.lint.drawing import (
    HEAD,
    boundary_event,
    call,
    end,
    gateway,
    many,
    node,
    process,
    script,
    start,
    timer,
    user,
)


def with_condition(expression: str) -> bytes:
    """A choice whose way out stands under a condition."""
    return process(
        start(),
        gateway("exclusive", "way", "way_over"),
        end(),
        end("o2"),
        "begins>way",
        "way>over",
        f"way>o2 if {expression}",
    )


def chain(count: int) -> bytes:
    """Scripts one after another."""
    names = ["begins", *(f"n{i}" for i in range(count)), "over"]
    nodes = [script(name) for name in names[1:-1]]
    return process(start(), *nodes, end(), *(f"{a}>{b}" for a, b in itertools.pairwise(names)))


def dense(count: int) -> bytes:
    """Gateways each joined to each other."""
    names = [f"g{i}" for i in range(count)]
    flows = [f"{a}>{b}" for a in names for b in names if a != b]
    return process(start(), *(gateway("inclusive", name) for name in names), end(), "begins>g0", *flows, "g1>over")


def wide(count: int) -> bytes:
    """Parallel branches, each a chain of choices: many states of the token game."""
    parts = [start(), gateway("parallel", "fork"), gateway("parallel", "join"), end()]
    flows = ["begins>fork", "join>over"]
    for i in range(count):
        parts += [gateway("inclusive", f"a{i}"), user(f"u{i}"), user(f"v{i}"), gateway("exclusive", f"b{i}")]
        flows += [
            f"fork>a{i}",
            f"a{i}>u{i} if =x",
            f"a{i}>v{i} if =y",
            f"u{i}>b{i}",
            f"v{i}>b{i}",
            f"b{i}>join",
            f"b{i}>a{i}",
        ]
    return process(*parts, *flows)


def nested(levels: int) -> bytes:
    """Sub-processes within sub-processes."""
    body = ""
    for level in range(levels):
        body = f'<bpmn:subProcess id="s{level}">{body}</bpmn:subProcess>'
    return inside(body)


def waiting(kind: str, text: str) -> bytes:
    """A timer alone."""
    return process(start(), node("intermediateCatchEvent", "t", inner=timer(text, kind)), end(), "begins>t", "t>over")


def bordered(count: int) -> bytes:
    """Events on the border of one work item."""
    borders = [boundary_event(f"b{i}", "review", timer("PT1S"), cancelActivity="false") for i in range(count)]
    return process(
        start(), user(), *borders, end(), "begins>review", "review>over", *(f"b{i}>over" for i in range(count))
    )


def forks(count: int) -> bytes:
    """Parallel gateways each of which opens two more."""
    flows = [f"g{i}>g{2 * i + k}" for i in range(1, count) for k in (0, 1)]
    gates = [gateway("parallel", f"g{i}") for i in range(1, 2 * count)]
    return process(start(), *gates, end(), "begins>g1", *flows, *(f"g{i}>over" for i in range(count, 2 * count)))


SIZES: Found = {
    "five_thousand_subprocesses": ("nests sub-processes deeper than any reader goes", lambda: nested(5_000)),
    "ninety_subprocesses": ("nests them just as deep as XML may go", lambda: nested(90)),
    "forty_subprocesses": ("nests them deep", lambda: nested(40)),
    "two_thousand_nodes": ("a chain of two thousand", lambda: chain(2_000)),
    "twenty_thousand_nodes": ("a chain of twenty thousand", lambda: chain(20_000)),
    "two_thousand_loose_nodes": (
        "two thousand elements that nothing joins",
        lambda: process(*(user(f"u{i}") for i in range(2_000))),
    ),
    "every_gateway_to_every_other": ("eight thousand flows among ninety gateways", lambda: dense(90)),
    "many_states": ("more states of the token game than can be looked at", lambda: wide(60)),
    "two_thousand_boundary_events": ("two thousand timers on one work item", lambda: bordered(2_000)),
    "four_hundred_boundary_events": ("four hundred timers on one work item", lambda: bordered(400)),
    "fork_bomb": ("a tree of parallel gateways", lambda: forks(200)),
    "megabyte_id": ("an id of a megabyte", lambda: process(start("b" * 1_000_000), user(), end())),
    "megabyte_name": (
        "a name of half a million letters",
        lambda: process(start(), user(name="ا" * 500_000), end(), "begins>review", "review>over"),
    ),
    "deep_expression": ("fifty thousand brackets", lambda: with_condition("=" + "(" * 50_000 + "1" + ")" * 50_000)),
    "long_expression": ("a sum of two hundred thousand", lambda: with_condition("=" + " + ".join(["1"] * 200_000))),
    "deep_lists": ("lists that are never closed", lambda: with_condition("=" + "[" * 20_000)),
    "deep_ifs": ("choices without end", lambda: with_condition("=" + "if true then " * 20_000)),
    "open_string": ("a text that is never closed", lambda: with_condition('="' + "a" * 100_000)),
}
ENDLESS: Found = {
    "endless_loop": (
        "turns for ever between two gateways",
        process(start(), gateway("exclusive", "a"), gateway("exclusive", "b"), "begins>a", "a>b", "b>a"),
    ),
    "flow_to_itself": ("a script that leads to itself", process(start(), script("s"), "begins>s", "s>s")),
    "calls_itself": ("a process that calls itself", process(start(), call("c", "stage"), end(), "begins>c", "c>over")),
    "boundary_on_itself": (
        "an event on its own border",
        process(start(), boundary_event("x", "x", timer("P1D")), end(), "begins>over"),
    ),
    "join_that_never_fills": (
        "a join that waits for a way nobody takes",
        process(
            start(),
            gateway("exclusive", "x", "x_a"),
            script("a"),
            script("b"),
            gateway("parallel", "j"),
            end(),
            "begins>x",
            "x>a",
            "x>b if =y",
            "a>j",
            "b>j",
            "j>over",
        ),
    ),
    "inclusive_join_in_a_loop": (
        "an inclusive join that waits for itself",
        process(
            start(),
            gateway("inclusive", "i"),
            gateway("inclusive", "k"),
            script("s"),
            end(),
            "begins>i",
            "i>s",
            "s>k",
            "k>i if =true",
            "k>over if =false",
        ),
    ),
    "endless_cycle_timer": (
        "a timer that rings again at once, a billion times",
        process(
            start(),
            user(),
            boundary_event("late", "review", timer("R999999999/PT0S", "timeCycle")),
            end(),
            end("o2"),
            "begins>review",
            "review>over",
            "late>o2",
        ),
    ),
    "cycle_of_negative_length": (
        "a timer that rings before it was set",
        process(
            start(),
            user(),
            boundary_event("late", "review", timer("R/-PT1S", "timeCycle")),
            end(),
            end("o2"),
            "begins>review",
            "review>over",
            "late>o2",
        ),
    ),
    "absurd_duration": ("a duration of ten thousand digits", waiting("timeDuration", "P" + "9" * 10_000 + "D")),
    "duration_beyond_time": ("a duration beyond the year 9999", waiting("timeDuration", "P999999999D")),
    "negative_duration": ("a duration that goes back", waiting("timeDuration", "-P100000D")),
    "date_of_no_calendar": ("the thirty-first of nowhere", waiting("timeDate", "2026-02-31T99:99:99Z")),
    "multi_over_everything": (
        "an item for each of a billion",
        process(start(), user(inner=many("for i in 1..999999999 return i")), end(), "begins>review", "review>over"),
    ),
}
RIDDLES: Found = {
    "no_process": ("a diagram without a process", f"{HEAD}</bpmn:definitions>".encode()),
    "empty_process": ("a process without elements", inside("")),
    "no_ids": ("elements without ids", inside("<bpmn:startEvent/><bpmn:userTask/><bpmn:endEvent/>")),
    "no_id_of_process": ("a process without an id", lambda: process(start(), end(), "begins>over", id="")),
    "a_decision": (
        "a decision under the name of a diagram",
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d"><decision id="d1"/></definitions>',
    ),
    "path_in_ids": (
        "ids that lead to other folders",
        process(start("../../etc/passwd"), user("..\\..\\x"), end("/root"), id="../../../p"),
    ),
    "devices_in_ids": ("ids that name devices", process(start("CON"), user("/dev/zero"), end("NUL:"), id="C:\\aux")),
    "reference_to_a_file": (
        "calls a process by its path",
        process(start(), call("c", "../../../etc/passwd"), end(), "begins>c", "c>over"),
    ),
    "markup_in_names": (
        "a script in a name",
        process(start(), user(name="&lt;script&gt;alert(1)&lt;/script&gt;", groups=""), end()),
    ),
    "bidi_tricks": (
        "a name that reads backwards",
        process(start(), user(name="قبول\u202eضفر\u2066"), end(), "begins>review", "review>over"),
    ),
    "invisible_names": (
        "a name of letters that nobody sees",
        process(start(), user(name="قبول\u200b\u200f\u2060\ufeff"), end(), "begins>review", "review>over"),
    ),
    "ids_that_look_alike": (
        "two ids that differ in a Cyrillic letter",
        process(start(), user("review"), user("rеview"), end(), "begins>review", "review>rеview", "rеview>over"),
    ),
    "all_ids_the_same": ("one id for everything", process(start("x"), user("x"), end("x"), "x>x", "x>x")),
    "emoji_ids": ("ids that are pictures", process(start("😀"), user("😀😀"), end("☠"), "😀>😀😀")),
    "our_own_ids": (
        "ids that are names of ours",
        process(
            start("case"),
            user("opened_at"),
            script("item", result="case"),
            end("partial"),
            "case>opened_at",
            "opened_at>item",
            "item>partial",
            id="case",
        ),
    ),
    "dunder_ids": (
        "ids that are Python's own",
        process(
            start("__init__"),
            user("__class__"),
            end("__dict__"),
            "__init__>__class__",
            "__class__>__dict__",
            id="__import__",
        ),
    ),
    "strange_extensions": (
        "settings of a program nobody knows",
        process(start(), user(more="<zeebe:evil><zeebe:evil/></zeebe:evil>"), end()),
    ),
    "flows_to_nowhere": ("flows whose ends do not exist", process(start(), end(), "begins>ghost", "ghost>over")),
    "group_of_administrators": (
        "gives work to people who may see no case",
        process(start(), user(groups="system_administrator"), end(), "begins>review", "review>over"),
    ),
}


def all_cases() -> Iterator[Case]:
    """All of them."""
    for found in (SIZES, ENDLESS, RIDDLES):
        yield from cases("bpmn", found)
