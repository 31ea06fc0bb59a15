"""A case changes hands through its diagram: by a transfer to another directorate, and by another manager, on both
databases with the shipped content."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.actor import Actor
from engine.calls import CALL_TYPES
from engine.calls.work import Work
from engine.commands.absences import enter_absence
from engine.commands.accounts import deactivate_account
from engine.commands.messages import answer_offer
from engine.commands.work import complete_work
from engine.demo.cases import Play, settle
from engine.errors import Invalid, NotAllowed, NotFound
from engine.queries.accounts import actor_named
from engine.queries.cases import case_page
from engine.queries.offers import offer_page, offers_for
from engine.replay import verify_case
from engine.store import cases, messages, work_items
from tests.web.browser.house import House

ROOT = Path(__file__).resolve().parents[3]
SUMMARY = "طفل في التاسعة يعيش مع أمه، خطة قائمة فيها إرشاد للأم وتسجيل في برنامج التغذية."
TRANSFER = {
    "scope": ["other_directorate"], "receiving_unit": ["south"], "reason": ["انتقلت الأسرة إلى مدينة في الجنوب."],
    "person_wish": ["agreed"], "consent_given": ["yes"], "summary": [SUMMARY], "files_included": ["need_summary"],
}  # fmt: skip


@pytest.fixture
def play(ministry: House) -> Play:
    """A case in the care of Mona of the north."""
    return ministry.play("58_another_unit_takes_over", "transfer_requested", 20, ("سامي", "خليل", "العلي"))


def person(play: Play, login: str) -> Actor:
    with play.masar.db.read() as conn:
        found = actor_named(conn, login)
    assert found is not None
    return found


def typed(play: Play, fields: dict[str, str]) -> dict[str, list[str]]:
    """Moments as the boxes of a form hold them: `now`, or `soon` for tomorrow."""
    zone = play.stage.definitions.zone
    moments = {"now": play.clock(), "soon": play.clock() + timedelta(days=1)}
    return {name: [moments[when].astimezone(zone).strftime("%Y-%m-%dT%H:%M")] for name, when in fields.items()}


def case_of(play: Play) -> int:
    return int(play.open_item("follow_up").case_id)


def sends(play: Play, who: str, element: str, raw: dict[str, list[str]]) -> None:
    with play.masar.db.read() as conn:
        waits = [one for one in messages.offered_to(conn, case_of(play)) if one.element == element]
    answer_offer(play.masar, person(play, who), str(waits[0].id), raw, f"{who} {element} {play.clock()}")
    settle(play.masar)


def does(play: Play, who: str, element: str, raw: dict[str, list[str]]) -> None:
    item = play.open_item(element)
    complete_work(play.masar, person(play, who), str(item.id), raw, f"{who} {element} {play.clock()}")
    settle(play.masar)


def offered(play: Play, who: str) -> list[Any]:
    return list(offers_for(play.masar, person(play, who)).rows)


def case_now(play: Play) -> tuple[str, str]:
    """The login of its manager and the path of its unit."""
    with play.masar.db.read() as conn:
        case = cases.load_plain(conn, case_of(play))
    assert case is not None and case.manager_id is not None
    managers = {person(play, login).id: login for login in ("mona", "hani", "karim", "salma")}
    return managers[case.manager_id], case.unit_path


def test_a_case_goes_to_another_directorate_once_its_leader_accepted_and_not_before(play: Play) -> None:
    sends(play, "mona", "transfer_requested", TRANSFER)
    assert offered(play, "ghada") == []  # nothing leaves before a leader of the north has permitted it
    does(play, "samer", "transfer_release", {"decision": ["approve"]})
    before = case_now(play)
    (offer,) = offered(play, "ghada")
    page = offer_page(play.masar, person(play, "ghada"), offer.id)
    told = {str(answer.value) for answer in page.shared or ()}
    assert SUMMARY in "".join(told) and not page.stages and "سامي" not in "".join(told)
    assert {option.value for option in page.lists["users.case_manager"]} >= {"salma"}
    assert not {"mona", "hani", "karim"} & {option.value for option in page.lists["users.case_manager"]}
    with pytest.raises((NotAllowed, NotFound)):
        answer_offer(play.masar, person(play, "samer"), offer.id, {}, "not his to answer")
    accepts = {"transfer_answer": ["accept"], "receiving_manager": ["salma"],
               "first_contact_on": typed(play, {"first_contact_on": "soon"})["first_contact_on"]}
    with pytest.raises(Invalid):
        answer_offer(play.masar, person(play, "ghada"), offer.id, {**accepts, "receiving_manager": ["mona"]}, "hers")
    assert case_now(play) == before
    answer_offer(play.masar, person(play, "ghada"), offer.id, accepts, "accepted")
    settle(play.masar)
    assert case_now(play) == before  # whom she named accepts in person, and nobody else in her place
    (asked,) = offered(play, "salma")
    for other in ("ghada", "mona", "samer"):
        assert asked.id not in {one.id for one in offered(play, other)}
        with pytest.raises((NotAllowed, NotFound)):
            answer_offer(play.masar, person(play, other), asked.id, {"acceptance": ["accept"]}, f"{other} for salma")
    told = {str(answer.value) for answer in offer_page(play.masar, person(play, "salma"), asked.id).shared or ()}
    assert SUMMARY in "".join(told) and "سامي" not in "".join(told)
    answer_offer(play.masar, person(play, "salma"), asked.id, {"acceptance": ["accept"]}, "taken")
    settle(play.masar)
    manager, path = case_now(play)
    assert manager == "salma" and path != before[1]
    assert case_page(play.masar, person(play, "ghada"), str(case_of(play))).case.number
    for stranger in ("samer", "mona"):
        with pytest.raises(NotFound):
            case_page(play.masar, person(play, stranger), str(case_of(play)))
    with play.masar.db.read() as conn:
        rows = work_items.open_of_case(conn, case_of(play))
    assert {row.assignee_id for row in rows if row.element in ("follow_up", "receiver_begins")} == {
        person(play, "salma").id}
    assert verify_case(play.masar, case_of(play)).problems == ()


def test_the_platform_hands_over_only_what_the_right_people_released_and_accepted(play: Play) -> None:
    asked = {"to": "hani", "reason": "leave"}
    headers = {"released_by": "choose_successor,name_holder", "accepted_by": "successor_accepts"}

    def call(number: int, **changes: str) -> object:
        with play.masar.db.read() as conn:
            case = cases.load_plain(conn, case_of(play))
        assert case is not None
        work = Work(number, case.id, case.unit_id, case.unit_path, case.number, headers, {**asked, **changes})
        return CALL_TYPES["hand_over_case"](play.masar, work)["outcome"]

    assert call(1) == "refused"  # nobody has released it
    sends(play, "mona", "reassignment_requested", {"reassign_reason": ["caseload"]})
    does(play, "samer", "choose_successor", {
        "nobody_free": ["found"], "to_worker": ["hani"], "reassign_reason": ["caseload"], "person_informed": ["yes"],
        "open_tasks_reviewed": ["true"], "handover_note": ["زيارة مشتركة يوم الأحد عند الأسرة."],
        **typed(play, {"effective_at": "now"})})
    assert call(2) == "refused" and case_now(play)[0] == "mona"  # nobody has accepted it
    does(play, "hani", "successor_accepts", {"acceptance": ["accept"]})
    assert case_now(play)[0] == "hani"
    assert call(3, to="karim") == "refused"  # Hani accepted for himself
    assert {call(4, to="nobody"), call(5, unit="south"), call(6, unit="none")} == {"refused"}
    assert play.open_item("follow_up").assignee_id == person(play, "hani").id
    assert verify_case(play.masar, case_of(play)).problems == ()


def absent(play: Play, days: int, deputy: str) -> None:
    first = play.clock().astimezone(play.stage.definitions.zone).date()
    mona = person(play, "mona")
    enter_absence(play.masar, mona, mona.id, str(first), str(first + timedelta(days=days)), deputy)


def test_a_long_absence_asks_each_case_for_another_manager_and_a_short_one_leaves_it_to_the_deputy(play: Play) -> None:
    absent(play, 2, "hani")
    with pytest.raises(LookupError):
        play.open_item("choose_successor")
    play.clock.advance(timedelta(days=4))
    absent(play, 30, "hani")
    assert play.open_item("choose_successor").due_at > play.clock()
    assert case_now(play)[0] == "mona"  # until somebody accepts
    assert verify_case(play.masar, case_of(play)).problems == ()


def test_the_cases_of_a_closed_account_ask_for_another_manager(play: Play) -> None:
    deactivate_account(play.masar, "mona")
    assert play.open_item("choose_successor")
