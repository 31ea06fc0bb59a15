"""The decisions we ship: their examples, their safe outcomes over all inputs, and what happens without answers."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from engine.dmn import load
from engine.dmn.proofs import prove
from engine.feel.values import Value

FOLDER = Path(__file__).parents[3] / "processes" / "decisions"
FILES = sorted(FOLDER.glob("*.dmn"))
NEEDED = {"D01_report_triage", "D01a_category_priority", "D02_eligibility", "D03_initial_priority", "D05_risk_level",
          "D05b_level_override", "D05c_reassess", "D06_timeframes", "D07_approvals", "D08_case_conference",
          "D09_referral_deadlines", "D09b_referral_urgency", "D10_alternative_care", "D10b_adult_care",
          "D11_juvenile_route", "D12_closure", "D13_reopen", "D14_consent", "D15_escalation", "D16_caseload",
          "D16b_no_worker", "D18_mandatory_notice", "D18a_notice_class", "D18b_notice_channel", "D19_placement_visits",
          "D20_post_closure", "D21_complaint_route"}


def decide(name: str, **inputs: Value) -> Value:
    return load(FOLDER / f"{name}.dmn").evaluate(name, inputs)


def test_all_decisions_of_the_domain_are_there() -> None:
    assert {file.stem for file in FILES} >= NEEDED


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_decision_keeps_its_examples_and_its_safe_outcomes_for_every_combination_of_inputs(file: Path) -> None:
    model = load(file)
    assert [decision.id for decision in model.decisions] == [file.stem]
    assert prove(model, file.with_suffix(".tests.yaml").read_bytes(), file.name) == []


def test_without_any_answer_nobody_is_taken_for_safe() -> None:
    assert decide("D01_report_triage")["urgency"] == "urgent"
    assert decide("D02_eligibility")["result"] == "supervisor_decision"
    assert decide("D03_initial_priority")["presumed_level"] == "high"
    assert decide("D05_risk_level")["level"] == "high"
    assert decide("D05c_reassess") == timedelta(hours=72)
    assert decide("D06_timeframes")["first_contact"] == timedelta(hours=24)
    assert decide("D12_closure")["allowed"] is False
    assert decide("D05b_level_override")["allowed"] is False
    assert decide("D13_reopen") == {"decision": "new_case", "start_stage": "assessment"}
    assert decide("D14_consent")["consent_from"] == "supervisor_best_interest"
    assert decide("D16_caseload")["assign"] == "no"
    assert decide("D21_complaint_route")["open_report"] is True


SCORES = ("sexual_trafficking_max", "critical_max", "critical_unknown", "person_sum", "total_score", "max_item",
          "unknown_count")


@pytest.mark.parametrize("score", SCORES)
def test_a_missing_score_never_gives_no_risk(score: str) -> None:
    scores: dict[str, object] = dict.fromkeys(SCORES, 0)
    complete = decide("D05_risk_level", immediate_danger="no", **scores)
    incomplete = decide("D05_risk_level", immediate_danger="no", **scores | {score: None})
    assert complete["level"] == "none" and incomplete["level"] == "medium"


def test_the_ladder_gives_a_fraction_of_the_limit_or_a_time_after_it() -> None:
    ladder = [decide("D15_escalation", level="high", step=step) for step in ("before", "due", "second", "third")]
    assert ladder[0] == {"fraction": Decimal("0.75"), "after": None, "notify": "owner"}
    assert ladder[1] == {"fraction": None, "after": None, "notify": "owner,case_supervisor"}
    assert ladder[2]["after"] == timedelta(days=1)
    assert ladder[3]["after"] == timedelta(days=3)


def test_the_reasons_for_a_high_risk_can_be_told() -> None:
    decided = load(FOLDER / "D05_risk_level.dmn").explain(
        "D05_risk_level", {"immediate_danger": "no", "sexual_trafficking_max": 0, "critical_max": 3})
    assert decided.rules == (4,) and decided.inputs["critical_max"] == 3
