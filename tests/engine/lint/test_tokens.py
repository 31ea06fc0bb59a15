"""The token game: which joins may wait for ever, which paths may run twice."""

from tests.engine.lint.drawing import boundary_event, broken_rules, end, gateway, node, process, start, timer, user
from tests.engine.lint.shapes import split


def rules(*parts: str) -> set[str]:
    return broken_rules(process(*parts)) & {"join-stalls", "runs-twice"}


def test_a_join_waits_for_ever_for_a_way_that_was_not_chosen() -> None:
    assert "join-stalls" in broken_rules(split("exclusive", "parallel"))
    assert "join-stalls" in broken_rules(split("inclusive", "parallel"))


def test_joins_of_the_same_kind_as_their_split_are_sound() -> None:
    for kind in ("exclusive", "parallel", "inclusive"):
        assert not broken_rules(split(kind, kind)) & {"join-stalls", "runs-twice"}
    assert not broken_rules(split("parallel", "inclusive")) & {"join-stalls", "runs-twice"}


def test_a_branch_that_an_event_leaves_never_reaches_its_join() -> None:
    assert rules(
        start(),
        gateway("parallel", "fork"),
        user("a"),
        user("b"),
        boundary_event("late", "a", timer("P1D")),
        gateway("parallel", "join"),
        end(),
        end("given_up"),
        "begins>fork",
        "fork>a",
        "fork>b",
        "a>join",
        "b>join",
        "join>over",
        "late>given_up",
    ) == {"join-stalls"}


def test_a_branch_that_an_event_leaves_and_that_rejoins_is_sound() -> None:
    assert (
        rules(
            start(),
            gateway("parallel", "fork"),
            user("a"),
            user("b"),
            boundary_event("late", "a", timer("P1D")),
            gateway("exclusive", "either"),
            gateway("parallel", "join"),
            end(),
            "begins>fork",
            "fork>a",
            "fork>b",
            "a>either",
            "late>either",
            "either>join",
            "b>join",
            "join>over",
        )
        == set()
    )


def test_a_side_path_of_a_reminder_must_not_run_into_the_main_path() -> None:
    reminder = boundary_event("late", "a", timer("P1D"), cancelActivity="false")
    assert rules(
        start(),
        user("a"),
        reminder,
        user("remind"),
        user("b"),
        end(),
        "begins>a",
        "a>b",
        "late>remind",
        "remind>b",
        "b>over",
    ) == {"runs-twice"}
    assert (
        rules(
            start(),
            user("a"),
            reminder,
            user("remind"),
            user("b"),
            end(),
            end("reminded"),
            "begins>a",
            "a>b",
            "late>remind",
            "remind>reminded",
            "b>over",
        )
        == set()
    )


def test_terminate_ends_what_waits() -> None:
    terminate = node("endEvent", "stop", inner="<bpmn:terminateEventDefinition/>")
    assert (
        rules(
            start(),
            gateway("parallel", "fork"),
            user("a"),
            user("b"),
            gateway("exclusive", "way", "way_join"),
            gateway("parallel", "join"),
            terminate,
            end(),
            "begins>fork",
            "fork>a",
            "fork>b",
            "a>way",
            "way>join",
            "way>stop if =a.stop",
            "b>join",
            "join>over",
        )
        == set()
    )
