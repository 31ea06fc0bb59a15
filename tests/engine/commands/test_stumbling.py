"""What a person sends and the case cannot go on with: refused with its words, the typing kept, and an incident that
those see who can have the diagram mended, until it is sent with success, tried again or gone under a newer version."""

import json
from datetime import timedelta

import pytest

from engine.bpmn import Runaway
from engine.commands.waiting import retry_incident
from engine.commands.work import complete_work
from engine.queries.cases import case_page, timeline_of
from engine.queries.stopped import stopped_page
from engine.replay import verify_case
from engine.store import incidents
from engine.worker import run_pass
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House

ROUND = d.file(d.process(
    "case", d.start(), d.user("visit", groups="case_manager", form="note"), d.gateway("exclusive", "round"),
    d.script("count", "=1", "n"), d.gateway("exclusive", "ever", "again"), d.end(),
    d.path("S", "visit", "round", "count", "ever"), d.flow("ever", "round", "again"),
    d.flow("ever", "E", "done", '=visit.text = "enough"'),
))  # fmt: skip


def send(house: House, case: int, text: str, token: str) -> None:
    complete_work(house.masar, house.person("mona"), house.key(case, "visit"), {"text": [text]}, token)


def stumbled(house: House) -> int:
    """A case with a work item after which it ran away, sent once."""
    house.publish(ROUND)
    case = house.open("case").id
    with pytest.raises(Runaway):
        send(house, case, "more", "t1")
    return case


def test_a_form_after_which_the_case_runs_away_is_refused_and_leaves_an_incident(house: House) -> None:
    case = stumbled(house)
    assert list(house.items(case)) == ["visit"], "the work stays open"
    page = case_page(house.masar, house.person("samer"), str(case))
    assert page.case.status == "incident" and [one.may_retry for one in page.incidents] == [True]
    assert "1000" in page.incidents[0].text.en and "1000" in page.incidents[0].text.ar
    assert [one.element.en or one.element.ar for one in stopped_page(house.masar, house.person("samer")).rows]
    assert house.kinds(case) == ["case_opened", "move_stopped"]
    newest = timeline_of(house.masar, house.person("samer"), str(case), None).rows[0]
    assert "could not go on" in newest.what.en and newest.what.ar
    assert verify_case(house.masar, case).problems == ()


def test_it_is_told_once_however_often_the_form_is_sent(house: House) -> None:
    case = stumbled(house)
    for token in ("t2", "t3"):
        with pytest.raises(Runaway):
            send(house, case, "more", token)
    assert house.kinds(case) == ["case_opened", "move_stopped"]


def test_it_is_resolved_when_the_same_work_is_sent_with_success(house: House) -> None:
    case = stumbled(house)
    send(house, case, "enough", "t2")
    with house.masar.db.read() as conn:
        assert incidents.of_case(conn, house.masar.vault, case) == []
    assert case_page(house.masar, house.person("samer"), str(case)).case.status == "closed"
    assert verify_case(house.masar, case).problems == ()


def test_whoever_leads_may_say_to_try_again_and_a_new_failure_is_told_anew(house: House) -> None:
    case = stumbled(house)
    first = case_page(house.masar, house.person("samer"), str(case)).incidents[0].id
    retry_incident(house.masar, house.person("samer"), first)
    assert case_page(house.masar, house.person("samer"), str(case)).case.status == "open"
    with pytest.raises(Runaway):
        send(house, case, "more", "t2")
    assert house.kinds(case) == ["case_opened", "move_stopped", "incident_retried", "move_stopped"]
    assert verify_case(house.masar, case).problems == ()


def test_an_incident_of_a_timer_is_told_in_both_languages(house: House) -> None:
    later = d.file(d.process(
        "case", d.start(), d.catch("pause", d.timer(timeDuration="PT1H")), d.gateway("exclusive", "round"),
        d.script("count", "=1", "n"), d.gateway("exclusive", "ever", "again"), d.end(),
        d.path("S", "pause", "round", "count", "ever"), d.flow("ever", "round", "again"),
        d.flow("ever", "E", "done", "=stop = true")))  # fmt: skip
    house.publish(later)
    case = house.open("case").id
    house.clock.advance(timedelta(hours=1))
    while run_pass(house.masar).anything:
        pass
    with house.masar.db.read() as conn:
        [found] = incidents.of_case(conn, house.masar.vault, case)
    arabic, english = json.loads(found.text)
    assert "خطوة" in arabic and "steps" in english
