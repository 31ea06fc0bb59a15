"""Rules of their own in the forms of assessment, planning and conferences."""

from datetime import timedelta
from typing import Any

import pytest

from engine.forms import load_lists
from engine.forms.reading import Reading
from engine.scenarios.cast import cast_in
from engine.scenarios.filling import worked_out
from tests.engine.forms.samples import ENV, HOME, NOW, shipped

LISTS = load_lists(HOME / "lists")
CAST = cast_in(HOME.parent / "processes" / "scenarios")
INTAKE: dict[str, Any] = {
    "sex": "female", "age_years": 12, "case_categories": ["neglect"], "subject_type": "child", "has_disability": "no",
    "education_status": "enrolled", "care_arrangement": "mother",
}  # fmt: skip
CONTACT = {"happened_at": NOW - timedelta(days=1), **CAST.filled["contact_safe"].answers}
INVITED = {"conf_reason": ["separation"], "conf_place": "المركز"}
VIEWS = CAST.filled["views_collected"].answers
LIMITS = {"plan_review": timedelta(days=30), "followup": timedelta(days=7)}


def seen(**more: Any) -> dict[str, Any]:
    """What a work item of the case sees."""
    case = {"risk_level": "high", "limits": LIMITS, "intake": INTAKE}
    known = {"contact": CONTACT, "invitation": INVITED, "person_views": VIEWS}
    return {"case": case, "current_user": "huda", **known, **more}


def answered(name: str, context: dict[str, Any] | None = None, **changed: Any) -> Reading:
    """What a filled form of the stories is read as, some answers changed; those of None are left out."""
    filled, context = CAST.filled[name], context or seen()
    given = {key: value for key, value in {**filled.answers, **changed}.items() if value is not None}
    form = shipped(filled.form)
    typed = form.typed(worked_out(given, context, ENV), ENV)
    people = CAST.lists(form.dynamic_lists, LISTS)
    return form.read({**form.start(context, ENV), **typed}, context, people, ENV)


def faults(name: str, context: dict[str, Any] | None = None, **changed: Any) -> set[str]:
    """The boxes that are wrong."""
    return set(answered(name, context, **changed).errors)


def test_the_study_begins_with_what_the_first_contact_told() -> None:
    start = shipped("form_2_case").start(seen(contact={"views": "يريد أمه", "seen_alone": "no"}), ENV)
    assert (start["person_wishes"], start["seen_alone"]) == (["يريد أمه"], ["no"])


@pytest.mark.parametrize(("categories", "asked"), [
    (["neglect"], set()), (["foundlings"], {"found_place", "found_police_ref"}),
    (["child_marriage"], {"marriage_stage"}), (None, set()),
])
def test_questions_of_a_category_are_asked_of_that_category_alone(categories: Any, asked: set[str]) -> None:
    context = seen(case={"intake": {**INTAKE, "case_categories": categories}})
    assert faults("case_studied", context) == asked


@pytest.mark.parametrize(("intake", "status", "seen_by_law"), [
    ({}, ["none"], False), ({}, ["suspect"], True), ({"case_categories": ["juveniles"]}, ["none"], True),
    ({"subject_type": "adult"}, ["accused"], False), ({"subject_type": None}, ["sentenced"], True),
    ({"case_categories": None}, ["victim"], False),
])
def test_a_child_in_conflict_with_the_law_is_seen_and_an_unknown_age_counts_as_a_child(
    intake: dict[str, Any], status: list[str], seen_by_law: bool
) -> None:
    context = seen(case={"intake": {**INTAKE, **intake}})
    assert answered("case_studied", context, legal_status=status).answers["conflict_with_law"] is seen_by_law


def test_a_sign_of_self_harm_must_be_explained_and_none_excludes_all_others() -> None:
    assert faults("case_studied", psych_signs=["self_harm"]) == {"suicide_detail"}
    assert faults("case_studied", psych_signs=["none", "sadness"]) == {"psych_signs"}


