"""Absences with a deputy, and work that nobody could do, on both databases."""

from datetime import timedelta

import pytest

from engine.actor import Actor
from engine.commands.absences import end_absence, enter_absence
from engine.commands.accounts import deactivate_account, remove_membership
from engine.commands.ownerless import BETWEEN_ROUNDS, STRETCH, begin_rounds, look_for_ownerless
from engine.commands.work import claim_work, complete_work
from engine.errors import Invalid, NotAllowed, NotFound
from engine.queries.accounts import with_deputising
from engine.queries.cases import case_page, timeline_of
from engine.queries.worklist import counts_for, worklist_for
from engine.replay import verify_case
from engine.worker import run_pass
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House
from tests.engine.commands.test_reassigning import INNER, OUTER, give_role

VISITED = d.simple("case", d.user("visit", groups="case_manager", form="note"), ids=("visit",))
FOLLOWED = d.simple(
    "case",
    d.user("visit", groups="case_manager", form="note"),
    d.user("review", assignee="=reviewer", groups="case_manager,case_supervisor", form="note", not_done_by="visit"),
    ids=("visit", "review"),
)


def at_this_moment(house: House, login: str) -> Actor:
    """Somebody, knowing for whom they stand in now."""
    person = house.person(login)
    with house.masar.db.read() as conn:
        return with_deputising(conn, person, house.clock())


def away(house: House, login: str = "mona", deputy: str = "karim", days: tuple[str, str] = ("", "")) -> int:
    """Somebody is away, today (22 November) at least."""
    first, last = days if days[0] else ("2026-11-22", "2026-11-24")
    return enter_absence(house.masar, house.person("samer"), house.person(login).id, first, last, deputy)


def mine(house: House, login: str) -> list[str]:
    return [row.id for row in worklist_for(house.masar, at_this_moment(house, login), "mine").rows]


def test_the_work_of_somebody_away_is_also_their_deputys_for_that_time_only(house: House) -> None:
    house.publish(OUTER, INNER)
    case = house.open("case", unit="centre", case_manager="mona").id
    key = house.key(case, "plan")
    assert mine(house, "karim") == []
    away(house)
    assert mine(house, "karim") == mine(house, "mona") == [key]
    assert counts_for(house.masar, at_this_moment(house, "karim")).mine == 1
    assert case_page(house.masar, at_this_moment(house, "karim"), str(case)).case.number
    house.clock.advance(timedelta(days=3))
    assert mine(house, "karim") == [] and mine(house, "mona") == [key]
    with pytest.raises(NotFound):
        case_page(house.masar, at_this_moment(house, "karim"), str(case))


def test_what_a_deputy_does_is_recorded_on_whose_behalf(house: House) -> None:
    house.publish(OUTER, INNER)
    case = house.open("case", unit="centre", case_manager="mona").id
    away(house)
    karim = at_this_moment(house, "karim")
    complete_work(house.masar, karim, house.key(case, "plan"), {"text": ["خطة"]}, "t")
    claim_work(house.masar, karim, house.key(case, "visit"))
    rows = timeline_of(house.masar, house.person("samer"), str(case), None).rows
    claimed, completed = rows[0], rows[1]
    for entry in (claimed, completed):
        assert entry.who.ar == "كريم" and entry.on_behalf_of is not None and entry.on_behalf_of.ar == "منى"
    assert verify_case(house.masar, case).problems == ()


def test_a_deputy_does_not_review_their_own_work_for_somebody_else(house: House) -> None:
    house.publish(FOLLOWED)
    case = house.open("case", unit="centre", reviewer="mona").id
    complete_work(house.masar, house.person("karim"), house.key(case, "visit"), {"text": ["زيارة"]}, "t")
    away(house)
    karim, key = at_this_moment(house, "karim"), house.key(case, "review")
    assert mine(house, "karim") == []
    with pytest.raises(NotFound):
        complete_work(house.masar, karim, key, {"text": ["ممتازة"]}, "t2")


def test_an_absence_ends_early(house: House) -> None:
    house.publish(OUTER, INNER)
    house.open("case", unit="centre", case_manager="mona")
    absence = away(house)
    assert mine(house, "karim")
    house.clock.advance(timedelta(hours=1))
    end_absence(house.masar, house.person("mona"), absence)
    assert mine(house, "karim") == []
    away(house)


@pytest.mark.parametrize(("first", "last", "deputy", "wrong"), [
    ("2026-11-30", "2026-11-29", "karim", {"last"}),
    ("2026-11-01", "2026-11-20", "karim", {"last"}),
    ("2026-11-22", "2029-11-20", "karim", {"last"}),
    ("٢٠٢٦-١١-٣١", "yesterday", "karim", {"first", "last"}),
    ("2026-11-22", "2026-11-24", "", {"deputy"}),
    ("2026-11-22", "2026-11-24", "samer", {"deputy"}),
    ("2026-11-22", "2026-11-24", "mona", {"deputy"}),
])  # fmt: skip
def test_an_absence_that_cannot_be_says_what_is_wrong(
    house: House, first: str, last: str, deputy: str, wrong: set[str]
) -> None:
    with pytest.raises(Invalid) as told:
        enter_absence(house.masar, house.person("mona"), house.person("mona").id, first, last, deputy)
    assert set(told.value.fields) == wrong


