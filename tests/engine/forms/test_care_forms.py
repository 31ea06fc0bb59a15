"""The forms of the emergency path, alternative care and juvenile measures hold the rules that protect."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.forms import Reading
from tests.engine.forms.samples import ENV, LISTS, NOW, shipped

ROOT = Path(__file__).resolve().parents[3]
FAMILY_LAW = "carer_personal_law"
INSTITUTIONS = ["residential", "shelter", "small_group", "elderly_home", "supervised_living"]
CUSTODY = ["institution", "hospital"]


def read(key: str, context: dict[str, Any] | None = None, **answers: Any) -> Reading:
    raw = {name: value if isinstance(value, list) else [value] for name, value in answers.items()}
    return shipped(key).read(raw, context or {}, LISTS, ENV)


@pytest.mark.parametrize("age", [[], ["0"], ["2"]], ids=["unknown", "newborn", "two"])
def test_under_three_or_of_unknown_age_nobody_spends_the_night_in_a_shelter(age: list[str]) -> None:
    found = read("emergency_place", age_years=age, place_found="yes", place_young="shelter", place_older="shelter")
    assert "place_young" in found.errors and "place_older" not in found.errors
    assert "place_older" not in found.answers
    assert read("emergency_place", age_years=age, place_found="yes", place_young="hospital").answers[
        "place_type"] == "hospital"
    assert read("emergency_place", age_years="9", place_found="yes", place_older="shelter").answers[
        "place_type"] == "shelter"


@pytest.mark.parametrize("age", [None, 0, 2], ids=["unknown", "newborn", "two"])
@pytest.mark.parametrize("kind", INSTITUTIONS)
def test_under_three_or_of_unknown_age_nobody_is_placed_in_an_institution(age: int | None, kind: str) -> None:
    found = read("alternative_care_placement", {"exploration": {"age_years": age}}, type_young=kind, type_older=kind)
    assert "type_young" in found.errors and "type_older" not in found.answers
    ended = read("placement_end", {"person": {"age": age}}, next_young=kind, next_older=kind)
    assert "next_young" in ended.errors and "next_older" not in ended.answers


def test_the_written_decision_of_the_director_is_for_the_youngest_alone() -> None:
    assert "type_older" in read(
        "alternative_care_placement", {"exploration": {"age_years": 9}}, type_older="director_decision").errors
    young = read("alternative_care_placement", {"exploration": {"age_years": 1}}, type_young="director_decision")
    assert young.answers["placement_type"] == "director_decision" and "type_young" not in young.errors


def test_departing_from_the_ladder_needs_a_written_reason() -> None:
    known = {"exploration": {"age_years": 9}, "care": {"option": "kinship"}}
    assert "departs_reason" in read("alternative_care_placement", known, type_older="residential").errors
    assert "residential_reason" in read("alternative_care_placement", known, type_older="residential").errors
    assert "departs_reason" not in read("alternative_care_placement", known, type_older="kinship").errors


def test_an_adult_is_asked_and_whoever_decides_instead_is_named() -> None:
    asked: dict[str, Any] = {"care_needed": "yes", "age_years": "40"}
    assert "agrees" in read("care_exploration", **asked).errors
    assert "decides_instead" in read("care_exploration", agrees="cannot_decide", **asked).errors
    assert "person_agrees" in read("removal_proposal", person_is="adult").errors


def test_a_visit_with_one_sign_or_nobody_met_counts_as_a_warning() -> None:
    assert read("placement_visit", outcome="met", warning_signs=["none"]).answers["warning"] is False
    assert read("placement_visit", outcome="met", warning_signs=["money"]).answers["warning"] is True
    assert read("placement_visit", outcome="met").answers["warning"] is True
    assert read("placement_visit", outcome="not_home").answers["warning"] is True


def test_an_end_has_one_of_seventeen_reasons_and_the_main_one_among_those_given() -> None:
    reasons = yaml.safe_load((ROOT / "forms/lists/care.yaml").read_bytes())["placement_end_reason"]
    assert len(reasons) == 17
    assert "main_reason" in read("placement_end", end_reason=["travel"], main_reason="abuse").errors
    assert "main_reason" not in read("placement_end", end_reason=["travel", "abuse"], main_reason="abuse").errors
    assert "end_reason" in read("placement_end", end_reason=[one["value"] for one in reasons[:5]]).errors


@pytest.mark.parametrize("harm", ["yes", "unknown", None])
def test_a_family_under_suspicion_does_not_stay_eligible(harm: str | None) -> None:
    known = {"placement_end": {"harm_suspected": harm}}
    found = read("carer_standing_decision", known, carer_status="eligible", carer_standing="eligible")
    assert "carer_status" in found.errors and "carer_standing" not in found.answers
    good = read("carer_standing_decision", {"placement_end": {"harm_suspected": "no"}}, carer_standing="eligible")
    assert good.answers["standing"] == "eligible"


def test_kafala_is_no_adoption() -> None:
    assert {"no_adoption", "visits_agreed"} <= set(read("kafala_contract", contract_no="1").errors)


def test_the_familys_personal_status_law_words_the_contract_and_serves_nothing_else() -> None:
    reads = [path.name for path in (ROOT / "processes").rglob("*") if path.suffix in {".bpmn", ".dmn"}
             and FAMILY_LAW in path.read_text(encoding="utf-8")]
    asks = [path.stem for path in (ROOT / "forms").glob("*.form") if FAMILY_LAW in path.read_text(encoding="utf-8")]
    assert reads == [] and asks == ["kafala_contract"]
    question = shipped("kafala_contract").scope.by_path[FAMILY_LAW]
    assert question.component.properties.text("sensitivity") == "identity"


@pytest.mark.parametrize("measure", CUSTODY)
def test_nobody_recommends_custody_for_a_child(measure: str) -> None:
    assert "recommended" in read("juvenile_report", recommended=[measure]).errors
    assert "recommended" not in read("juvenile_report", recommended=["probation"]).errors


@pytest.mark.parametrize("measure", CUSTODY)
def test_custody_is_recorded_only_where_the_court_ordered_it(measure: str) -> None:
    milder = read("juvenile_measure", {"court": {"final_route": "court_measures"}}, measures=[measure],
                  custodial=[measure])
    assert "measures" in milder.errors and "custodial" not in milder.answers
    ordered = read("juvenile_measure", {"court": {"final_route": "court_custody"}}, custodial=[measure])
    assert ordered.answers["custodial"] == [measure]


def test_no_answer_to_a_breach_is_detention() -> None:
    answers = {one["value"] for one in yaml.safe_load((ROOT / "forms/lists/juvenile.yaml").read_bytes())[
        "breach_answer"]}
    assert answers == {"support", "talk", "ask_conditions", "ask_measure", "no_breach"}


def test_a_child_in_placement_is_asked_home_every_time_or_it_is_written_why_not() -> None:
    assert "replace_custody" in read("court_review", in_custody="yes").errors
    assert "no_replacement_reason" in read("court_review", in_custody="yes", replace_custody="no").errors
    assert "replace_custody" not in read("court_review", in_custody="no").errors


@pytest.mark.parametrize("law, age, below", [
    ("SY", "9", True), ("SY", "10", False), ("EG", "11", True), ("EG", "12", False), ("PS", "11", True),
    ("SY", None, None), (None, "15", None),
])
def test_the_age_of_responsibility_is_that_of_the_law_and_unknown_where_it_is_not_settled(
    law: str | None, age: str | None, below: bool | None
) -> None:
    given: dict[str, Any] = {"law": law, "age_at_act": age}
    found = read("juvenile_facts", **{name: value for name, value in given.items() if value is not None})
    assert found.answers.get("below_min_age") is below


@pytest.mark.parametrize("sign", ["yes", "unknown", None])
def test_unless_sexual_violence_is_ruled_out_a_doctor_sees_the_person_or_the_person_declines(sign: str | None) -> None:
    given: dict[str, Any] = {"sexual_violence": sign} if sign else {}
    assert "medical_result" in read("medical_care", medical_result="no_sign", **given).errors
    assert "medical_outcome" not in read("medical_care", sexual_violence="no", medical_outcome="no_sign").errors


def test_a_sealed_file_names_those_who_may_see_it() -> None:
    assert "seal_access" in read("seal_decision", seal_result="seal").errors
    assert "seal_access" not in read("seal_decision", seal_result="no_change").errors


@pytest.mark.parametrize("harm", ["yes", "unknown", None])
def test_a_placement_in_which_harm_is_not_ruled_out_cannot_be_kept_going(harm: str | None) -> None:
    given: dict[str, Any] = {"harm_suspected": harm} if harm else {}
    assert "goes_on" not in read("placement_outlook", goes_on="yes", **given).answers
    assert read("placement_outlook", goes_on="yes", harm_suspected="no").answers["goes_on"] == "yes"


def test_nobody_is_placed_with_somebody_who_was_not_checked() -> None:
    known = {"exploration": {"age_years": 9}}
    assert "background_check" in read("alternative_care_placement", known, type_older="kinship").errors
    checked = read("alternative_care_placement", known, type_older="kinship", background_check="true")
    assert "background_check" not in checked.errors


@pytest.mark.parametrize("provider, offered", [("prov_aman", True), ("prov_bayt", False), ("prov_wafa", False)],
                         ids=["licensed shelter", "licence suspended", "home for older people"])
def test_only_licensed_places_that_give_this_care_are_offered(provider: str, offered: bool) -> None:
    found = read("alternative_care_placement", {"exploration": {"age_years": 30}}, type_older="shelter",
                 institution=provider)
    assert ("institution" not in found.errors) is offered


@pytest.mark.parametrize("form", ["emergency_place", "care_exploration"])
def test_nobody_is_made_older_than_the_date_of_birth_on_record(form: str) -> None:
    known = {"person": {"birth_date": NOW.date().replace(year=NOW.year - 2), "age": 1}}
    assert shipped(form).start(known, ENV)["age_years"] == ["2"]
    for age, refused in (("2", False), ("1", False), ("3", True), ("", False)):
        assert ("age_years" in read(form, known, age_years=age).errors) is refused
    assert "age_years" not in read(form, {"person": {"age": 2}}, age_years="5").errors


def test_nobody_is_older_at_an_act_than_the_date_of_birth_on_record_allows() -> None:
    known = {"case": {"person": {"birth_date": NOW.date().replace(year=NOW.year - 12)}}}
    for age, refused in (("12", False), ("11", False), ("15", True), ("", False)):
        assert ("age_at_act" in read("juvenile_facts", known, age_at_act=age).errors) is refused
