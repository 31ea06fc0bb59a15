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
from engine.actor import BY_LINK, SYSTEM, Actor
from engine.kinds import KINDS
from tests.engine.access_rows import (
    CASE,
    CENTRE,
    COMPLAINT,
    DEPARTMENT,
    DIRECTORATE,
    HANDLED,
    MINISTRY,
    OFFER,
    OFFICERS_REVIEW,
    OTHER_CENTRE,
    OTHER_PROVIDER,
    PEOPLE,
    PROVIDER,
    REVIEW,
    SEALED,
    TYPED_IN,
    WHO_MAY,
    person,
)

EVERY_ACTION = sorted({*ALLOWED, *ACTS_OF_A_ROLE})


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
    kept = ("keep_seal", "decide_seal", "prove", "hand_over_sealed", "retry")
    assert all(may(officer, action, SEALED) for action in kept)
    assert not any(may(officer, action, SEALED) for action in ("see_case", "audit", "see_timeline"))
    assert not any(may(officer, action, CASE) for action in ("keep_seal", "hand_over_sealed", "retry"))


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
    led = {"reassign", "extend", "reassign_case", "receive_case", "retry", "hand_over_sealed"}
    if action in ACTING - led:
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