def test_nobody_is_away_twice_and_no_deputy_is_away(house: House) -> None:
    away(house, days=("٢٠٢٦-١١-٢٤", "2026-11-26"))
    with pytest.raises(Invalid) as told:
        away(house, days=("2026-11-26", "2026-11-27"))
    assert set(told.value.fields) == {"first"}
    with pytest.raises(Invalid) as told:
        away(house, "karim", "mona", ("2026-11-26", "2026-11-27"))
    assert set(told.value.fields) == {"deputy"}
    away(house, "karim", "mona", ("2026-11-27", "2026-11-27"))


def test_only_oneself_and_who_leads_the_unit_enter_an_absence(house: House) -> None:
    mona = house.person("mona")
    with pytest.raises(NotFound):
        enter_absence(house.masar, house.person("karim"), mona.id, "2026-11-22", "2026-11-23", "karim")
    with pytest.raises(NotFound):
        enter_absence(house.masar, house.person("samer"), 999, "2026-11-22", "2026-11-23", "karim")
    absence = away(house)
    with pytest.raises((NotAllowed, NotFound)):
        end_absence(house.masar, house.person("karim"), absence)


def duty(house: House) -> Actor:
    """Huda is on duty too."""
    give_role(house, "huda", "duty_supervisor", 1)
    return house.person("huda")


def test_work_of_a_deactivated_manager_goes_to_the_duty_supervisors_list(house: House) -> None:
    house.publish(OUTER, INNER)
    case, huda = house.open("case", unit="centre", case_manager="mona").id, duty(house)
    begin_rounds(house.masar)
    assert look_for_ownerless(house.masar) == 0
    deactivate_account(house.masar, "mona")
    assert look_for_ownerless(house.masar) == 0  # not yet time
    house.clock.advance(BETWEEN_ROUNDS)
    assert look_for_ownerless(house.masar) == 1
    key = house.key(case, "plan")
    [row] = worklist_for(house.masar, huda, "groups").rows
    assert row.id == key and row.may_claim
    newest = timeline_of(house.masar, house.person("samer"), str(case), None).rows[0]
    assert newest.kind == "work_left_to_duty" and "duty supervisor" in newest.what.en
    house.clock.advance(BETWEEN_ROUNDS)
    assert look_for_ownerless(house.masar) == 0
    claim_work(house.masar, huda, key)
    house.clock.advance(BETWEEN_ROUNDS)
    assert look_for_ownerless(house.masar) == 0
    complete_work(house.masar, huda, key, {"text": ["خطة"]}, "t")
    house.clock.advance(BETWEEN_ROUNDS)
    assert look_for_ownerless(house.masar) == 1  # the next item of the absent manager
    assert verify_case(house.masar, case).problems == ()


def test_work_whose_groups_nobody_holds_goes_to_the_duty_supervisor(house: House) -> None:
    lonely = d.simple("case", d.user("opinion", groups="legal_adviser", form="note"), ids=("opinion",))
    house.publish(lonely)
    case, huda = house.open("case", unit="centre").id, duty(house)
    begin_rounds(house.masar)
    assert run_pass(house.masar).handed_on == 1
    assert [row.id for row in worklist_for(house.masar, huda, "groups").rows] == [house.key(case, "opinion")]


def test_work_taken_by_somebody_who_lost_the_role_goes_back_to_those_who_can(house: House) -> None:
    house.publish(VISITED)
    case = house.open("case", unit="centre").id
    claim_work(house.masar, house.person("mona"), house.key(case, "visit"))
    remove_membership(house.masar, "mona", "case_manager", "centre")
    begin_rounds(house.masar)
    assert look_for_ownerless(house.masar) == 1
    assert [r.id for r in worklist_for(house.masar, house.person("karim"), "groups").rows] == [house.key(case, "visit")]
    assert house.kinds(case)[-1] == "work_given_back"


def test_work_for_nobody_in_particular_is_born_with_the_duty_supervisor(house: House) -> None:
    unknown = d.simple("case", d.user("visit", assignee="=somebody", form="note"), ids=("visit",))
    house.publish(unknown)
    case = house.open("case", unit="centre", somebody="no.such.login").id
    assert house.items(case)["visit"].groups == ",duty_supervisor,"


def test_a_stretch_of_the_round_costs_the_same_however_much_is_open(house: House) -> None:
    house.publish(VISITED)
    for n in range(5):
        house.open("case", origin=f"o{n}", unit="centre")
    begin_rounds(house.masar)
    with house.masar.db.counted() as counted:
        look_for_ownerless(house.masar)
    assert len(counted.statements) <= 8 and STRETCH == 200
    with house.masar.db.counted() as idle:
        assert not run_pass(house.masar).anything
    assert len(idle.statements) == 1
