"""Shapes that the examples of the linter's tests share."""

from tests.engine.lint.drawing import (
    end,
    gateway,
    io,
    message,
    message_of,
    node,
    process,
    start,
    timer,
    user,
)

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


def event_gateway(*targets: str, flows: tuple[str, ...]) -> bytes:
    return process(start(), gateway("eventBased", "wait"), *targets, end(), "begins>wait", *flows, outside=message())


LATE = node("intermediateCatchEvent", "late", inner=timer("P1D"))
ANSWER = node("intermediateCatchEvent", "answer", inner=message_of())
