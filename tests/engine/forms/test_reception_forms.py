"""The forms of reporting, reception, consent and notice hold the rules that protect."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from engine.forms import Reading
from engine.scenarios import Stage
from tests.engine.forms.samples import ENV, HOME, LISTS, NOW, shipped

Decide = Callable[[str, Mapping[str, object]], object]
AGENCIES = ["police", "prosecution", "child_protection_committee", "social_ambulance"]
LETTERS = {"notice_decision": "send", "person_told": "no", "notice_ref": "7"}


@pytest.fixture(scope="module")
def decide() -> Decide:
    return Stage(HOME.parent / "processes", HOME).definitions.decider(NOW)


def read(key: str, context: dict[str, Any] | None = None, decide: Decide | None = None, /, **answers: Any) -> Reading:
    raw = {name: value if isinstance(value, list) else [value] for name, value in answers.items()}
    return shipped(key).read(raw, context or {}, LISTS, ENV, decide)


# ---- Form 0 and its screening


def test_a_paper_without_a_date_is_taken_and_one_that_can_be_read_needs_its_date() -> None:
    paper = {"concern_description": "غير مقروء", "report_channel": "paper_form"}
    assert "reported_at" in read("form_0_report", **paper).errors
    assert read("form_0_report", **paper, paper_unreadable="true").errors == {}


def reported(**person: str) -> Reading:
    given: dict[str, Any] = {f"persons.0.{name}": value for name, value in person.items()}
    return read("form_0_report", {"channel": "phone"}, concern_description="خوف", **given)


def test_staff_are_shown_that_an_age_contradicts_its_group_and_the_public_is_never_refused() -> None:
    for age, group, wrong in (
        ("3", "a18_59", True), ("30", "a1_4", True), ("3", "a1_4", False), ("0", "under_1", False),
        ("3", "unknown", False), ("", "a1_4", False), ("70", "a60_plus", False),
    ):
        found = reported(person_age=age, person_age_group=group).errors.get("persons.0.person_age")
        assert (found is not None) is wrong, (age, group)
        if found is not None:
            assert "«العمر بالسنوات»" in found.ar and "“Age, roughly”" in found.en
    public: dict[str, Any] = {
        "persons.0.person_age": "3", "persons.0.person_age_group": "a18_59", "concern_description": "خوف"}
    assert not any("age" in name for name in read("form_0_report", {"channel": "web"}, **public).errors)


@pytest.mark.parametrize(("age", "group", "youngest"), [
    ("3", "a18_59", "a1_4"), ("30", "a5_11", "a5_11"), ("3", "", "a1_4"), ("", "a18_59", "a18_59"),
    ("30", "unknown", "unknown"), ("", "", "unknown"),
])
def test_the_safer_of_two_contradicting_ages_counts(age: str, group: str, youngest: str) -> None:
    found = reported(person_name="سارة", person_age=age, person_age_group=group)
    assert found.answers["age_group"] == youngest


def test_screening_tells_the_unit_of_the_directorate_that_it_sends_a_report_to() -> None:
    sent = read("form_0b_screening", triage_decision="out_of_area", target_directorate="homs")
    assert sent.answers["target_unit"] == "north"


def test_calling_a_report_malicious_takes_a_look_at_the_person() -> None:
    said = {"second_decision": "malicious", "second_reason": "تكرر البلاغ نفسه خمس مرات."}
    assert read("second_screening", **said).errors.keys() == {"person_safe_checked"}
    assert read("second_screening", **said, person_safe_checked="true").errors == {}


def test_danger_never_leaves_a_closed_case_closed() -> None:
    said = {"same_concern": "no", "reopen_result": "info_only", "reopen_reason": "وثيقة فقط"}
    assert read("reopening_decision", {"danger": False}, **said).errors == {}
    for danger in (True, None):
        assert "reopen_result" in read("reopening_decision", {"danger": danger}, **said).errors
    asked = {"danger": False, "request": {"immediate_danger": "yes"}}
    assert "reopen_result" in read("reopening_decision", asked, **said).errors


# ---- The notice


@pytest.mark.parametrize("agency", AGENCIES)
def test_the_agency_of_the_suspected_person_is_never_told(agency: str) -> None:
    found = read("notice_confirmation", {"suspect_agency": agency}, **LETTERS, notice_agencies=[agency])
    assert "notice_agencies" in found.errors
    learnt = {"agency_learnt": agency, "notice_agencies": [agency]}
    assert "notice_agencies" in read("notice_confirmation", {"suspect_agency": "unknown"}, **LETTERS, **learnt).errors
    other = {"agency_learnt": "none", "notice_agencies": [agency]}
    assert "notice_agencies" in read("notice_confirmation", {"suspect_agency": agency}, **LETTERS, **other).errors
    others = [one for one in AGENCIES if one != agency]
    assert "notice_agencies" not in read(
        "notice_confirmation", {"suspect_agency": agency}, **LETTERS, notice_agencies=others).errors


@pytest.mark.parametrize("wish", [[], "refuses", "not_asked"], ids=["nobody_said", "refuses", "not_asked"])
def test_for_an_adult_who_did_not_agree_help_alone_may_be_called(wish: Any) -> None:
    known = {"age_class": "adult", "law_requires": "unknown"}
    asked = {**LETTERS, "agency_learnt": "unknown", "adult_decision": wish}
    for agency in ("police", "prosecution", "child_protection_committee"):
        assert "notice_agencies" in read("notice_confirmation", known, **asked, notice_agencies=[agency]).errors
    helped = read("notice_confirmation", known, **asked, notice_agencies=["social_ambulance"])
    assert "notice_agencies" not in helped.errors
    by_law = {**known, "law_requires": "yes"}
    assert "notice_agencies" not in read("notice_confirmation", by_law, **asked, notice_agencies=["police"]).errors
    agrees = asked | {"adult_decision": "consents"}
    assert "notice_agencies" not in read("notice_confirmation", known, **agrees, notice_agencies=["police"]).errors


def test_a_notice_is_put_off_for_a_day_at_most_and_with_a_reason() -> None:
    said = {"notice_decision": "not_now", "person_told": "no", "agency_learnt": "none"}
    late = read("notice_confirmation", **said, next_look_at="2026-11-24T09:00")
    assert late.errors.keys() == {"next_look_at", "notice_reason"}
    soon = read("notice_confirmation", **said, notice_reason="ننتظر رأي الطفل", next_look_at="2026-11-23T08:00")
    assert soon.errors == {}


# ---- Form 1


@pytest.mark.parametrize(("nationality", "key", "right", "wrong"), [
    ("syrian", "national_id_sy", "٠١٠٢٠٣٠٤٠٥٦", "0102030405"),
    ("egyptian", "national_id_eg", "29001011234567", "19001011234567"),
    ("palestinian", "national_id_ps", "۹۰۱۲۳۴۵۶۷", "90123456x"),
])
def test_the_national_number_has_the_shape_of_its_country(nationality: str, key: str, right: str, wrong: str) -> None:
    taken = read("form_1_reception", nationality=nationality, **{key: right})
    assert key not in taken.errors and taken.answers["national_id"]
    assert key in read("form_1_reception", nationality=nationality, **{key: wrong}).errors
    assert key not in read("form_1_reception", nationality="iraqi", **{key: wrong}).answers


def test_the_age_follows_from_the_date_of_birth_and_is_else_what_was_said() -> None:
    born = read("form_1_reception", birth_date="2010-11-23", age_years="40")
    assert born.answers["age_now"] == 15 and "age_years" not in born.answers  # tomorrow it will be sixteen
    assert read("form_1_reception", age_years="٩").answers["age_now"] == 9
    assert "age_now" not in read("form_1_reception").answers  # nobody knows: treated as a child


def test_a_hijri_date_stands_beside_the_gregorian_one() -> None:
    parts = {"birth_date_hijri.day": "12", "birth_date_hijri.month": "6", "birth_date_hijri.year": "١٤٣٢"}
    found = read("form_1_reception", birth_date="2011-05-15", **parts)
    assert found.answers["birth_date_hijri"] == "1432-06-12"
    assert found.answers["birth_date"] == date(2011, 5, 15)


def test_a_town_lies_in_its_district_and_a_district_in_its_governorate() -> None:
    place = {"governorate": "damascus", "district": "midan", "community": "midan_zahra"}
    assert not {"district", "community"} & read("form_1_reception", **place).errors.keys()
    assert "community" in read("form_1_reception", **place | {"community": "douma_town"}).errors
    assert "district" in read("form_1_reception", **place | {"district": "douma"}).errors


def test_whoever_is_referred_out_gets_an_agency(decide: Decide) -> None:
    no_case = {"immediate_danger": "no", "within_mandate": "yes", "protection_needed": "no", "basic_needs_only": "yes",
               "needs_ongoing_support": "no", "is_individual_case": "yes"}
    assert "redirect_agency" in read("form_1_reception", {}, decide, **no_case).errors
    advice = no_case | {"basic_needs_only": "no"}
    assert "redirect_agency" not in read("form_1_reception", {}, decide, **advice).errors


def test_above_the_limit_a_manager_needs_a_reason() -> None:
    named = {"case_manager": "salma", "over_limit_known": "true"}
    for key, reason in (("form_1_reception", "over_caseload_reason"), ("manager_naming", "naming_reason")):
        assert reason in read(key, **named).errors
        assert read(key, **named, **{reason: "تعرف الأسرة"}).answers["case_manager_over_limit"] is True
        assert reason not in read(key, case_manager="salma").errors


def test_nobody_free_names_nobody() -> None:
    assert "case_manager" not in read("manager_naming", nobody_free="true", case_manager="salma").answers


# ---- Consent


def test_consent_ends_within_a_year() -> None:
    said = {"answer": "given", "purposes": ["services"]}
    assert "valid_until" not in read("consent", **said, valid_until="2027-11-22").errors
    for day in ("2027-11-23", "2026-11-21"):
        assert "valid_until" in read("consent", **said, valid_until=day).errors


def test_whose_consent_is_needed_follows_from_what_asking_showed(decide: Decide) -> None:
    child, given = {"person": {"age": 9}}, {"answer": "given", "capacity": "limited"}
    safe = read("consent", child, decide, **given, carer_safe="yes")
    assert safe.answers["consent_from"] == "caregiver" and "child_assent" in safe.errors
    for carer in ("no", "unknown"):
        found = read("consent", child, decide, **given, carer_safe=carer)
        assert found.answers["consent_from"] == "supervisor_best_interest"
    unknown = read("consent", {"person": {}}, decide, **given, carer_safe="yes")
    assert unknown.answers["consent_from"] == "supervisor_best_interest"
    adult = read("consent", {"person": {"age": 40}}, decide, answer="given", capacity="full", carer_safe="unknown")
    assert adult.answers["consent_from"] == "person" and "child_assent" not in adult.errors


def test_going_on_without_consent_needs_a_basis_and_ends_within_a_month() -> None:
    said = {"best_interest_result": "go_on", "best_interest_reason": "الأب مصدر الخطر عليه", "person_wish": "الأمان"}
    assert read("best_interest_decision", **said, happened_at="2026-11-22T09:00").errors.keys() == {
        "legal_basis", "seek_again_at"}
    late = read("best_interest_decision", **said, legal_basis="danger", seek_again_at="2026-12-23")
    assert "seek_again_at" in late.errors
    assert "seek_again_at" not in read(
        "best_interest_decision", **said, legal_basis="danger", seek_again_at="2026-12-22").errors


@pytest.mark.parametrize("level", ["immediate", "high", None])
def test_nobody_at_high_or_unknown_risk_is_given_up(level: str | None) -> None:
    said = {"absence_result": "end", "absence_reason": "لم نصل إليه ثلاث مرات"}
    assert "absence_result" in read("absence_decision", {"current_level": level}, **said).errors
    assert read("absence_decision", {"current_level": "low"}, **said).errors == {}


# ---- Form 1: age and numbers


@pytest.mark.parametrize(("given", "age"), [
    ({"birth_date": "2015-05-01"}, 11), ({"birth_date_hijri": "1437-05-01"}, 10), ({"age_years": "9"}, 9), ({}, None),
    ({"birth_date": "1990-05-01", "birth_date_hijri": "1437-05-01", "birth_date_estimated": "true"}, 10),
])
def test_the_age_that_counts_is_the_youngest_of_what_is_known(given: dict[str, Any], age: int | None) -> None:
    assert read("form_1_reception", **given).answers.get("age_now") == age


def test_dates_of_birth_that_contradict_each_other_are_shown_to_staff() -> None:
    contradicting: tuple[tuple[dict[str, Any], str | None], ...] = (
        ({"birth_date": "2016-02-10", "birth_date_hijri": "1437-05-01"}, None),
        ({"birth_date": "1990-02-10", "birth_date_hijri": "1437-05-01"}, "birth_date_hijri"),
        ({"birth_date_hijri": "1437-05-01", "age_years": "30"}, "age_years"),
        ({"birth_date_hijri": "1437-05-01", "age_years": "11"}, None),
        ({"birth_date": "1437-05-01"}, "birth_date"),
        ({"birth_date": "1899-12-31"}, "birth_date"),
    )
    for given, box in contradicting:
        boxes = {"birth_date", "birth_date_hijri", "age_years"} & set(read("form_1_reception", **given).errors)
        assert boxes == ({box} if box else set()), given


def test_a_national_number_is_the_same_in_whatever_digits_it_was_typed() -> None:
    for typed in ("29801010101234", "٢٩٨٠١٠١٠١٠١٢٣٤", "۲۹۸۰۱۰۱۰۱۰۱۲۳۴"):
        found = read("form_1_reception", nationality="egyptian", national_id_eg=typed)
        assert found.answers["national_id_eg"] == found.answers["national_id"] == "29801010101234"
    for form, box in (("form_0b_screening", "matched_case_no"), ("person_match", "matched_case_no")):
        known: dict[str, Any] = {"duplicate_check": "same_open", "known": "same_open", box: "٢٠٢٦-٠٠٠١٢٣"}
        assert read(form, **known).answers[box] == "2026-000123"
