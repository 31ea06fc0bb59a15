"""Whoever works on a case knows what its reports said: the words, the signs, the place, and never who reported."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.bpmn import visible
from engine.definitions import Definitions
from engine.queries.known import known_forms
from engine.scenarios import Stage
from engine.scenarios.play import Player
from engine.scenarios.story import read_story
from engine.scenarios.threads import Thread

ROOT = Path(__file__).resolve().parents[2]
REPORT, STORIES = "form_0_report", ROOT / "processes" / "scenarios"
TOLD = (
    "01_straight_to_closure", "04_emergency", "09_three_persons", "19_each_person_alone", "42_alarm_nobody_answers",
    "54d_report_on_a_closed_case", "61a_a_death",
)


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(ROOT / "processes", ROOT / "forms")


def reports_known(definitions: Definitions, thread: Thread, token: int) -> list[Mapping[str, Any]]:
    """What the reports said, as somebody sees it beside an open work item, the latest first."""
    known = known_forms(definitions, visible(thread.now.state, token))
    return [answers for form, answers in known if form.key == REPORT]


def played(stage: Stage, name: str) -> Iterator[Player]:
    """The story after each of its steps."""
    player = Player(stage.definitions, stage.cast, read_story((STORIES / f"{name}.yaml").read_bytes()))
    for _, act in player.acts():
        act()
        yield player


@pytest.mark.parametrize("name", TOLD)
def test_every_work_item_of_a_case_tells_what_was_reported_and_not_by_whom(stage: Stage, name: str) -> None:
    seen = set[tuple[str, int]]()
    for player in played(stage, name):
        for thread in player.house.cases:
            for item in thread.now.items:
                if (thread.number, item.id) not in seen:
                    seen.add((thread.number, item.id))
                    told = reports_known(stage.definitions, thread, item.id)
                    assert told and told[-1]["concern_description"], f"{item.element} of {thread.number}"
                    assert len(told[-1].get("persons") or ()) == 1, "of a report on several, each case knows its own"
                    who = {key for report in told for key in report if key.startswith("reporter_")}
                    assert who <= {"reporter_type"}, f"{item.element} of {thread.number}"
    assert len(seen) > 5


def test_where_a_nameless_child_is_now_reaches_who_goes_there(stage: Stage) -> None:
    player = next(played(stage, "04_emergency"))
    where = {"concern_description": "صراخ في الطابق الثالث", "danger_signs": ["abuser_present"],
             "address_details": "خلف الفرن", "persons": [{"person_where_now": "على السطح"}]}
    player.house.begin("reporting", "report_number", {REPORT: where, "unit": "DEMO"})
    player.house.answer_calls()
    case = player.house.cases[-1]
    lead = next(item for item in case.now.items if item.element == "lead_emergency")
    (told,) = reports_known(stage.definitions, case, lead.id)
    assert told["concern_description"] == where["concern_description"]
    assert told["address_details"] == "خلف الفرن"
    assert [one["person_where_now"] for one in told["persons"]] == ["على السطح"]
    assert visible(case.now.state, lead.id)["person"]["where_now"] == "على السطح"


def test_a_second_report_is_known_beside_the_first_from_then_on(stage: Stage) -> None:
    latest: dict[str, list[str]] = {}
    for player in played(stage, "07_risk_raised_in_monitoring"):
        for item in player.house.cases[0].now.items if player.house.cases else ():
            told = reports_known(stage.definitions, player.house.cases[0], item.id)
            latest[item.element] = [report["concern_description"] for report in told]
    first = latest["intake"]
    assert latest["new_report_assessment"][-1:] == first and len(latest["new_report_assessment"]) == 2
    assert len(latest["follow_up"]) == 2, "and still when the report was dealt with"