def test_a_visit_that_failed_is_asked_only_why() -> None:
    assert faults("home_closed") == set() and "members" not in answered("home_closed").answers
    assert faults("home_closed", failed_note=None) == {"failed_note"}


@pytest.mark.parametrize(("known", "wrong"), [
    ({}, {"members.0.m_age"}), ({"m_age": 30}, set()), ({"m_birth_date": "1990-02-01"}, set()),
    ({"m_birth_hijri": "1410-03-05"}, set()),
    ({"m_birth_hijri": "1410-13-05"}, {"members.0.m_birth_hijri", "members.0.m_age"}),
])
def test_a_member_of_the_household_has_an_age_or_a_date_of_birth_in_either_calendar(
    known: dict[str, Any], wrong: set[str]
) -> None:
    member = {"m_name": "منى", "m_relation": "mother", "m_sex": "female", **known}
    assert faults("home_seen", members=[member]) == wrong


def test_crowding_is_computed_and_a_home_without_rooms_breaks_nothing() -> None:
    assert answered("home_seen").answers["persons_per_room"] == 1
    assert "persons_per_room" not in answered("home_seen", rooms=0).answers


def test_protective_factors_are_summed_and_never_subtracted() -> None:
    low = answered("risk_low", **_rest("r0"))
    assert low.errors == {}
    strong = answered("risk_low", **{**_rest("r0"), **dict.fromkeys(PROTECTIVE, "p2")})
    assert (low.answers["protective_sum"], strong.answers["protective_sum"]) == (5, 12)
    assert low.answers["total_score"] == strong.answers["total_score"]


PROTECTIVE = [path for path in shipped("risk_assessment").scope.by_path if path[0] == "p" and path[1:3].isdigit()]


def _rest(value: str) -> dict[str, Any]:
    items = (path for path in shipped("risk_assessment").scope.by_path if path[0] in "cge" and path[1:3].isdigit())
    return {path: value for path in items if path not in CAST.filled["risk_low"].answers}


def test_nobody_proposes_no_risk_by_hand_and_a_departure_is_explained() -> None:
    assert "final_level" in faults("risk_low", **_rest("r0"), final_level="none")
    assert faults("risk_low", **_rest("r0"), final_level="high") == {"override_reason"}


def test_a_safety_plan_holds_for_fourteen_days_at_most() -> None:
    assert faults("safety_made", valid_until='=now() + duration("P14D")') == set()
    assert faults("safety_made", valid_until='=now() + duration("P15D")') == {"valid_until"}


def test_unless_the_suspected_person_cannot_come_near_it_is_said_how_that_is_prevented() -> None:
    for answer in ("yes", "unknown"):
        assert faults("safety_made", perpetrator_access=answer) == {"access_control"}


def test_a_removal_names_its_authority_and_the_place() -> None:
    assert faults("safety_made", removal_needed="yes") == {"removal_authority", "temporary_placement"}


def test_a_plan_is_reviewed_no_later_than_its_level_allows() -> None:
    assert faults("plan", review_date='=date(now()) + duration("P30D")') == set()
    assert faults("plan", review_date='=date(now()) + duration("P31D")') == {"review_date"}


def test_an_action_belongs_to_a_goal_of_the_plan_and_ends_no_later_than_it() -> None:
    usual = CAST.filled["plan"].answers["actions"][0]
    assert faults("plan", actions=[{**usual, "act_goal_no": 2}]) == {"actions.0.act_goal_no"}
    assert faults("plan", actions=[{**usual, "act_due": '=date(now()) + duration("P61D")'}]) == {"actions.0.act_due"}
    assert faults("plan", actions=[{**usual, "act_due": '=date(now()) + duration("P60D")'}]) == set()


