"""Who may be named as the manager of a case: accredited, not away, without a conflict, within the limits of D16."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.actor import SYSTEM
from engine.commands.opening import Opening, open_file
from engine.commands.practitioners import declare_conflict, end_conflict, withdraw_accreditation
from engine.commands.reassigning import reassign_case, reassign_cases
from engine.commands.standing import case_of
from engine.commands.work import complete_work, reassign_work
from engine.errors import Conflict, Invalid
from engine.queries.assignment import assignment_page
from engine.queries.practitioners import own_conflicts
from engine.store import practitioners
from engine.store.units import unit
from tests.engine.registers.office import NAMED, Office

FILLED = {"first_name": "سامي", "family_name": "الحسن", "care_arrangement": "mother"}


def named(office: Office, **variables: Any) -> str:
    """A case in which a manager is to be named: the key of that work item."""
    office.house.publish(NAMED)
    case = office.house.open("case", origin=f"n{office.house.open_count()}", **variables)
    return office.house.key(case.id, "name")


def own_report(office: Office, login: str) -> str:
    """The same, of a report that somebody of the house made."""
    office.house.publish(NAMED)
    with office.masar.db.read() as conn:
        row = conn.execute(select(unit.c.id, unit.c.path).where(unit.c.code == "centre")).one()
    opening = Opening("case", "case", row.id, row.path, {}, "case_number", "case_opened", "own",
                      reporter=office.person(login).id)  # fmt: skip
    return office.house.key(open_file(office.masar, SYSTEM, opening).id, "name")


def offered(office: Office, item: str) -> dict[str, str | None]:
    """Who stands in the list of the form, with why they may not be chosen."""
    return office.offered(item, "naming", "users.case_manager")


def name(office: Office, item: str, login: str, **more: str) -> None:
    """Names a manager in the form."""
    raw = {key: [value] for key, value in {**FILLED, "case_manager": login, **more}.items()}
    complete_work(office.masar, office.person("reem"), item, raw, "")


def test_a_ministry_that_has_not_begun_the_register_is_not_held_up(office: Office) -> None:
    item = named(office)
    assert offered(office, item) == {"karim": None, "mona": None}
    name(office, item, "mona")


def test_once_somebody_is_accredited_nobody_else_may_be_named_and_the_page_says_why(office: Office) -> None:
    office.accredit("mona")
    item = named(office)
    assert offered(office, item) == {"karim": "not accredited for this setting", "mona": None}
    with pytest.raises(Invalid) as told:
        name(office, item, "karim")
    assert "not accredited" in told.value.fields["case_manager"].en
    name(office, item, "mona")


def test_an_accreditation_that_ended_or_was_withdrawn_counts_before_the_register_does(office_on_both: Office) -> None:
    office = office_on_both
    office.accredit("mona", days=-1)
    assert "ended on 21 November 2026" in str(offered(office, named(office))["mona"])
    office.accredit("mona")
    assert offered(office, named(office))["mona"] is None
    withdraw_accreditation(office.masar, office.person("maher"), office.person("mona").id, "family", "شكوى ثبتت")
    assert "withdrawn" in str(offered(office, named(office))["mona"])


def test_the_setting_in_which_the_person_lives_counts_once_the_form_has_told_it(office: Office) -> None:
    office.accredit("mona")
    item = named(office)
    with pytest.raises(Invalid) as told:
        name(office, item, "mona", care_arrangement="care_institution")
    assert "not accredited" in told.value.fields["case_manager"].en
    office.accredit("mona", "institution")
    name(office, item, "mona", care_arrangement="care_institution")


def test_who_is_away_is_not_named(office: Office) -> None:
    office.send_away("mona", "karim")
    item = named(office)
    assert offered(office, item) == {"karim": None, "mona": "away now"}
    with pytest.raises(Invalid):
        name(office, item, "mona")


def test_a_declared_relative_is_recognised_though_no_name_is_kept(office: Office) -> None:
    raw = {"kind": ["relative"], "full_name": ["سامي خليل الحسن"], "national_id": [""]}
    declare_conflict(office.masar, office.person("mona"), raw)
    item = named(office)
    assert offered(office, item)["mona"] is None  # nobody knows yet whom the case is about
    with pytest.raises(Invalid) as told:
        name(office, item, "mona")
    assert "declared" in told.value.fields["case_manager"].en
    with office.masar.db.read() as conn:
        for table in (practitioners.conflict, practitioners.conflict_key):
            assert "سامي" not in str(conn.execute(select(table)).all())
    name(office, item, "karim")


def test_a_relative_is_recognised_by_number_and_with_or_without_the_fathers_name(office_on_both: Office) -> None:
    office = office_on_both
    raw = {"kind": ["relative"], "full_name": ["سامي الحسن"], "national_id": ["0123456789"]}
    declare_conflict(office.masar, office.person("mona"), raw)
    whole = {"first_name": "سامي", "father_name": "خليل", "family_name": "الحسن"}
    by_number = {"first_name": "سمير", "family_name": "حسون", "national_id": "٠١٢٣٤٥٦٧٨٩"}
    other = {"first_name": "سامي", "father_name": "خليل", "family_name": "العلي"}
    assert [offered(office, named(office, person=one))["mona"] is None for one in (whole, by_number, other)] == [
        False, False, True]


def test_a_conflict_is_ended_by_another_person_and_stays_on_record(office_on_both: Office) -> None:
    office = office_on_both
    raw = {"kind": ["other"], "full_name": ["سامي الحسن"]}
    declare_conflict(office.masar, office.person("mona"), raw)
    (line,) = own_conflicts(office.masar, office.person("mona"))
    with pytest.raises(Invalid):
        end_conflict(office.masar, office.person("maher"), line.id, " ")
    end_conflict(office.masar, office.person("maher"), line.id, "أُدخل خطأً")
    assert own_conflicts(office.masar, office.person("mona")) == ()
    name(office, named(office), "mona")


def test_a_name_of_one_word_marks_nobody_and_is_refused(office: Office) -> None:
    with pytest.raises(Invalid) as told:
        declare_conflict(office.masar, office.person("mona"), {"kind": ["relative"], "full_name": ["سامي"]})
    assert "full_name" in told.value.fields


def test_nobody_manages_the_case_of_a_namesake_or_of_their_own_report(office: Office) -> None:
    item = named(office, person={"first_name": "ماهر", "family_name": "الصفدي"})
    office.give_role("maher", "case_manager")
    assert "name of a person" in str(offered(office, item)["maher"])
    item = own_report(office, "karim")
    assert "report is theirs" in str(offered(office, item)["karim"])


def test_above_the_limit_takes_a_supervisor_and_at_the_utmost_nobody_may(office: Office) -> None:
    office.fill("mona", 25)
    item = named(office)
    assert "above the limit" in str(offered(office, item)["mona"])
    office.fill("mona", 5)
    assert "utmost" in str(offered(office, named(office))["mona"])


def test_heavy_cases_weigh_more_than_many_light_ones(office: Office) -> None:
    office.fill("mona", 9, "high")
    assert "above the limit" in str(offered(office, named(office))["mona"])
    office.fill("karim", 20, "low")
    assert offered(office, named(office))["karim"] is None


def test_who_is_above_the_limit_may_be_named_where_nobody_else_may(office: Office) -> None:
    office.fill("mona", 25)
    office.send_away("karim", "mona")
    item = named(office)
    assert offered(office, item) == {"karim": "away now", "mona": None}
    name(office, item, "mona")


def test_where_no_case_manager_may_take_it_whoever_is_on_duty_does(office: Office) -> None:
    office.accredit("laila")  # begins the register: neither Mona nor Karim is in it
    item = named(office)
    found = offered(office, item)
    assert set(found) == {"karim", "mona", "laila"} and found["laila"] is None
    name(office, item, "laila")


def test_a_supervisor_gives_no_case_to_who_is_barred_and_goes_above_the_limit_only_on_record(office: Office) -> None:
    samer = office.person("samer")
    case = case_of(int(named(office, case_manager="mona", unit="centre")))
    office.send_away("karim", "mona")
    with pytest.raises(Invalid) as told:
        reassign_case(office.masar, samer, str(case), "karim", "سبب")
    assert "away now" in told.value.fields["to"].en
    office.house.clock.advance(timedelta(days=4))
    office.fill("karim", 25)
    left = reassign_cases(office.masar, samer, [str(case)], "karim", "سبب").left
    assert "above the limit" in left[0].why.en
    assert reassign_cases(office.masar, samer, [str(case)], "karim", "سبب", over_limit=True).moved == (str(case),)


def test_a_work_item_is_not_given_to_who_has_a_conflict_and_the_page_says_so(office: Office) -> None:
    raw = {"kind": ["relative"], "full_name": ["سامي الحسن"]}
    office.give_role("karim", "form_organiser")
    declare_conflict(office.masar, office.person("karim"), raw)
    item = named(office, person={"first_name": "سامي", "family_name": "الحسن"})
    page = assignment_page(office.masar, office.person("samer"), item)
    receivers = {one.login: one.why_not for one in page.receivers}
    assert receivers["reem"] is None and "declared" in str(receivers["karim"])
    with pytest.raises(Invalid):
        reassign_work(office.masar, office.person("samer"), item, "karim", "سبب")


def test_nobody_accredits_themselves(office: Office) -> None:
    with pytest.raises(Conflict):
        office.accredit("maher")


def test_the_list_costs_the_same_for_two_managers_and_for_forty(office: Office) -> None:
    item = named(office)
    with office.masar.db.counted() as few:
        offered(office, item)
    for nth in range(40):
        office.hire(f"worker{nth}")
    with office.masar.db.counted() as many:
        assert len(offered(office, item)) == 42
    assert len(many.statements) == len(few.statements)
