"""A complaint goes past whom it is about and past their line: to them it does not exist, wherever they look."""

from datetime import timedelta
from typing import Any

import pytest

from engine.access import SHUT
from engine.actor import PUBLIC, Actor
from engine.commands.complaints import submit_complaint
from engine.commands.ownerless import BETWEEN_ROUNDS, begin_rounds
from engine.commands.reports import Receipt
from engine.errors import Conflict, MasarError, NotAllowed, NotFound
from engine.queries.cases import case_page, diagram_of, find_cases, timeline_of
from engine.queries.complaints import complaint_form, complaint_page
from engine.queries.stopped import stopped_page
from engine.queries.team import board, names_of, person_page, untaken_page
from engine.queries.tracking import progress_of
from engine.queries.work import work_page
from engine.queries.worklist import counts_for, worklist_for
from engine.store.cases import CaseFile
from engine.store.work_items import split
from tests.engine.complaints.town import COMPLAINT, FOUND, TAKEN, Town

LINE = ("huda", "mona")
ANSWERED = {"answer_text": ["اعتذرنا لها"], "answer_told": ["told"], "answered_at.date": ["2026-11-22"],
            "answered_at.time": ["08:00"], "appeal_explained": ["true"]}  # fmt: skip


def everything_shown(town: Town, who: Actor) -> str:
    """All that the lists, boards and pages show to somebody, as text."""
    masar = town.masar
    found: list[object] = []
    for view in ("mine", "groups", "overdue"):
        found.append(worklist_for(masar, who, view))
    found += [counts_for(masar, who), *_or_refused(find_cases, masar, who, "")]
    for look in (board, untaken_page, stopped_page):
        found += _or_refused(look, masar, who)
    for login in ("huda", "karim", "mona", "layla"):
        found += _or_refused(person_page, masar, who, town.person(login).id)
    return str(found)


def _or_refused(look: Any, *args: Any) -> list[Any]:
    try:
        return [look(*args)]
    except (NotAllowed, NotFound):
        return []


def knows_nothing(town: Town, complaint: CaseFile, login: str) -> None:
    """Whether neither lists nor addresses tell somebody that a complaint exists."""
    masar, who = town.masar, town.person(login)
    shown = everything_shown(town, who)
    assert complaint.number not in shown and "complaint" not in shown, login
    assert find_cases(masar, who, complaint.number).rows == ()
    key, items = str(complaint.id), [str(row.id) for row in town.items(complaint.id).values()]
    for look in (case_page, complaint_page):
        with pytest.raises(NotFound):
            look(masar, who, key)
    with pytest.raises(NotFound):
        timeline_of(masar, who, key, None)
    with pytest.raises(NotFound):
        diagram_of(masar, who, key, "complaint")
    for item in items:
        with pytest.raises(NotFound):
            work_page(masar, who, item)
    assert names_of(masar, who, items, [key]) == {}


def test_to_the_worker_and_the_line_it_does_not_exist_and_the_handler_works(town_on_both: Town) -> None:
    town = town_on_both
    case = town.open_case()
    before = {login: everything_shown(town, town.person(login)) for login in (*LINE, "karim", "ziad")}
    complaint = town.complain(case_no=case.number)
    assert complaint.number == "Q-2026-000001" and complaint.unit_path == case.unit_path
    assert complaint.about is not None
    assert {int(one) for one in split(complaint.about)} == {town.person(login).id for login in LINE}
    for login in (*LINE, "karim", "ziad", "adel", "rana"):
        knows_nothing(town, complaint, login)
    assert before == {login: everything_shown(town, town.person(login)) for login in before}
    assert complaint.number in str(worklist_for(town.masar, town.person("layla"), "groups"))
    town.does("layla", complaint.id, "take_in", TAKEN)
    assert complaint_page(town.masar, town.person("layla"), str(complaint.id)).work
    town.holds(complaint.id)


