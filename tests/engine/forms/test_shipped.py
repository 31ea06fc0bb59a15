"""The shipped forms do what the decisions and diagrams need of them."""

from pathlib import Path
from typing import Any

import pytest

from tests.engine.forms.samples import ENV, HOME, LISTS, shipped
from tests.spent import quickest

ITEMS = [path for path in shipped("risk_assessment").scope.by_path if path[0] in "cage" and path[1:3].isdigit()]
PROTECTIVE = [path for path in shipped("risk_assessment").scope.by_path if path[0] == "p" and path[1:3].isdigit()]
INTAKE = {
    "happened_at": "2026-11-20T10:00",
    "intake_mode": "in_person",
    "subject_type": "child",
    "first_name": "أحمد",
    "family_name": "الحسن",
    "sex": "male",
    "age_years": "11",
    "nationality": "syrian",
    "civil_registration": "registered",
    "id_doc_type": "family_booklet",
    "governorate": "damascus",
    "district": "midan",
    "care_arrangement": "street",
    "guardian_relation": "mother",
    "guardian_safe": "yes",
    "perpetrator_access": "yes",
    "capacity": "limited",
    "education_status": "enrolled",
    "work_status": "none",
    "has_disability": "no",
    "primary_category": "neglect",
    "intake_summary": "حضرت الأم مع طفلها وذكرت تكرار العنف",
    "immediate_danger": "no",
    "immediate_needs": "shelter",
    "within_mandate": "yes",
    "protection_needed": "yes",
    "needs_ongoing_support": "yes",
    "is_individual_case": "yes",
    "basic_needs_only": "no",
    "rights_explained": "true",
    "complaint_explained": "true",
    "consent_status": "given",
    "case_manager": "salma",
}
RAW = {key: [value] for key, value in INTAKE.items()} | {"case_categories": ["neglect", "sexual_assault"]}


def scored(default: str = "r0", subject: str = "child", **items: str) -> dict[str, Any]:
    raw = {path: [default] for path in ITEMS} | {key: [value] for key, value in items.items()}
    raw = {path: ["p0"] for path in PROTECTIVE} | raw
    raw |= {
        "phase": ["initial"],
        "subject_type": [subject],
        "immediate_danger": ["no"],
        "happened_at": ["2026-11-20T10:00"],
    }
    reading = shipped("risk_assessment").read(raw, {}, LISTS, ENV)
    assert reading.errors == {}
    return reading.answers


def test_the_scale_has_26_items_for_each_kind_of_person() -> None:
    assert len(scored()) - len(scored(default="r0", subject="child")) == 0
    assert (
        sum(path in scored() for path in ITEMS) == 26 and sum(path in scored(subject="older") for path in ITEMS) == 26
    )


def test_the_highest_possible_score_is_78() -> None:
    answers = scored(default="r3")
    assert (answers["person_sum"], answers["caregiver_sum"], answers["environment_sum"]) == (36, 24, 18)
    assert answers["total_score"] == 78 and answers["max_item"] == 3 and answers["unknown_count"] == 0


def test_unknown_counts_one_and_is_counted() -> None:
    answers = scored(c01_physical="unknown", c02_sexual="unknown", e01_housing="unknown")
    assert (answers["total_score"], answers["unknown_count"], answers["critical_unknown"]) == (3, 3, 2)
    assert answers["critical_max"] == 1 and answers["sexual_trafficking_max"] == 0


def test_a_sign_of_sexual_violence_is_seen_for_children_and_adults() -> None:
    assert scored(c02_sexual="r1")["sexual_trafficking_max"] == 1
    assert scored(subject="adult", a08_trafficking="r2")["sexual_trafficking_max"] == 2
    assert scored(subject="adult", c02_sexual="r3")["sexual_trafficking_max"] == 0


def test_a_critical_item_cannot_be_not_applicable() -> None:
    form = shipped("risk_assessment")
    assert "g01_abuser" in form.read({"g01_abuser": ["na"], "subject_type": ["child"]}, {}, LISTS, ENV).errors


def test_a_whole_intake_is_taken() -> None:
    reading = shipped("form_1_reception").read(RAW, {}, LISTS, ENV)
    assert reading.errors == {}
    assert reading.answers["category_priority"] == "p1" and reading.answers["no_carer"] is True


def test_whoever_needs_no_case_needs_no_case_manager() -> None:
    raw = RAW | {"protection_needed": ["no"], "redirect_note": ["وُجّه إلى الشؤون"], "case_manager": [""]}
    reading = shipped("form_1_reception").read(raw, {}, LISTS, ENV)
    assert reading.errors == {} and "case_manager" not in reading.answers
    kept = RAW | {"case_manager": [""]}
    assert shipped("form_1_reception").read(kept, {}, LISTS, ENV).errors.keys() == {"case_manager"}


def test_help_me_is_enough_for_a_report() -> None:
    raw = {
        "concern_description": ["ساعدوني"],
        "report_channel": ["walk_in"],
        "reported_at": ["2026-11-22"],
        "reported_at.time": ["09:00"],
    }
    reading = shipped("form_0_report").read(raw, {}, LISTS, ENV)
    assert reading.errors == {}
    assert {key: reading.answers[key] for key in ("danger_sign", "category_priority", "age_group")} == {
        "danger_sign": "not_answered",
        "category_priority": "unknown",
        "age_group": "unknown",
    }


@pytest.mark.parametrize(
    "groups, youngest",
    [
        (["a18_59", "a5_11"], "a5_11"),
        (["a18_59", None], "unknown"),
        (["a1_4", None], "a1_4"),
        (["a60_plus"], "a60_plus"),
    ],
)
def test_the_youngest_person_of_a_report_counts_and_the_unknown_as_a_child(
    groups: list[str | None], youngest: str
) -> None:
    raw = {"concern_description": ["x"]} | {f"persons.{n}.person_name": ["x"] for n in range(len(groups))}
    raw |= {f"persons.{n}.person_age_group": [group] for n, group in enumerate(groups) if group}
    assert shipped("form_0_report").read(raw, {}, LISTS, ENV).answers["age_group"] == youngest


def test_actions_of_a_plan_are_planned_unless_said_otherwise() -> None:
    raw = {"actions.0.act_text": ["x"], "actions.1.act_text": ["y"], "actions.1.act_status": ["done"]}
    actions = shipped("case_plan").read(raw, {}, LISTS, ENV).answers["actions"]
    assert [action["act_status"] for action in actions] == ["planned", "done"]


@pytest.mark.parametrize("path", sorted(HOME.glob("*.form")), ids=lambda path: path.stem)
def test_no_form_asks_who_decided_or_when_it_was_recorded(path: Path) -> None:
    assert not {"recorded_at", "reviewer", "screened_by"} & set(shipped(path.stem).scope.by_path)


def test_reading_the_intake_takes_two_milliseconds_at_most() -> None:
    form = shipped("form_1_reception")
    assert quickest(lambda: form.read(RAW, {}, LISTS, ENV), tries=500, enough=0.002) <= 0.002
