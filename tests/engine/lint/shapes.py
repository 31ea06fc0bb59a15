"""Shapes that the examples of the linter's tests share."""

import itertools

from tests.engine.lint.drawing import (
    end,
    flow,
    gateway,
    io,
    message,
    message_of,
    node,
    process,
    script,
    start,
    timer,
    user,
)

Pair = tuple[bytes, bytes]
STRAIGHT = ("begins>review", "review>over")
ERROR_A = '<bpmn:error id="e1" name="refused" errorCode="refused"/>'


def line(work: str, id: str = "review", **rest: str) -> bytes:
    """Start, one element, end."""
    return process(start(), work, end(), f"begins>{id}", f"{id}>over", **rest)


def boundary(inner: str, host: str = "review", **attributes: str) -> str:
    return node("boundaryEvent", "late", inner=inner, attachedToRef=host, **attributes)


GOOD = line(user())

CHOICE = (start(), user("review", more=io("output last =review")), end(), user("second"), end("end_2"))


def choice(first: str, second: str, default: str = "", kind: str = "exclusive") -> bytes:
    """A gateway between two ways with these conditions."""
    ways = [
        f"way>{target} if {text}" if text else f"way>{target}" for target, text in (("over", first), ("second", second))
    ]
    return process(*CHOICE, gateway(kind, "way", default), "begins>review", "review>way", *ways, "second>end_2")


def loop(middle: str, id: str) -> bytes:
    """An exclusive loop over one element."""
    return process(
        start(),
        gateway("exclusive", "again"),
        middle,
        gateway("exclusive", "enough", "enough_over"),
        end(),
        "begins>again",
        f"again>{id}",
        f"{id}>enough",
        "enough>over",
        "enough>again if =visits &lt; 3".replace("&lt;", "<"),
    )


def split(first: str, join: str, name: str = "two") -> bytes:
    """Two user tasks between a split and a join."""
    default = "fork_review" if first == "exclusive" else ""
    condition = " if =x" if first == "exclusive" else ""
    return process(
        start(),
        gateway(first, "fork", default),
        user("review"),
        user(name),
        gateway(join, "join"),
        user("after"),
        end(),
        "begins>fork",
        "fork>review",
        f"fork>{name}{condition}",
        "review>join",
        f"{name}>join",
        "join>after",
        "after>over",
        inputs="x",
    )


def sub(inner: str, id: str = "part", **attributes: str) -> str:
    return node("subProcess", id, inner=inner, **attributes)


PLAIN_SUB = sub(
    start("s_begins") + user("s_review") + end("s_over") + flow("s_begins>s_review") + flow("s_review>s_over")
)


def event_gateway(*targets: str, flows: tuple[str, ...]) -> bytes:
    return process(start(), gateway("eventBased", "wait"), *targets, end(), "begins>wait", *flows, outside=message())


LATE = node("intermediateCatchEvent", "late", inner=timer("P1D"))
ANSWER = node("intermediateCatchEvent", "answer", inner=message_of())


def long_line(count: int) -> bytes:
    nodes = [script(f"n{i}") for i in range(count)]
    names = ["begins", *(f"n{i}" for i in range(count)), "over"]
    return process(start(), *nodes, end(), *(f"{a}>{b}" for a, b in itertools.pairwise(names)))
