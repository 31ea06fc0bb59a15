"""A report in which the age contradicts the age group is treated by the safer of the two, whoever sent it: forms show
staff the contradiction, while complaints, links and programs of other makers may bring one."""

from pathlib import Path
from typing import Any

import pytest

from engine.scenarios import Stage
from engine.scenarios.threads import UNIT, House
from tests.engine.forms.samples import NOW

ROOT = Path(__file__).resolve().parents[2]
CALM = {
    "concern_description": "لا يذهب إلى المدرسة", "danger_signs": ["none"], "concern_categories": ["school_dropout"],
}


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(ROOT / "processes", ROOT / "forms")


def reported(stage: Stage, *persons: dict[str, Any], access: str = "no", **more: Any) -> House:
    """A report as it begins, with what the form would refuse or never asked."""
    house = House(stage.definitions, NOW)
    report = {**CALM, "perpetrator_access": access, "persons": list(persons), **more}
    house.begin("reporting", "report_number", {"form_0_report": report, "unit": UNIT})
    house.answer_calls()
    return house


@pytest.mark.parametrize(("age", "group", "urgency"), [
    (3, "a18_59", "urgent"), (30, "a1_4", "urgent"), (3, "a1_4", "urgent"), (3, None, "urgent"),
    (3, "unknown", "urgent"), (None, "a1_4", "urgent"),
    (30, "a18_59", "normal"), (30, None, "normal"), (None, "a60_plus", "normal"),
])
def test_the_younger_of_two_ages_says_how_urgent_a_report_is(
    stage: Stage, age: int | None, group: str | None, urgency: str
) -> None:
    [report] = reported(stage, {"person_age": age, "person_age_group": group}).threads
    assert report.now.variables["urgency"]["urgency"] == urgency


@pytest.mark.parametrize(("age", "group", "danger"), [
    (30, "a15_17", True), (16, "a18_59", True), (30, "unknown", True), (None, None, True), (30, "a18_59", False),
])
def test_a_child_by_either_age_is_a_child_whom_the_suspected_person_can_reach(
    stage: Stage, age: int | None, group: str | None, danger: bool
) -> None:
    house = reported(stage, {"person_age": age, "person_age_group": group}, access="yes")
    assert (len(house.cases) == 1) is danger


@pytest.mark.parametrize(("age", "group", "person"), [
    (30, "a1_4", {"age": None, "age_group": "a1_4"}), (3, "a18_59", {"age": 3, "age_group": "a1_4"}),
    (30, "a18_59", {"age": 30, "age_group": "a18_59"}), (30, "unknown", {"age": 30, "age_group": "unknown"}),
    (None, "a5_11", {"age": None, "age_group": "a5_11"}),
])
def test_a_case_begins_with_no_age_older_than_the_one_that_counts(
    stage: Stage, age: int | None, group: str, person: dict[str, Any]
) -> None:
    [case] = reported(
        stage, {"person_name": "سامي", "person_age": age, "person_age_group": group}, danger_signs=["suicide"]).cases
    known = case.now.variables["person"]
    assert {name: known.get(name) for name in person} == person


def test_the_youngest_of_several_persons_counts(stage: Stage) -> None:
    [report] = reported(stage, {"person_age": 40, "person_age_group": "a18_59"}, {"person_age": 2}).threads
    assert report.now.variables["facts"]["age_group"] == "a1_4"