def test_when_it_is_late_others_are_told_than_who_leads_the_unit(town: Town) -> None:
    complaint = town.complain(case_no=town.open_case().number)
    due = town.items(complaint.id)["take_in"].due_at
    for late, told in ((timedelta(hours=1), "hayat"), (timedelta(days=4), "fares")):
        town.clock.advance(due + late - town.clock())
        town.settle()
        assert town.kinds(complaint.id)[-1] == "deadline_passed"
        assert complaint.number in str(worklist_for(town.masar, town.person(told), "overdue")), told
        for login in (*LINE, "ziad", "adel"):
            knows_nothing(town, complaint, login)
            assert counts_for(town.masar, town.person(login)).overdue == 0


def test_whoever_is_named_later_loses_it_and_cannot_be_the_one_who_looks_into_it(town: Town) -> None:
    complaint = town.complain()
    item = str(town.items(complaint.id)["take_in"].id)
    named = {**TAKEN, "named.0.person": ["layla"], "about_confirmed": ["dept_head"]}
    town.does("layla", complaint.id, "take_in", named)
    knows_nothing(town, town.file(complaint.id), "layla")
    assert split(town.items(complaint.id)["take_in"].groups) == ("central_services",)
    with pytest.raises(NotFound):
        work_page(town.masar, town.person("layla"), item)  # not even what they did themselves
    town.does("fares", complaint.id, "take_in", named)
    assert set(town.items(complaint.id)) == {"look_into"}


def test_a_head_or_director_among_the_named_raises_it_above_them_whatever_the_form_says(town: Town) -> None:
    complaint = town.complain()
    town.does("layla", complaint.id, "take_in", {**TAKEN, "named.0.person": ["adel"]})
    assert split(town.items(complaint.id)["take_in"].groups) == ("central_services",)
    knows_nothing(town, town.file(complaint.id), "adel")
    town.does("fares", complaint.id, "take_in", TAKEN)  # who confirms what was said need not say it again
    assert set(town.items(complaint.id)) == {"look_into"}


def test_what_nobody_may_take_goes_to_the_ministry_and_never_to_the_duty_supervisor(town: Town) -> None:
    begin_rounds(town.masar)
    complaint = town.complain(who="layla")  # who typed it in does not look into it, and is the only head
    town.clock.advance(BETWEEN_ROUNDS)
    town.settle()
    assert "central_services" in split(town.items(complaint.id)["take_in"].groups)
    knows_nothing(town, complaint, "ziad")
    town.holds(complaint.id)
    town.does("fares", complaint.id, "take_in", TAKEN)


def test_misconduct_opens_a_report_past_the_line_and_the_case_of_it_is_kept_from_them_too(town_on_both: Town) -> None:
    town = town_on_both
    complaint = town.complain(case_no=town.open_case().number, staff_misconduct="unknown", danger_now="no")
    report = town.newest("report")
    town.holds(report.id)
    assert report.unit_path == "/1/2/" and report.parent_id is None and report.about == complaint.about
    with pytest.raises(NotFound):
        case_page(town.masar, town.person("mona"), str(report.id), "see_report")
    town.does("rana", report.id, "screening", {})
    opened = town.newest("case")
    assert opened.parent_id == report.id and opened.about == complaint.about
    for login in LINE:
        assert report.number not in (shown := everything_shown(town, town.person(login))) and opened.number not in shown
        with pytest.raises(NotFound):
            case_page(town.masar, town.person(login), str(opened.id))
    town.holds(report.id)


def test_a_report_lies_above_a_director_who_is_concerned(town: Town) -> None:
    complaint = town.complain()
    town.does("layla", complaint.id, "take_in", {**TAKEN, "named.0.person": ["adel"], "misconduct_now": ["yes"]})
    assert town.newest("report").unit_path == "/1/"


