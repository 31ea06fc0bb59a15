"""What an open work item says of itself, and what is kept from move to move."""

from datetime import datetime, timedelta
from typing import TypedDict

import pytest

from engine.bpmn import commands, move
from tests.engine.bpmn.diagrams import (
    call,
    message,
    script,
    simple,
    tag,
    user,
)
from tests.engine.bpmn.story import T0, Story, bundle

NEWS = message("m_news", "news", "=case_number")


class Schedule(TypedDict, total=False):
    """What a diagram says of when and by whom a work item is done."""

    due: str
    groups: str
    assignee: str
    priority: str


def test_due_dates_groups_and_properties_follow_the_variables_of_now_but_the_clock_of_opening() -> None:
    node = user("a", groups='=["g_" + unit, "all"]', assignee="=manager", due="=now() + duration(case.limit)",
                follow_up="=date(opened_at)", priority="=if urgent then 90 else 10", label='="nr " + string(n)',
                plain="text")
    inner = simple("q", node, ids=["a"])
    story = Story(bundle(simple("p", call("c", "q", inputs={"unit": "=unit", "manager": "=manager", "urgent": "=urgent",
                                                            "n": "=n"}), user("z"), ids=["c", "z"]), inner),
                  unit="U1", manager="sami", limit="P1D", urgent=False, n=1)
    got = story.item("a")
    assert (got.groups, got.assignee, got.priority) == (("g_U1", "all"), "sami", 10)
    assert got.due == T0 + timedelta(days=1) and got.follow_up == T0.replace(hour=0)
    assert got.properties == {"label": "nr 1", "plain": "text"}
    story.do(commands.Amend({"limit": "P5D"}), days=3)
    assert story.item("a").due == T0 + timedelta(days=5) and story.item("a").since == T0
    story.replay()


def test_a_schedule_may_look_at_the_whole_case_or_at_names_in_it() -> None:
    node = user("a", one="=case.n", more="=case . n + case.m", whole='=get value(case, "n")', said='="case"')
    story = Story(bundle(simple("p", call("c", "q"), ids=["c"]), simple("q", node, ids=["a"])), n=1, m=2)
    assert story.item("a").properties == {"one": 1, "more": 3, "whole": 1, "said": "case"}


def test_dates_and_durations_are_due_dates_too() -> None:
    story = Story(bundle(simple("p", user("a", due="=until"), ids=["a"])))
    assert story.item("a").due is None and not story.out.incidents
    for value, due in ((T0.date(), T0.replace(hour=23, minute=59)), (timedelta(hours=2), T0 + timedelta(hours=2)),
                       ("2026-02-01T00:00:00Z", datetime.fromisoformat("2026-02-01T00:00:00+00:00"))):
        assert story.do(commands.Amend({"until": value})).items[0].due == due


@pytest.mark.parametrize("said", [
    {"due": "=5"}, {"groups": "=5"}, {"assignee": "=[1]"}, {"priority": "=300"}, {"due": "someday"}])
def test_a_schedule_that_cannot_be_computed_is_an_incident_beside_the_work_item(said: Schedule) -> None:
    story = Story(bundle(simple("p", user("a", **said), ids=["a"])))
    assert [i.element for i in story.out.incidents] == ["a"] and story.items == ["a"]
    story.complete("a")
    assert story.out.finished


def test_types_survive_from_move_to_move() -> None:
    values = {"day": T0.date(), "moment": T0, "span": timedelta(days=2), "text": "2026-01-01",
              "mean": {"$d": "2026-01-01", "typename": "x", "$c": [[1]]}}
    nodes = user("a"), script("s", "=day + span", "later"), user("z")
    story = Story(bundle(simple("p", *nodes, ids=["a", "s", "z"])), "p", values)
    story.complete("a")
    assert story.variables == {**values, "a": {}, "later": (T0 + timedelta(days=2)).date()}


def test_a_state_is_refused_by_definitions_that_do_not_fit() -> None:
    story = Story(bundle(simple("p", user("a"), ids=["a"])))
    other = bundle(simple("p", user("b"), ids=["b"]))
    with pytest.raises(Exception, match="no element"):
        move(other, story.state, commands.Amend({}), T0)


def test_an_elements_lane_is_known() -> None:
    lane = tag("lane", {"id": "l1", "name": "supervisors"}, tag("flowNodeRef", None, "a"))
    lanes = tag("laneSet", {"id": "ls"}, lane)
    element = bundle(simple("p", lanes, user("a"), user("b"), ids=["a", "b"])).element("p", "a")
    assert element.lane == "supervisors"
