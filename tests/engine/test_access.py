"""The rules of access, on their own: a table of people and cases, and properties that hold for everybody."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.access import (
    ACTING,
    ACTS_OF_A_ROLE,
    ALLOWED,
    CONTENT_FREE,
    EXTERNAL,
    AccessFacts,
    may,
    paths_where,
    visible_sensitivity,
)
from engine.actor import BY_LINK, SYSTEM, Actor, Membership
from engine.kinds import KINDS
from engine.text import Text

MINISTRY, DIRECTORATE, DEPARTMENT, CENTRE, OTHER_CENTRE = "/1/", "/1/2/", "/1/2/3/", "/1/2/3/4/", "/1/2/3/5/"
PROVIDER, OTHER_PROVIDER = "/1/2/8/", "/1/2/9/"
EVERY_ACTION = sorted({*ALLOWED, *ACTS_OF_A_ROLE})


def person(number: int, *roles: tuple[str, str]) -> Actor:
    memberships = tuple(Membership(role, int(path.strip("/").split("/")[-1]), path) for role, path in roles)
    return Actor(number, f"account{number}", Text(f"حساب {number}", f"Account {number}"), memberships)


PEOPLE = {
    "manager": person(1, ("case_manager", CENTRE)),
    "colleague": person(2, ("case_manager", CENTRE)),
    "supervisor": person(3, ("case_supervisor", CENTRE)),
    "supervisor_elsewhere": person(4, ("case_supervisor", OTHER_CENTRE)),
    "reception": person(5, ("reception_officer", DEPARTMENT)),
    "organiser": person(6, ("form_organiser", DEPARTMENT)),
    "head": person(7, ("dept_head", DEPARTMENT)),
    "director": person(8, ("directorate_director", DIRECTORATE)),
    "duty": person(9, ("duty_supervisor", DIRECTORATE)),
    "auditor": person(10, ("auditor", MINISTRY)),
    "admin": person(11, ("system_admin", MINISTRY)),
    "analyst": person(12, ("process_analyst", MINISTRY)),
    "provider": person(13, ("provider_user", PROVIDER)),
    "other_provider": person(14, ("provider_user", OTHER_PROVIDER)),
    "partner": person(15, ("partner_user", "/1/2/10/")),
    "other_partner": person(16, ("partner_user", "/1/2/10/")),
    "nobody": person(17),
    "keeper": person(18, ("directory_manager", DIRECTORATE)),
    "trainer": person(19, ("training_officer", MINISTRY)),
    "quality": person(20, ("quality_officer", MINISTRY)),
    "coordinator": person(21, ("coordination_member", DIRECTORATE)),
    "complaints": person(31, ("complaint_officer", DIRECTORATE)),
    "central": person(32, ("central_services", MINISTRY)),
    "inspector": person(33, ("inspector", MINISTRY)),
}
CASE = AccessFacts(kind="case", unit_path=CENTRE, manager_id=1)
YOUNG_CASE = AccessFacts(kind="case", unit_path=CENTRE)
REPORT = AccessFacts(kind="report", unit_path=DEPARTMENT, reporter_id=15)
REVIEW = replace(CASE, groups=frozenset({"case_supervisor"}))
PLAN = replace(CASE, groups=frozenset({"case_manager"}))
CLAIMED_PLAN = replace(PLAN, assignee_id=1)
COVERED_PLAN = replace(PLAN, assignee_id=2)
BARRED_REVIEW = replace(REVIEW, barred=frozenset({3}))
OFFER = replace(CASE, groups=frozenset({"provider_user"}), audience_unit=8)
TYPED_IN = replace(OFFER, groups=frozenset({"provider_user", "case_manager"}))
OFFICERS_REVIEW = replace(CASE, groups=frozenset({"data_protection_officer"}))
SEALED = replace(CASE, sealed=True, access_list=frozenset({1}))
COMPLAINT = AccessFacts(kind="complaint", unit_path=CENTRE)
HANDLED = replace(COMPLAINT, groups=frozenset({"dept_head"}))
OF_HEAD = replace(HANDLED, about=frozenset({7}), barred=frozenset({7}))
TAKEN = replace(HANDLED, assignee_id=7, workers=frozenset({7}))
INSPECTION = AccessFacts(kind="inspection", unit_path=DIRECTORATE)
VISIT = replace(INSPECTION, groups=frozenset({"inspector", "quality_officer"}))
STOPPING = replace(INSPECTION, groups=frozenset({"quality_officer", "directorate_director"}), barred=frozenset({20}))
ABOUT_MANAGER = replace(CASE, about=frozenset({1}))

WHO_MAY = [
    ("see_case", CASE, "manager supervisor head director duty auditor"),
    ("see_case", YOUNG_CASE, "supervisor head director duty auditor reception organiser"),
    ("see_case", PLAN, "manager supervisor head director duty auditor"),
    ("see_case", COVERED_PLAN, "manager colleague supervisor head director duty auditor"),
    ("see_case", SEALED, "manager"),
    ("see_case", replace(SEALED, access_list=frozenset()), "manager"),
    ("see_case", replace(SEALED, access_list=frozenset(), manager_id=None), ""),
    ("see_case", replace(SEALED, access_list=frozenset({7}), manager_id=None), "head"),
    ("see_protected", replace(SEALED, access_list=frozenset({7}), manager_id=None), "head"),
    ("audit", replace(SEALED, access_list=frozenset()), ""),
    ("prove", SEALED, "auditor"),
    ("prove", CASE, "auditor"),
    ("keep_seal", SEALED, ""),  # the data protection officer's: a test of its own
    ("decide_seal", SEALED, "head director"),
    ("decide_seal", CASE, ""),
    ("see_seals", CASE, "head director auditor"),
    ("see_case", ABOUT_MANAGER, "supervisor head director duty auditor"),
    ("see_case", OFFER, "manager supervisor head director duty auditor"),
    ("see_timeline", CASE, "manager supervisor head director duty auditor"),
    ("see_identity", CASE, "manager supervisor duty"),
    ("see_identity", YOUNG_CASE, "supervisor duty reception organiser"),
    ("see_protected", CASE, "manager supervisor duty"),
    ("see_protected", YOUNG_CASE, "supervisor duty"),
    ("see_protected", REPORT, "duty reception organiser"),
    ("see_report", REPORT, "head director duty auditor reception organiser partner"),
    ("see_work", PLAN, "manager supervisor duty"),
    ("see_work", OFFER, "manager supervisor duty provider"),
    ("see_work", YOUNG_CASE, "supervisor duty"),
    ("know_work", COVERED_PLAN, "manager colleague supervisor head director duty auditor"),
    ("know_work", CLAIMED_PLAN, "manager colleague supervisor head director duty auditor"),
    ("claim", PLAN, "manager"),
    ("claim", replace(PLAN, manager_id=None), "manager colleague"),
    ("claim", REVIEW, "supervisor"),
    ("claim", BARRED_REVIEW, ""),
    ("claim", CLAIMED_PLAN, ""),
    ("complete", CLAIMED_PLAN, "manager"),
    ("complete", COVERED_PLAN, "colleague"),
    ("complete", REVIEW, "supervisor"),
    ("complete", BARRED_REVIEW, ""),
    ("complete", replace(BARRED_REVIEW, assignee_id=3), ""),
    ("complete", replace(OFFER, assignee_id=13), "provider"),
    ("save_draft", CLAIMED_PLAN, "manager"),
    ("release", CLAIMED_PLAN, "manager"),
    ("release", PLAN, ""),
    ("reassign", CLAIMED_PLAN, "supervisor head duty"),
    ("extend", CLAIMED_PLAN, "supervisor head duty"),
    ("receive", CLAIMED_PLAN, "colleague"),
    ("receive", PLAN, "manager colleague"),
    ("retry", CASE, "supervisor duty"),
    ("audit", CASE, "auditor"),
    ("audit", YOUNG_CASE, "auditor"),
    ("audit", SEALED, ""),
    ("audit_cases", AccessFacts(), "auditor"),
    ("answer_for_a_provider", AccessFacts(), "provider other_provider"),
    ("answer_for_a_unit", AccessFacts(), "supervisor supervisor_elsewhere head duty"),
    ("answer_offer", OFFER, "provider"),
    ("answer_offer", replace(PLAN, groups=frozenset({"provider_user"})), ""),
    ("answer_offer", PLAN, "manager"),
    ("answer_offer", TYPED_IN, "manager provider"),
    ("make_answer_link", TYPED_IN, "manager"),
    ("make_answer_link", OFFER, ""),
    ("submit_report", AccessFacts(), "reception organiser duty partner other_partner"),
    ("find_cases", AccessFacts(), "manager colleague supervisor supervisor_elsewhere reception organiser head"
     " director duty auditor quality complaints central inspector"),
    ("reassign_case", CASE, "supervisor head duty"),
    ("receive_case", CASE, "manager colleague duty"),
    ("lead", CASE, "supervisor head director duty"),
    ("note_absence", CASE, "supervisor head duty"),
    ("plan_duty", CASE, "head director"),
    ("see_team", AccessFacts(), "supervisor supervisor_elsewhere head director duty"),
    ("be_away", AccessFacts(), "manager colleague supervisor supervisor_elsewhere reception organiser head director"
     " duty"),
    ("search_directory", AccessFacts(), "manager colleague supervisor supervisor_elsewhere reception organiser head"
     " director duty keeper coordinator quality inspector"),
    ("declare_conflict", AccessFacts(), "manager colleague supervisor supervisor_elsewhere reception organiser head"
     " director duty"),
    ("keep_directory", CASE, "keeper"),
    ("keep_practitioners", CASE, "trainer quality"),
    ("see_practitioners", CASE, "trainer quality supervisor head director duty"),
    ("see_gaps", CASE, "head coordinator"),
    ("see_studio", AccessFacts(), "admin analyst"),
    ("edit_definitions", AccessFacts(), "analyst"),
    ("decide_proposals", AccessFacts(), "analyst"),
    ("plan_migrations", AccessFacts(), "analyst"),
    ("decide_migrations", AccessFacts(), "analyst"),
    ("see_complaint", COMPLAINT, "complaints central auditor"),
    ("see_complaint", HANDLED, "head complaints central auditor"),
    ("see_complaint", TAKEN, "head complaints central auditor"),
    ("see_complaint", OF_HEAD, "complaints central auditor"),
    ("see_case", COMPLAINT, "complaints central auditor"),
    ("see_protected", COMPLAINT, "complaints central"),
    ("see_identity", COMPLAINT, "complaints central"),
    ("see_work", HANDLED, "head complaints central"),
    ("know_work", OF_HEAD, "complaints central auditor"),
    ("claim", HANDLED, "head"),
    ("complete", TAKEN, "head"),
    ("complete", OF_HEAD, ""),
    ("lead", COMPLAINT, ""),
    ("reassign", TAKEN, ""),
    ("extend", TAKEN, ""),
    ("retry", COMPLAINT, "complaints central"),
    ("see_inspection", INSPECTION, "quality inspector director auditor"),
    ("see_inspection", replace(INSPECTION, unit_path=CENTRE), "quality inspector head director auditor"),
    ("see_case", INSPECTION, "quality inspector director auditor"),
    ("see_protected", INSPECTION, "quality inspector director auditor"),
    ("see_identity", INSPECTION, "quality inspector"),
    ("claim", VISIT, "quality inspector"),
    ("claim", STOPPING, "director"),
    ("lead", INSPECTION, ""),
    ("open_inspection", CASE, "quality inspector"),
    ("see_inspections", CASE, "quality inspector head director auditor keeper"),
    ("stop_provider", CASE, "quality inspector director keeper"),
    ("submit_complaint", AccessFacts(), " ".join(set(PEOPLE) - {"nobody"})),
    ("unheard_of", CASE, ""),
]


@pytest.mark.parametrize(("action", "facts", "names"), WHO_MAY)
def test_each_right_belongs_to_these_and_nobody_else(action: str, facts: AccessFacts, names: str) -> None:
    allowed = {name for name, actor in PEOPLE.items() if may(actor, action, facts)}
    assert allowed == set(names.split())


def test_every_action_is_in_the_table() -> None:
    assert {action for action, _, _ in WHO_MAY} == {*EVERY_ACTION, "unheard_of"}


def test_directors_and_auditors_read_ordinary_fields_only() -> None:
    for name in ("director", "head", "auditor"):
        assert visible_sensitivity(PEOPLE[name], CASE) == {"ordinary"}


def test_the_manager_reads_every_field() -> None:
    assert visible_sensitivity(PEOPLE["manager"], CASE) == {"ordinary", "protected", "identity"}


def test_a_provider_reads_no_field_of_the_case() -> None:
    assert visible_sensitivity(PEOPLE["provider"], OFFER) == frozenset()


def test_an_auditor_who_also_supervises_does_no_work_in_the_unit_they_audit() -> None:
    both = person(3, ("case_supervisor", CENTRE), ("auditor", CENTRE))
    assert may(both, "see_case", REVIEW)
    assert not any(may(both, action, REVIEW) for action in ACTING)


def test_a_data_protection_officer_does_the_work_that_asks_for_one_and_no_other() -> None:
    officer = person(22, ("data_protection_officer", MINISTRY))
    assert may(officer, "complete", OFFICERS_REVIEW) and may(officer, "see_work", OFFICERS_REVIEW)
    assert not any(may(officer, action, REVIEW) for action in ACTING)
    assert not may(officer, "complete", replace(OFFICERS_REVIEW, barred=frozenset({22})))
    auditing = person(22, ("data_protection_officer", MINISTRY), ("auditor", MINISTRY))
    assert not may(auditing, "complete", OFFICERS_REVIEW)


def test_the_data_protection_officer_reads_a_complaint_and_handles_only_what_asks_for_one() -> None:
    officer = person(22, ("data_protection_officer", MINISTRY))
    assert visible_sensitivity(officer, COMPLAINT) == {"ordinary", "protected", "identity"}
    assert not may(officer, "claim", HANDLED)
    assert may(officer, "claim", replace(COMPLAINT, groups=frozenset({"data_protection_officer"})))


def test_whoever_stands_in_for_somebody_away_does_not_see_a_complaint_about_themselves() -> None:
    deputy = replace(person(7, ("dept_head", DEPARTMENT)), stands_in_for=frozenset({8}))
    taken = replace(HANDLED, assignee_id=8)
    assert may(deputy, "complete", taken)
    assert not may(deputy, "know_work", replace(taken, about=frozenset({7})))


def test_a_link_opens_the_offer_that_it_was_made_for_and_nothing_else() -> None:
    shown = replace(OFFER, by_link=True)
    assert may(BY_LINK, "answer_offer", shown)
    assert not may(BY_LINK, "answer_offer", OFFER)
    assert not may(BY_LINK, "answer_offer", replace(shown, sealed=True))
    assert not may(BY_LINK, "answer_offer", replace(shown, groups=frozenset({"case_manager"})))
    assert not any(may(BY_LINK, action, shown) for action in ALLOWED if action != "answer_offer")
    assert not visible_sensitivity(BY_LINK, shown)


def test_nobody_but_the_manager_or_the_deputy_types_in_what_a_provider_said() -> None:
    deputy = replace(person(2, ("case_manager", CENTRE)), stands_in_for=frozenset({1}))
    assert may(deputy, "answer_offer", TYPED_IN)
    assert not may(PEOPLE["colleague"], "answer_offer", TYPED_IN)
    assert not may(PEOPLE["manager"], "answer_offer", replace(TYPED_IN, barred=frozenset({1})))


def test_the_data_protection_officer_keeps_the_seal_of_a_file_that_they_cannot_read() -> None:
    officer = person(22, ("data_protection_officer", MINISTRY))
    assert all(may(officer, action, SEALED) for action in ("keep_seal", "decide_seal", "prove"))
    assert not any(may(officer, action, SEALED) for action in ("see_case", "audit", "see_timeline"))
    assert not may(officer, "keep_seal", CASE)


def test_a_search_is_narrowed_to_the_units_where_a_role_reads() -> None:
    both = person(3, ("case_supervisor", CENTRE), ("partner_user", OTHER_CENTRE), ("auditor", DIRECTORATE))
    assert paths_where(both, "see_case") == {CENTRE, DIRECTORATE}


paths = st.sampled_from([MINISTRY, DIRECTORATE, DEPARTMENT, CENTRE, OTHER_CENTRE, PROVIDER, OTHER_PROVIDER])
roles = st.sampled_from(sorted({role for actor in PEOPLE.values() for role in actor.roles} | CONTENT_FREE))
memberships = st.lists(st.tuples(roles, paths), max_size=3)
actors = st.builds(lambda number, held: person(number, *held), st.integers(1, 6), memberships)
numbers = st.frozensets(st.integers(1, 6), max_size=2)
facts_of_things = st.builds(
    AccessFacts, kind=st.sampled_from(KINDS), unit_path=paths,
    groups=st.frozensets(roles, max_size=2), assignee_id=st.none() | st.integers(1, 6),
    manager_id=st.none() | st.integers(1, 6), workers=numbers, barred=numbers,
    audience_unit=st.none() | st.integers(1, 9), reporter_id=st.none() | st.integers(1, 6),
    sealed=st.booleans(), access_list=numbers, about=st.just(frozenset()) | numbers,
)
actions_on_things = st.sampled_from(sorted(ALLOWED))


@given(actors, actions_on_things, facts_of_things)
def test_who_loses_every_membership_loses_every_right(actor: Actor, action: str, facts: AccessFacts) -> None:
    assert not may(replace(actor, memberships=()), action, facts)


@given(actors, actions_on_things, facts_of_things)
def test_nobody_does_an_item_from_which_they_are_barred(
    actor: Actor, action: str, facts: AccessFacts
) -> None:
    barred = replace(facts, barred=facts.barred | {actor.id})
    if action in ACTING - {"reassign", "extend", "reassign_case", "receive_case", "retry"}:  # these are led, not done
        assert not may(actor, action, barred)


@given(actors, actions_on_things, facts_of_things)
def test_a_record_about_oneself_is_closed(actor: Actor, action: str, facts: AccessFacts) -> None:
    about_self = replace(facts, about=facts.about | {actor.id})
    assert not may(actor, action, about_self)
    assert not visible_sensitivity(actor, about_self)


@given(actors, actions_on_things, facts_of_things)
def test_roles_without_content_open_nothing(actor: Actor, action: str, facts: AccessFacts) -> None:
    administrator = replace(actor, memberships=tuple(m for m in actor.memberships if m.role in CONTENT_FREE))
    assert not may(administrator, action, facts)
    assert not visible_sensitivity(administrator, facts)


@given(actors, actions_on_things, facts_of_things)
def test_other_agencies_reach_only_what_is_addressed_to_them_or_was_reported_by_them(
    actor: Actor, action: str, facts: AccessFacts
) -> None:
    outsider = replace(actor, memberships=tuple(m for m in actor.memberships if m.role in EXTERNAL))
    addressed = facts.audience_unit in {m.unit_id for m in outsider.memberships}
    if may(outsider, action, facts):
        assert addressed or (action == "see_report" and facts.reporter_id == actor.id)
    assert not visible_sensitivity(outsider, facts)


@given(actors, actions_on_things, facts_of_things)
def test_a_sibling_unit_gives_no_right(actor: Actor, action: str, facts: AccessFacts) -> None:
    away = replace(facts, unit_path="/1/70/71/", audience_unit=None, reporter_id=None)
    below = replace(actor, memberships=tuple(m for m in actor.memberships if m.unit_path != MINISTRY))
    assert not may(below, action, away)


@given(actors, facts_of_things)
def test_seeing_a_class_of_fields_is_the_same_right_as_its_action(actor: Actor, facts: AccessFacts) -> None:
    visible = visible_sensitivity(actor, facts)
    assert may(actor, "see_identity", facts) == ("identity" in visible)
    assert may(actor, "see_protected", facts) == ("protected" in visible)


@given(actors, facts_of_things)
def test_whoever_may_complete_may_also_open_the_page(actor: Actor, facts: AccessFacts) -> None:
    if may(actor, "complete", facts):
        assert may(actor, "see_work", facts)


def test_the_system_itself_passes_no_door_meant_for_people() -> None:
    assert not any(may(SYSTEM, action, CASE) for action in EVERY_ACTION)


UNDERTAKING = replace(CASE, groups=frozenset({"psych_specialist", "case_supervisor"}), assignee_id=22, closed=True)


def test_whoever_is_asked_to_sign_for_secrecy_sees_nothing_of_the_case_and_nobody_signs_for_them() -> None:
    guest = person(22, ("psych_specialist", CENTRE))
    assert may(guest, "complete", UNDERTAKING) and may(guest, "see_work", UNDERTAKING)
    assert not may(guest, "see_case", UNDERTAKING) and visible_sensitivity(guest, UNDERTAKING) == frozenset()
    deputy = replace(person(23, ("psych_specialist", CENTRE)), stands_in_for=frozenset({22}))
    assert not may(deputy, "complete", UNDERTAKING) and visible_sensitivity(deputy, UNDERTAKING) == frozenset()
    assert visible_sensitivity(PEOPLE["manager"], UNDERTAKING) == visible_sensitivity(PEOPLE["manager"], CASE)
