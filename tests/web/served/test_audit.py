"""The auditor's pages as the application serves them: by links alone, masked, in both languages."""

import re

import pytest
from sqlalchemy import update

from engine.clock import StoppedClock
from engine.masar import Masar
from engine.store.work_items import work_item
from tests.web.served.world import World, build


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, fresh: a case of which one check is done."""
    return build(masar, clock)


def test_a_case_is_walked_through_by_its_links(world: World) -> None:
    page = world.ask("auditor", "GET", "/cases/{case}/replay").text
    assert "الخطوة 1 من 2" in page and "فُتحت الحالة" in page
    (following,) = re.findall(r'id="step-next" href="([^"]+)"', page)
    page = world.ask("auditor", "GET", following).text
    assert "الخطوة 2 من 2" in page and "أُنجزت: مراجعة أولى" in page and "حساب supervisor" in page
    assert "روجع" in page and 'id="step-next" href' not in page
    assert re.search(r'data-active="[^"]*second_check', page) and re.search(r'data-done="[^"]*\bcheck\b', page)


@pytest.mark.parametrize(("asked", "step"), [("٢", 2), ("999999", 2), ("0", 1), ("", 1)])
def test_a_step_is_asked_for_in_any_digits(world: World, asked: str, step: int) -> None:
    assert f"الخطوة {step} من 2" in world.ask("auditor", "GET", f"/cases/{{case}}/replay?step={asked}").text


@pytest.mark.parametrize("asked", ["x", "-1", "1.5", "1" * 30, "%27", "²"])
def test_what_is_no_step_is_no_page(world: World, asked: str) -> None:
    assert world.ask("auditor", "GET", f"/cases/{{case}}/replay?step={asked}").status_code == 404
    assert world.ask("auditor", "GET", f"/cases/{{case}}/readings?after={asked}").status_code == 404


def test_a_diagram_that_is_not_of_the_case_is_not_shown(world: World) -> None:
    page = world.ask("auditor", "GET", "/cases/{case}/replay?step=2&diagram=../../health").text
    assert re.findall('data-diagram="([^"]+)"', page) == [f"/cases/{world.things['case']}/diagrams/case.bpmn"]


@pytest.mark.parametrize("part", ["replay?step=1", "replay?step=2", "readings", "verification"])
@pytest.mark.parametrize("thing", ["case", "report"])
def test_names_and_protected_answers_stay_hidden_from_the_auditor(world: World, thing: str, part: str) -> None:
    page = world.ask("auditor", "GET", f"/cases/{{{thing}}}/{part}").text
    assert "ليلى" not in page and "تفصيل" not in page


def test_verification_says_what_holds_what_does_not_and_what_it_does_not_prove(world: World) -> None:
    page = world.ask("auditor", "GET", "/cases/{case}/verification").text
    assert "ما لا يثبته هذا" in page and "السجل سليم كامل." not in page
    page = world.ask("auditor", "POST", "/cases/{case}/verification").text
    assert "السجل سليم كامل." in page and "ما لا يثبته هذا" in page
    hide = update(work_item).where(work_item.c.element == "plan").values(status="done")
    world.masar.db.run(lambda conn: conn.execute(hide))
    page = world.ask("auditor", "POST", "/cases/{case}/verification").text
    assert "السجل غير سليم" in page and "ليس في القوائم وهو مفتوح" in page


def test_looks_at_the_case_stand_in_the_list_of_readings(world: World) -> None:
    world.ask("manager", "GET", "/cases/{case}")
    for step in (1, 2):
        world.ask("auditor", "GET", f"/cases/{{case}}/replay?step={step}")
    page = world.ask("auditor", "GET", "/cases/{case}/readings").text
    assert "حساب manager" in page and "صفحة الحالة" in page
    assert "السجل خطوة خطوة" in page and "مرتان" in page


def test_the_case_page_leads_an_auditor_and_nobody_else_to_the_audit(world: World) -> None:
    assert 'replay"' in world.ask("auditor", "GET", "/cases/{case}").text
    assert 'replay"' not in world.ask("manager", "GET", "/cases/{case}").text
