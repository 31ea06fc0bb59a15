"""What stops a case is shown at once, and trying again is offered where it can help and nowhere else."""

from datetime import timedelta

import pytest

from engine.commands.waiting import NO_USE, retry_incident
from engine.commands.work import complete_work
from engine.errors import Conflict, NotAllowed, NotFound
from engine.queries.cases import case_page, timeline_of
from engine.queries.stopped import stopped_page
from engine.queries.team import board
from engine.replay import verify_case
from engine.worker import run_pass
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House

BAD_DATE = d.simple("case", d.user("visit", groups="case_manager", form="note", due='="soon"'), ids=("visit",))
BAD_JOIN = d.file(d.process(
    "case", d.start(), d.user("visit", groups="case_manager", form="note"), d.gateway("exclusive", "either", "no"),
    d.gateway("parallel", "join"), d.end(), d.path("S", "visit", "either"), d.flow("either", "join", "yes", "=true"),
    d.flow("either", "join", "no"), d.path("join", "E"),
))  # fmt: skip
ENDLESS = d.file(d.process(
    "case", d.start(), d.catch("pause", d.timer(timeDuration="PT1H")), d.gateway("exclusive", "round"),
    d.script("count", "=1", "n"), d.gateway("exclusive", "ever", "again"), d.end(),
    d.path("S", "pause", "round", "count", "ever"), d.flow("ever", "round", "again"),
    d.flow("ever", "E", "done", "=stop = true"),
))  # fmt: skip


def told(house: House, case: int) -> list[tuple[bool, bool]]:
    """Of each incident on the case's page: whether it may be tried again, and whether it says why not."""
    page = case_page(house.masar, house.person("samer"), str(case))
    assert page.case.status == "incident"
    return [(one.may_retry, one.no_use is not None) for one in page.incidents]


def first(house: House, case: int) -> str:
    return case_page(house.masar, house.person("samer"), str(case)).incidents[0].id


def test_a_due_date_that_cannot_be_computed_says_why_trying_again_is_no_use(house: House) -> None:
    house.publish(BAD_DATE)
    case = house.open("case").id
    assert told(house, case) == [(False, True)]
    with pytest.raises(Conflict) as refused:
        retry_incident(house.masar, house.person("samer"), first(house, case))
    assert refused.value.text == NO_USE and house.kinds(case) == ["case_opened"]
    complete_work(house.masar, house.person("mona"), house.key(case, "visit"), {"text": ["زيارة"]}, "t")
    assert verify_case(house.masar, case).problems == ()


def test_a_case_that_nothing_can_move_is_an_incident_from_that_very_move(house: House) -> None:
    house.publish(BAD_JOIN)
    case = house.open("case").id
    complete_work(house.masar, house.person("mona"), house.key(case, "visit"), {"text": ["زيارة"]}, "t")
    assert told(house, case) == [(False, True)]
    with pytest.raises(Conflict):
        retry_incident(house.masar, house.person("samer"), first(house, case))
    with pytest.raises(NotFound):
        retry_incident(house.masar, house.person("samer"), first(house, case), str(case + 1))


def test_a_timer_after_which_the_case_runs_in_circles_is_an_incident_within_the_pass(house: House) -> None:
    house.publish(ENDLESS)
    case = house.open("case").id
    house.clock.advance(timedelta(hours=1))
    while run_pass(house.masar).anything:
        pass
    assert house.kinds(case)[-1] == "timer_failed" and told(house, case) == [(True, False)]
    newest = timeline_of(house.masar, house.person("samer"), str(case), None).rows[0]
    assert "could not go on" in newest.what.en
    assert verify_case(house.masar, case).problems == ()
    retry_incident(house.masar, house.person("samer"), first(house, case))
    run_pass(house.masar)  # due at once, and stopped again: seen, not forgotten
    assert house.kinds(case)[-2:] == ["incident_retried", "timer_failed"]


def test_each_alert_of_the_ladder_is_a_line_of_its_own(house: House) -> None:
    house.publish(d.simple(
        "case", d.user("visit", groups="case_manager", form="note", due='=opened_at + duration("P2D")'),
        ids=("visit",),
    ))  # fmt: skip
    case = house.open("case", risk_level="immediate").id
    for hours in (30, 18.5, 1, 3):
        house.clock.advance(timedelta(hours=hours))
        run_pass(house.masar)
    said = [row.what.en for row in timeline_of(house.masar, house.person("samer"), str(case), None).rows]
    assert said[:4] == [
        "Still overdue, third and last alert: visit", "Still overdue, second alert: visit", "Overdue: visit",
        "Nearly due: visit",
    ]


def test_who_leads_a_unit_sees_all_its_stopped_cases_the_longest_stopped_first(house: House) -> None:
    samer, huda = house.person("samer"), house.person("huda")
    assert stopped_page(house.masar, samer).rows == () and not board(house.masar, samer).stopped
    house.publish(BAD_DATE)
    first_case = house.open("case", origin="1", person={"full_name": "ليلى الخالد"}).id
    house.clock.advance(timedelta(hours=1))
    second = house.open("case", origin="2").id
    rows = stopped_page(house.masar, samer).rows
    assert [row.case.id for row in rows] == [str(first_case), str(second)] and board(house.masar, samer).stopped
    assert rows[0].case.person == "ليلى الخالد" and rows[0].why.ar
    head = stopped_page(house.masar, huda).rows[0]  # leads, and reads neither names nor what a form said
    assert head.case.person == "مخفي" and not head.why.ar
    with pytest.raises(NotAllowed):
        stopped_page(house.masar, house.person("mona"))
