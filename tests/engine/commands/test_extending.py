"""More time for a work item: who may give it, how much, and what becomes of it when the risk changes."""

from datetime import datetime, timedelta

import pytest

from engine.bpmn import commands
from engine.commands.extending import SHARES, extend_deadline
from engine.commands.moving import move_case
from engine.commands.standing import Verb
from engine.commands.work import claim_work
from engine.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossible
from engine.queries.cases import timeline_of
from engine.queries.extension import deadline_page
from engine.replay import verify_case
from engine.worker import run_pass
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House

LIMIT = timedelta(days=4)
TIMED = d.simple(
    "case", d.user("visit", groups="case_manager", form="note", due='=opened_at + duration(limit)'), ids=("visit",))
ENDLESS = d.simple("case", d.user("visit", groups="case_manager", form="note"), ids=("visit",))
REASON = "المرأة مسافرة حتى الأحد"


@pytest.fixture
def visit(house: House) -> tuple[int, str]:
    """A case and its visit, due in four days; mona has it."""
    house.publish(TIMED)
    case = house.open("case", limit="P4D").id
    key = house.key(case, "visit")
    claim_work(house.masar, house.person("mona"), key)
    return case, key


def due_of(house: House, case: int) -> datetime:
    due: datetime = house.items(case)["visit"].due_at
    return due


def amend(house: House, case: int, **variables: object) -> None:
    """The case learns something from outside."""
    verb = Verb("amended", commands.Amend(variables), {})
    move_case(house.masar, house.person("samer"), case, lambda _conn, _standing: verb)


def test_a_supervisor_gives_more_time_with_a_reason_that_stands_in_the_history(
    house: House, visit: tuple[int, str]
) -> None:
    case, key = visit
    first = due_of(house, case)
    assert list(deadline_page(house.masar, house.person("samer"), key).ways) == list(SHARES)
    extend_deadline(house.masar, house.person("samer"), key, "half", REASON)
    assert due_of(house, case) == first + LIMIT / 2
    told = timeline_of(house.masar, house.person("samer"), str(case), None).rows[0]
    assert REASON in told.what.ar and house.kinds(case)[-1] == "deadline_extended"
    assert verify_case(house.masar, case).problems == ()


def test_alerts_wait_for_the_new_due_date(house: House, visit: tuple[int, str]) -> None:
    case, key = visit
    extend_deadline(house.masar, house.person("samer"), key, "whole", REASON)
    house.clock.advance(LIMIT + timedelta(hours=1))
    while run_pass(house.masar).anything:
        pass
    assert "deadline_passed" not in house.kinds(case)
    house.clock.advance(LIMIT)
    while run_pass(house.masar).anything:
        pass
    assert "deadline_passed" in house.kinds(case)


def test_all_extensions_together_are_at_most_the_limit_once_more(house: House, visit: tuple[int, str]) -> None:
    case, key = visit
    samer, first = house.person("samer"), due_of(house, case)
    extend_deadline(house.masar, samer, key, "half", REASON)
    assert list(deadline_page(house.masar, samer, key).ways) == ["whole"]
    extend_deadline(house.masar, samer, key, "whole", REASON)
    assert due_of(house, case) == first + LIMIT
    assert deadline_page(house.masar, samer, key).ways == {}
    with pytest.raises(Invalid):
        extend_deadline(house.masar, samer, key, "whole", REASON)


def test_a_risk_scored_anew_sets_the_limit_whatever_was_extended(house: House, visit: tuple[int, str]) -> None:
    case, key = visit
    extend_deadline(house.masar, house.person("samer"), key, "whole", REASON)
    opened = house.items(case)["visit"].since
    amend(house, case, limit="P1D")
    assert due_of(house, case) == opened + timedelta(days=1)
    assert verify_case(house.masar, case).problems == ()


def test_nobody_extends_while_the_danger_is_immediate(house: House, visit: tuple[int, str]) -> None:
    case, key = visit
    amend(house, case, risk_level="immediate")
    with pytest.raises(NotPossible, match="immediate"):
        extend_deadline(house.masar, house.person("samer"), key, "half", REASON)
    with pytest.raises(Conflict):
        deadline_page(house.masar, house.person("samer"), key)


def test_who_has_the_work_and_who_does_not_lead_may_not_extend_it(house: House, visit: tuple[int, str]) -> None:
    case, key = visit
    for login, refusal in (("mona", NotAllowed), ("karim", NotFound)):
        with pytest.raises(refusal):
            extend_deadline(house.masar, house.person(login), key, "half", REASON)
    extend_deadline(house.masar, house.person("huda"), key, "half", REASON)  # the head of department
    assert house.kinds(case)[-1] == "deadline_extended"


def test_a_supervisor_does_not_extend_the_limit_of_their_own_work(house: House) -> None:
    house.publish(d.simple(
        "case", d.user("review", groups="case_supervisor", form="note", due='=opened_at + duration("P2D")'),
        ids=("review",)))
    case = house.open("case").id
    key = house.key(case, "review")
    claim_work(house.masar, house.person("samer"), key)
    with pytest.raises(NotAllowed, match="own work"):
        extend_deadline(house.masar, house.person("samer"), key, "half", REASON)


@pytest.mark.parametrize(("share", "reason", "wrong"), [
    ("half", "  ", {"reason"}), ("double", REASON, {"share"}), ("", "", {"share", "reason"}),
])
def test_what_is_missing_is_named(
    house: House, visit: tuple[int, str], share: str, reason: str, wrong: set[str]
) -> None:
    with pytest.raises(Invalid) as told:
        extend_deadline(house.masar, house.person("samer"), visit[1], share, reason)
    assert set(told.value.fields) == wrong


def test_work_without_a_due_date_or_that_is_done_gets_no_more_time(house: House) -> None:
    house.publish(ENDLESS)
    case = house.open("case").id
    with pytest.raises(Conflict, match="no due date"):
        extend_deadline(house.masar, house.person("samer"), house.key(case, "visit"), "half", REASON)
    with pytest.raises(NotFound):
        extend_deadline(house.masar, house.person("samer"), "123456789", "half", REASON)
