"""What a handler throws itself goes past it: to the next outside, or to the others, never round and round."""

from engine.bpmn import commands
from tests.engine.bpmn.diagrams import (
    boundary,
    end,
    escalation,
    escalation_event,
    file,
    path,
    process,
    signal,
    signal_event,
    start,
    sub,
    throw,
    user,
)
from tests.engine.bpmn.story import Story, bundle

UP, ALARM = escalation("Z", "up"), signal("G", "alarm")


def handler(id: str, definition: str, *steps: str, ids: tuple[str, ...], interrupting: str = "false") -> str:
    """An event sub-process with these steps."""
    return sub(id, start(f"{id}_S", definition, isInterrupting=interrupting), *steps, end(f"{id}_E"),
               path(f"{id}_S", *ids, f"{id}_E"), event=True)


def around(inner: str) -> bytes:
    """A sub-process `sp` that throws at once and then has work, with handlers inside."""
    body = start("IS") + throw("th", escalation_event("Z")) + user("a") + end("IE") + path("IS", "th", "a", "IE")
    catching = (boundary("B", "sp", escalation_event("Z"), False), user("outer"), path("B", "outer", "E"))
    return file(process("p", start(), sub("sp", body, inner), *catching, end(), path("S", "sp", "E")), UP, ALARM)


def test_an_escalation_thrown_where_it_is_handled_goes_to_the_next_outside() -> None:
    story = Story(bundle(around(handler(
        "ev", escalation_event("Z"), user("h"), throw("th2", escalation_event("Z")), ids=("h", "th2")))))
    assert story.items == ["a", "h"]
    story.complete("h")
    assert story.items == ["a", "outer"]
    story.complete("a")
    story.complete("outer")
    assert story.out.finished and not story.out.incidents
    story.replay()


def test_also_at_once_and_from_deep_within_the_handler() -> None:
    deep = sub("d", start("DS"), throw("th2", escalation_event("Z")), end("DE"), path("DS", "th2", "DE"))
    story = Story(bundle(around(handler("ev", escalation_event("Z"), deep, ids=("d",)))))
    assert story.items == ["a", "outer"]
    story.complete("a")
    assert story.items == ["outer"], "the work item around which all this happened can be completed"
    story.replay()


def test_another_handler_of_the_same_level_hears_it() -> None:
    other = handler("ev2", escalation_event("Y"), user("h2"), ids=("h2",))
    story = Story(bundle(around(handler(
        "ev", escalation_event("Z"), throw("th2", escalation_event("Y")), ids=("th2",)) + other)
        .replace(UP.encode(), (UP + escalation("Y", "sideways")).encode())))
    assert story.items == ["a", "h2"]


def test_nobody_outside_and_it_is_only_written_down() -> None:
    drawn = file(process("p", start(), user("a"), throw("th", escalation_event("Z")), end(), path("S", "a", "th", "E"),
                         handler("ev", escalation_event("Z"), user("h"), throw("t2", escalation_event("Z")),
                                 ids=("h", "t2"))), UP)
    story = Story(bundle(drawn))
    story.complete("a")
    story.complete("h")
    assert story.out.finished


def test_a_signal_thrown_where_it_is_handled_reaches_all_the_others() -> None:
    again = handler("ev", signal_event("G"), throw("t2", signal_event("G")), user("h"), ids=("t2", "h"))
    other = handler("ev2", signal_event("G"), user("h2"), ids=("h2",))
    story = Story(bundle(file(process("p", start(), user("a"), end(), path("S", "a", "E"), again, other), ALARM)))
    story.do(commands.Signal("alarm"))
    assert story.items == ["a", "h", "h2", "h2"], "the other hears both, the thrower not its own"
    assert [one.headers["signal"] for one in story.out.calls] == ["alarm"]
    story.do(commands.Signal("alarm"))
    assert story.items.count("h") == 2, "what comes from outside it still hears"
    story.replay()