def test_the_public_complains_without_a_name_and_asks_by_code(town: Town) -> None:
    receipt = _public(town)
    assert progress_of(town.masar, receipt.tracking_code, "x") == "received"
    complaint = town.newest("complaint")
    town.settle()
    town.does("layla", complaint.id, "take_in", TAKEN)
    assert progress_of(town.masar, receipt.tracking_code, "x") == "looked_at"
    town.does("layla", complaint.id, "look_into", FOUND)
    town.does("layla", complaint.id, "give_answer", {"answer_text": ["لم يذكر وسيلة"], "answer_told": ["anonymous"]})
    assert progress_of(town.masar, receipt.tracking_code, "x") == "dealt_with"


def test_the_same_submit_twice_is_one_complaint(town: Town) -> None:
    assert town.complain(token="same").id == town.complain(token="same").id != town.complain(token="other").id


def test_a_provider_complains_and_sees_nothing_of_it_afterwards(town: Town) -> None:
    complaint = town.complain(who="shifa")
    with pytest.raises(NotFound):
        complaint_page(town.masar, town.person("shifa"), str(complaint.id))


def test_a_number_that_is_no_case_gives_nothing_away(town: Town) -> None:
    assert town.complain(case_no="C-2026-999999").about is None
    report_like = town.complain(token="two", case_no=town.complain(token="x").number)
    assert report_like.about is None  # only a case names who works on it


def test_the_data_protection_officer_reads_it_and_an_auditor_sees_it_masked(town: Town) -> None:
    complaint = town.complain()
    for login in ("dalal", "yasin", "hayat", "fares"):
        assert complaint_page(town.masar, town.person(login), str(complaint.id)).case.number == complaint.number
        assert complaint.number in str(find_cases(town.masar, town.person(login), ""))
    with pytest.raises((NotFound, Conflict, NotAllowed)):
        work_page(town.masar, town.person("yasin"), str(town.items(complaint.id)["take_in"].id))


def test_somebody_without_a_post_may_not_use_the_page_of_the_staff(town: Town) -> None:
    with pytest.raises(NotAllowed):
        complaint_form(town.masar, Actor(99, "x", town.person("huda").name, ()))


def test_an_appeal_is_decided_one_level_higher_by_another_account(town: Town) -> None:
    complaint = town.complain(contact_ok="true", contact="هاتف الجارة")
    town.does("layla", complaint.id, "take_in", TAKEN)
    town.does("layla", complaint.id, "look_into", FOUND)
    town.does("layla", complaint.id, "give_answer", _answered(town))
    unhappy = {"satisfied": ["no"], "appeal": ["yes"], "retaliation": ["no"]}
    town.does("hayat", complaint.id, "ask_satisfaction", unhappy)
    with pytest.raises(MasarError):
        town.does("layla", complaint.id, "decide_appeal", {"appeal_result": ["stands"], "appeal_reason": ["x" * 20]})
    town.does("adel", complaint.id, "decide_appeal", {"appeal_result": ["stands"], "appeal_reason": ["x" * 20]})
    assert set(town.items(complaint.id)) == {"tell_appeal"}
    town.holds(complaint.id)


def test_a_list_of_the_newest_holds_what_the_desk_may_see_and_is_not_filled_with_cases(town: Town) -> None:
    for number in range(26):
        town.open_case(f"case {number}")
    complaint = town.complain()
    town.open_case("newest")
    assert [row.number for row in find_cases(town.masar, town.person("hayat"), "").rows] == [complaint.number]


def test_no_list_of_leaders_knows_the_kinds_that_are_shut() -> None:
    assert set(SHUT) == {"complaint", "inspection"}
    assert not {"supervisor", "head", "director"} & set(SHUT["complaint"])


def _answered(town: Town) -> dict[str, list[str]]:
    form = complaint_form(town.masar, town.person("rana"))  # any form: only its clock is wanted
    assert form.token
    moment = town.clock().isoformat()
    return {"answer_text": ["اعتذرنا لها وشرحنا"], "answer_told": ["told"], "answered_at": [moment],
            "appeal_explained": ["true"]}  # fmt: skip


def _public(town: Town) -> Receipt:
    raw = {name: values for name, values in COMPLAINT.items() if name != "channel"}
    return submit_complaint(town.masar, PUBLIC, raw, "a token of the page")
