"""The forms of monitoring, closure and what strikes a case hold the rules that protect."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.definitions import Definitions, load_definitions, sources_in
from engine.forms import Reading
from tests.engine.forms.samples import ENV, LISTS, NOW, shipped

ROOT = Path(__file__).resolve().parents[3]
MET = {"outcome": "met", "safety_status": "safe", "seen_alone": "yes"}


@cache
def definitions() -> Definitions:
    return load_definitions(sources_in(ROOT / "processes", ROOT / "forms"))


def read(key: str, context: dict[str, Any] | None = None, **answers: Any) -> Reading:
    raw = {name: value if isinstance(value, list) else [value] for name, value in answers.items()}
    return shipped(key).read(raw, context or {}, LISTS, ENV, definitions().decider(NOW))


def limits(days_ago: int | None) -> dict[str, Any]:
    reviewed = None if days_ago is None else NOW - timedelta(days=days_ago)
    return {"case": {"plan_reviewed_at": reviewed, "limits": {"plan_review": timedelta(days=30)}}}


@pytest.mark.parametrize(("days_ago", "asked"), [(29, False), (30, True), (None, True)])
def test_the_plan_is_reviewed_with_the_person_when_due_and_when_nobody_knows(days_ago: int | None, asked: bool) -> None:
    errors = read("followup_visit", limits(days_ago), **MET).errors
    assert ({"plan_still_fits", "wishes_for_plan"} <= set(errors)) is asked
    assert not {"plan_still_fits", "wishes_for_plan"} & set(
        read("followup_visit", limits(None), outcome="not_home").errors)  # the person must be there


@pytest.mark.parametrize(("rating", "stalled"), [("better", False), ("much_better", False), ("same", True), ("", True)])
def test_no_goal_that_got_better_is_no_progress(rating: str, stalled: bool) -> None:
    row = {"gp_goal": "1", "gp_status": "in_progress", "gp_rating": rating}
    rows = {f"goal_progress.0.{name}": said for name, said in row.items()}
    assert read("followup_visit", limits(1), **MET, **rows).answers["without_progress"] is stalled
    assert read("followup_visit", limits(1), outcome="not_home").answers["without_progress"] is False


def test_closing_without_what_the_rule_asks_for_needs_a_reason() -> None:
    context = {"case": {"risk_level": "low"}, "safe_visits": 2}
    said = {"closure_reason": "goals_met", "safe_visits": "2", "months_stable": "3"}
    whole = [
        "no_risk", "stable_care", "goals_reviewed", "services_ended", "person_informed", "how_return", "file_complete"]
    assert "unmet_reason" in read("closure", context, **said, closure_checks=whole[:-1]).errors
    assert "unmet_reason" not in read("closure", context, **said, closure_checks=whole).errors


def test_no_reason_of_the_form_closes_a_high_risk_by_its_rule() -> None:
    for reason in ("goals_met", "risk_resolved", "withdrew", "lost_contact", "not_eligible", "aged_out"):
        found = read("closure", {"case": {"risk_level": "high"}}, closure_reason=reason, contact_attempts="9")
        rule = found.answers["closure_rule"]
        assert rule in ("no_closure_at_high_risk", "police_and_conference", "not_eligible_but_at_risk"), reason


def test_a_transfer_within_the_house_names_a_unit_and_one_to_an_agency_names_the_agency() -> None:
    assert "receiving_unit" in read("transfer", scope="other_directorate").errors
    assert "receiving_agency" in read("transfer", scope="abroad").errors
    assert "receiving_unit" not in read("transfer", scope="abroad").errors


def test_who_declines_a_case_says_why_and_who_accepts_it_names_manager_and_day() -> None:
    assert "transfer_reason" in read("transfer_response", transfer_answer="reject").errors
    assert {"receiving_manager", "first_contact_on"} <= set(read("transfer_response", transfer_answer="accept").errors)
    assert {"answered_by", "evidence", "evidence_ref"} <= set(read("agency_answer", transfer_answer="accept").errors)


def test_naming_the_present_manager_is_seen() -> None:
    context = {"case": {"case_manager": "salma"}}
    assert read("reassignment", context, nobody_free="found", to_worker="salma").answers["same_worker"] is True
    assert "to_worker" not in read("reassignment", context, nobody_free="nobody", to_worker="salma").answers


def test_a_confirmed_death_needs_a_proof_and_an_unknown_one_asks_for_none() -> None:
    assert {"proof", "died_on", "unnatural"} <= set(read("death_confirmation", confirmed="yes").errors)
    assert not read("death_confirmation", confirmed="unknown").errors


def test_other_children_must_be_named_unless_there_are_none() -> None:
    assert "others" in read("children_safety", others_there="unknown").errors
    assert not read("children_safety", others_there="no").errors


def test_no_basis_stands_beside_no_other_and_feeling_safe_is_always_asked() -> None:
    assert "other_bases" in read("legal_basis_decision", other_bases=["no_basis", "danger"]).errors
    assert {"feels_safe", "complaint_way_told"} <= set(read("beneficiary_feedback").errors)


def test_who_was_not_met_after_the_closure_leaves_no_answer_that_reads_as_safe() -> None:
    found = read("after_closure_check", {"closure": {"closure_reason": "goals_met"}}, outcome="not_home",
                 failed_note="لا أحد.", safety_status="safe", immediate_danger="no")
    assert set(found.errors) == {"checked_at"}
    assert not {"safety_status", "immediate_danger"} & set(found.answers)
    asked = read("after_closure_check", {"closure": {"closure_reason": "transferred"}}, **MET).errors
    assert "receiver_began" in asked


@pytest.mark.parametrize(("form", "rows", "number"), [
    ("followup_visit", "goal_progress", "gp_goal"), ("closure", "goals_result", "gr_goal")])
def test_progress_is_told_of_goals_that_the_plan_has(form: str, rows: str, number: str) -> None:
    plan = {"case": {"plan": {"goals": [{"goal_text": "وجبتان"}]}, "limits": {}}}
    for goal, refused in (("1", False), ("2", True)):
        errors = read(form, plan, **MET, **{f"{rows}.0.{number}": goal}).errors
        assert (f"{rows}.0.{number}" in errors) is refused


def test_a_period_of_a_provider_does_not_end_before_it_begins() -> None:
    for first, last, wrong in (("2026-11-10", "2026-11-20", False), ("2026-11-20", "2026-11-10", True)):
        assert ("period_from" in read("provider_feedback", period_from=first, period_to=last).errors) is wrong
