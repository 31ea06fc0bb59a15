"""Inspections: who opens them, what they leave beside the provider, and when the next one opens by itself."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands.inspections import BETWEEN_ROUNDS, begin_inspections, open_inspection_by_hand
from engine.errors import Conflict, MasarError, NotAllowed, NotFound
from engine.queries.inspections import inspection_page, institutions_page
from engine.queries.providers import provider_page
from engine.store import providers
from engine.store.inspections import inspection
from engine.store.work_items import split
from tests.engine.complaints.test_complaints import everything_shown
from tests.engine.complaints.town import FOUND, TAKEN, VISIT, Town


def opened(town: Town, who: str = "qasem", announced: bool = False) -> int:
    """An inspection of the home."""
    found = int(open_inspection_by_hand(town.masar, town.person(who), "prov_wafa", announced, who))
    town.settle()
    return found


def visited(town: Town, who: str = "munir", **answers: str) -> int:
    """The same, and the visit is made."""
    found = opened(town)
    town.does(who, found, "visit_institution", {**VISIT, **{name: [value] for name, value in answers.items()}})
    return found


def later(town: Town, time: timedelta) -> None:
    """Time passes, and the worker looks."""
    town.clock.advance(max(time, BETWEEN_ROUNDS))
    town.settle()


def test_a_visit_leaves_its_numbers_and_its_next_day_beside_the_provider(town_on_both: Town) -> None:
    town = town_on_both
    found = visited(town)
    page = provider_page(town.masar, town.person("qasem"), "prov_wafa").inspected
    assert page is not None and page.may_open and page.may_read
    (visit,) = page.visits
    assert visit.number == "I-2026-000001" and visit.case_id == str(found)
    assert visit.result and visit.result.en == "Compliant"
    assert ("Staff missing", "2") in [(name.en, value) for name, value in visit.numbers]
    assert [score.en for _, score in visit.scores][-1] == "2 – partly met"
    assert visit.next_on and (visit.next_on - town.clock().date()).days in (179, 180)
    town.holds(found)


def test_the_next_visit_opens_by_itself_on_its_day_and_once(town_on_both: Town) -> None:
    town = town_on_both
    begin_inspections(town.masar)
    visited(town)
    later(town, timedelta(days=178))
    assert _count(town) == 1
    later(town, timedelta(days=4))
    later(town, timedelta(days=1))
    assert _count(town) == 2
    assert town.newest("inspection").number.startswith("I-")
    assert set(town.items(town.newest("inspection").id)) == {"visit_institution"}


def test_an_improvement_plan_brings_the_follow_up_on_its_first_day(town: Town) -> None:
    begin_inspections(town.masar)
    visited(town, result="pass_plan", corrective_due="2027-01-20", **{
        "plan.0.plan_axis": "management", "plan.0.plan_what": "مناوب ليلي", "plan.0.plan_by": "2026-12-10"})
    later(town, timedelta(days=19))
    with town.masar.db.read() as conn:
        causes = list(conn.scalars(select(inspection.c.cause).order_by(inspection.c.case_id)))
    assert causes == ["by_hand", "follow_up"]


def test_only_inspectors_open_one_and_no_second_while_one_is_open(town: Town) -> None:
    for login in ("adel", "layla", "nawal", "hayat", "huda", "dalal"):
        with pytest.raises(NotAllowed):
            open_inspection_by_hand(town.masar, town.person(login), "prov_wafa", False, "x")
    with pytest.raises(NotFound):
        open_inspection_by_hand(town.masar, town.person("munir"), "nobody", False, "x")
    opened(town)
    with pytest.raises(Conflict):
        open_inspection_by_hand(town.masar, town.person("munir"), "prov_wafa", True, "y")


def test_suspension_is_another_persons_and_holds_in_the_directory_under_their_name(town_on_both: Town) -> None:
    town = town_on_both
    found = visited(town, "qasem", result="suspend")
    decision = {"decision": ["suspend"], "decision_reason": ["لا أحد يرى المقيمين وحدهم"], "residents_plan": ["يُنقلون"]}
    for login in ("qasem", "munir", "adel"):  # the entry is the ministry's: a director below it has no word in it
        with pytest.raises(MasarError):
            town.does(login, found, "decide_on_operation", decision)
    town.does("rihab", found, "decide_on_operation", decision)
    with town.masar.db.read() as conn:
        row: Any = providers.by_code(conn, "prov_wafa")
    assert row.suspended and row.suspended_by == town.person("rihab").id
    told = provider_page(town.masar, town.person("nawal"), "prov_wafa").record[0]
    assert town.file(found).number in told.reason


def test_nobody_spoken_to_alone_is_danger_and_a_report_goes_out(town: Town) -> None:
    found = visited(town, residents_interviewed="0", not_alone_why="رُفض")
    assert set(town.items(found)) == {"stop_danger"}
    assert town.newest("report").unit_path == "/1/"  # its governorate is not known: the first unit that screens


def test_a_complaint_about_a_provider_opens_an_unannounced_one(town: Town) -> None:
    complaint = town.complain(complaint_about="provider")
    assert split(town.items(complaint.id)["take_in"].groups) == ("quality_officer",)
    taken = {**TAKEN, "about_confirmed": ["provider"], "provider": ["prov_wafa"]}
    for _ in range(2):
        town.does("qasem", complaint.id, "take_in", taken)
    town.does("qasem", complaint.id, "look_into", {**FOUND, "inspect": ["yes"]})
    with town.masar.db.read() as conn:
        assert list(conn.scalars(select(inspection.c.cause))) == ["complaint"]


def test_who_reads_an_inspection_and_who_does_not_even_know_of_it(town: Town) -> None:
    found = opened(town)
    number = town.file(found).number
    for login in ("qasem", "munir", "dalal", "yasin"):
        assert inspection_page(town.masar, town.person(login), str(found)).case.number == number
    for login in ("huda", "mona", "ziad", "rana", "hayat", "layla"):
        with pytest.raises(NotFound):
            inspection_page(town.masar, town.person(login), str(found))
        assert number not in everything_shown(town, town.person(login))


def test_an_institution_that_nobody_visited_stands_first_in_the_list(town: Town) -> None:
    (home,) = institutions_page(town.masar, town.person("munir"))
    assert home.late and home.visit is None
    opened(town)
    (home,) = institutions_page(town.masar, town.person("munir"))
    assert home.waiting and not home.late
    with pytest.raises(NotAllowed):
        institutions_page(town.masar, town.person("huda"))


def _count(town: Town) -> int:
    with town.masar.db.read() as conn:
        return len(conn.execute(select(inspection.c.case_id)).all())
