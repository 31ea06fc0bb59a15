"""What changes between opening a page and sending it: the role, the account, the case, whoever is away. Whoever comes
second is told, nothing is half-done, and nothing is done with a right that is gone."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from engine.actor import Actor
from engine.commands.absences import end_absence, enter_absence
from engine.commands.accounts import deactivate_account, remove_membership
from engine.commands.reassigning import reassign_case
from engine.commands.work import claim_work, complete_work, reassign_work, release_work, save_draft
from engine.errors import Conflict, Invalid, MasarError, NotAllowed, NotFound
from engine.queries.accounts import with_deputising
from engine.replay import verify_case
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House

PLANNED = d.simple(
    "case", d.user("plan", groups="case_manager", assignee="=case_manager", form="note"),
    d.user("review", groups="case_supervisor", form="note", not_done_by="plan"), ids=("plan", "review"),
)  # fmt: skip
TEXT = {"text": ["خطة"]}


@pytest.fixture
def case(house: House) -> int:
    """A case of Mona's whose plan waits for her."""
    house.publish(PLANNED)
    return house.open("case", unit="centre", case_manager="mona").id


def at_this_moment(house: House, login: str) -> Actor:
    """Somebody with the rights of now, knowing for whom they stand in."""
    with house.masar.db.read() as conn:
        return with_deputising(conn, house.person(login), house.clock())


WRITING: dict[str, Callable[[House, Actor, str], Any]] = {
    "complete": lambda house, who, key: complete_work(house.masar, who, key, TEXT, "t"),
    "release": lambda house, who, key: release_work(house.masar, who, key),
    "draft": lambda house, who, key: save_draft(house.masar, who, key, TEXT),
    "absence": lambda house, who, _: enter_absence(
        house.masar, who, who.id, "2026-11-22", "2026-11-24", "karim"),
}


@pytest.mark.parametrize("way", WRITING)
def test_a_role_taken_away_since_the_page_was_opened_writes_nothing(house: House, case: int, way: str) -> None:
    mona, key = house.person("mona"), house.key(case, "plan")
    remove_membership(house.masar, "mona", "case_manager", "centre")
    with pytest.raises(Conflict, match="rights changed"):
        WRITING[way](house, mona, key)
    assert house.kinds(case) == ["case_opened"] and verify_case(house.masar, case).problems == ()


def test_an_account_closed_since_writes_nothing_and_gives_nothing_away(house: House, case: int) -> None:
    samer, key = house.person("samer"), house.key(case, "plan")
    deactivate_account(house.masar, "samer")
    for act in (
        lambda: reassign_work(house.masar, samer, key, "karim", "سبب"),
        lambda: reassign_case(house.masar, samer, str(case), "karim", "سبب"),
    ):
        with pytest.raises(Conflict, match="rights changed"):
            act()
    assert house.items(case)["plan"].assignee_id == house.person("mona").id


def test_a_deputy_whose_time_ended_meanwhile_does_not_act_for_the_other(house: House, case: int) -> None:
    absence = enter_absence(
        house.masar, house.person("samer"), house.person("mona").id, "2026-11-22", "2026-11-24", "karim"
    )
    karim, key = at_this_moment(house, "karim"), house.key(case, "plan")
    house.clock.advance(timedelta(minutes=1))
    end_absence(house.masar, house.person("samer"), absence)
    with pytest.raises(Conflict, match="rights changed"):
        complete_work(house.masar, karim, key, TEXT, "t")
    complete_work(house.masar, house.person("mona"), key, TEXT, "t")


def test_nobody_stands_in_for_whom_a_deputy_stands_in(house: House, case: int) -> None:
    """Karim is Mona's deputy; nobody becomes Karim's for Mona's work, nor is an absent person anybody's deputy."""
    samer = house.person("samer")
    enter_absence(house.masar, samer, house.person("mona").id, "2026-11-22", "2026-11-24", "karim")
    with pytest.raises(Invalid):
        enter_absence(house.masar, samer, house.person("karim").id, "2026-11-22", "2026-11-24", "mona")
    assert at_this_moment(house, "karim").stands_in_for == {house.person("mona").id}
    assert at_this_moment(house, "samer").stands_in_for == frozenset()


def test_a_case_reassigned_meanwhile_is_not_completed_by_its_former_manager(house: House, case: int) -> None:
    mona, key = house.person("mona"), house.key(case, "plan")
    reassign_case(house.masar, house.person("samer"), str(case), "karim", "سفر")
    with pytest.raises((Conflict, NotFound, NotAllowed)):
        complete_work(house.masar, mona, key, TEXT, "t")
    assert house.kinds(case) == ["case_opened", "case_reassigned"]


def test_who_comes_to_work_that_was_given_away_is_told_to_whom_and_when(house: House) -> None:
    house.publish(d.simple("case", d.user("visit", groups="case_manager", form="note"), ids=("visit",)))
    case = house.open("case", unit="centre").id
    key, mona = house.key(case, "visit"), house.person("mona")
    when = house.clock.advance(timedelta(minutes=5))
    reassign_work(house.masar, house.person("samer"), key, "karim", "سبب")
    house.clock.advance(timedelta(minutes=5))
    for act in (
        lambda: claim_work(house.masar, mona, key), lambda: complete_work(house.masar, mona, key, TEXT, "t"),
        lambda: save_draft(house.masar, mona, key, TEXT),
    ):
        with pytest.raises(Conflict) as told:
            act()
        assert told.value.who is not None and (told.value.who.ar, told.value.when) == ("كريم", when)


def together(*acts: Callable[[], object]) -> list[object]:
    """Does all at the same moment; what each gave or raised."""
    gate, ends = threading.Barrier(len(acts)), list[object]([None] * len(acts))

    def run(at: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            ends[at] = act()
        except MasarError as problem:
            ends[at] = problem

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_reassigning_and_completing_at_once_leave_one_true_story(house: House) -> None:
    house.publish(PLANNED)
    mona, karim, samer = (house.person(login) for login in ("mona", "karim", "samer"))
    for n in range(12):
        case = house.open("case", origin=f"race {n}", unit="centre", case_manager="mona").id
        key = house.key(case, "plan")
        ends = together(
            partial(complete_work, house.masar, mona, key, TEXT, f"t{n}"),
            partial(reassign_work, house.masar, samer, key, "karim", "سبب"),
        )
        kinds = house.kinds(case)[1:]
        assert kinds in (["work_completed"], ["work_reassigned"]), (kinds, ends)
        if kinds == ["work_reassigned"]:
            assert house.items(case)["plan"].assignee_id == karim.id and isinstance(ends[0], MasarError)
        else:
            assert "plan" not in house.items(case) and isinstance(ends[1], Conflict)
        assert verify_case(house.masar, case).problems == ()


def test_claiming_twice_and_giving_away_at_once_leave_one_true_story(house: House) -> None:
    house.publish(d.simple("case", d.user("visit", groups="case_manager", form="note"), ids=("visit",)))
    mona, karim, samer = (house.person(login) for login in ("mona", "karim", "samer"))
    for n in range(12):
        case = house.open("case", origin=f"race {n}", unit="centre").id
        key = house.key(case, "visit")
        ends = together(
            partial(claim_work, house.masar, mona, key),
            partial(claim_work, house.masar, karim, key),
            partial(reassign_work, house.masar, samer, key, "karim", "سبب"),
        )
        holder = house.items(case)["visit"].assignee_id
        assert holder == karim.id or (holder == mona.id and isinstance(ends[2], MasarError)), ends
        assert house.kinds(case).count("work_claimed") <= 1
        assert verify_case(house.masar, case).problems == ()