def test_a_goal_is_set_for_twelve_months_at_most() -> None:
    usual = CAST.filled["plan"].answers["goals"][0]
    for until, wrong in (('duration("P12M")', set()), ('duration("P12M") + duration("P1D")', {"goal_target_date"})):
        found = faults("plan", goals=[{**usual, "goal_target_date": f"=date(now()) + {until}"}])
        assert {name.removeprefix("goals.0.") for name in found} == wrong


def test_the_last_day_of_a_plan_s_review_is_brought_forward_from_days_off() -> None:
    four_weeks_and_five_days = seen(case={**seen()["case"], "limits": {"plan_review": timedelta(days=33)}})  # a Friday
    for days, wrong in ((32, set()), (33, {"review_date"})):
        asked = f'=date(now()) + duration("P{days}D")'
        assert faults("plan", four_weeks_and_five_days, review_date=asked) == wrong


def test_a_service_that_is_bought_has_a_price() -> None:
    usual = CAST.filled["plan"].answers["actions"][0]
    assert faults("plan", actions=[{**usual, "act_purchased": True}]) == {"actions.0.act_cost"}


def test_a_returned_plan_comes_back_with_all_that_was_written_and_a_new_one_with_none_of_its_actions() -> None:
    drawn = answered("plan").answers
    again = shipped("case_plan").start(seen(draft=drawn, plan=None, meeting={}), ENV)
    assert again["actions.1.act_text"] == [drawn["actions"][1]["act_text"]] and again["goals.0.goal_domain"] == ["care"]
    changed = shipped("case_plan").start(seen(draft=None, plan=drawn, meeting={}), ENV)
    assert changed["overall_goal"] == [drawn["overall_goal"]]
    assert not any(name.startswith("actions") for name in changed)


def test_versions_of_a_plan_are_counted_and_its_author_is_known() -> None:
    first = answered("plan").answers
    assert (first["plan_version"], first["drawn_by"]) == (1, "huda")
    assert answered("plan", seen(plan=first)).answers["plan_version"] == 2


def test_whether_a_copy_is_safe_is_asked_where_none_was_given() -> None:
    assert faults("plan", copy_given="no") == {"copy_safe"}


def test_three_at_least_are_invited_and_the_chair_is_of_the_rank_that_the_table_names() -> None:
    guests = CAST.filled["invited_three"].answers["invited"]
    assert faults("invited_three", seen(rule={"chair": "case_supervisor"}), invited=guests[:2]) == {"invited"}
    assert faults("invited_three", seen(rule={"chair": "dept_head"})) == {"chair_head"}


def test_minutes_have_three_who_signed_two_options_and_an_owner_and_date_for_each_decision() -> None:
    held = CAST.filled["conference_held"].answers
    assert faults("conference_held") == set()
    assert faults("conference_held", attendees=held["attendees"][:2]) == {"attendees"}
    unsigned = [{**held["attendees"][0], "at_signed": False}, *held["attendees"][1:]]
    assert faults("conference_held", attendees=unsigned) == {"attendees.0.at_signed"}
    assert faults("conference_held", options=held["options"][:1]) == {"options"}
    assert faults("conference_held", decisions=[{"de_text": "تنام الجدة معه"}]) == {
        "decisions.0.de_responsible", "decisions.0.de_due"}


def test_a_meeting_without_a_quorum_is_asked_nothing_else() -> None:
    assert set(answered("conference_too_few").answers) == {"conf_attendance", "no_quorum_note", "minutes_by"}


def test_nobody_attends_unsigned_and_no_relative_interprets() -> None:
    assert faults("undertaken", undertaking=False) == {"undertaking"}
    assert faults("interpreter_found", not_family=False, secrecy_signed=False) == {"not_family", "secrecy_signed"}


def test_whoever_fills_in_a_form_is_known_from_the_sign_in_and_not_from_the_browser() -> None:
    context = seen()
    raw = {**shipped("supervisor_review").typed({"decision": "approve"}, ENV), "done_by": ["mona"]}
    assert shipped("supervisor_review").read(raw, context, LISTS, ENV).answers["done_by"] == "huda"
