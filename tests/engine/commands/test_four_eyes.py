"""Nobody keeps work that they may not do, and nothing stays where nobody may take it: walked by the worker."""

import pytest
from sqlalchemy import select

from engine.actor import SYSTEM, Actor
from engine.commands.absences import enter_absence
from engine.commands.opening import Opening, open_file
from engine.commands.ownerless import BETWEEN_ROUNDS, begin_rounds
from engine.commands.work import claim_work, complete_work, reassign_work
from engine.errors import Invalid, NotFound
from engine.queries.worklist import worklist_for
from engine.replay import verify_case
from engine.store.units import unit
from engine.store.work_items import split
from engine.store.worklist import View
from engine.worker import run_pass
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House
from tests.engine.commands.test_reassigning import give_role

SIDE_BY_SIDE = d.file(
    d.process(
        "case", d.start(), d.gateway("parallel", "fork"), d.user("visit", groups="case_manager", form="note"),
        d.user("review", groups="case_manager", form="note", not_done_by="visit"), d.gateway("parallel", "join"),
        d.end(), d.path("S", "fork", "visit", "join", "E"), d.path("fork", "review", "join"),
    )
)  # fmt: skip


def duty(house: House) -> Actor:
    """Huda is on duty too."""
    give_role(house, "huda", "duty_supervisor", 1)
    return house.person("huda")


def listed(house: House, who: Actor, view: View = "groups") -> list[str]:
    return [row.id for row in worklist_for(house.masar, who, view).rows]


def later(house: House) -> None:
    """The next round is made."""
    house.clock.advance(BETWEEN_ROUNDS)
    while run_pass(house.masar).anything:
        pass


@pytest.fixture
def case(house: House) -> int:
    """A visit and its review, open side by side."""
    house.publish(SIDE_BY_SIDE)
    begin_rounds(house.masar)
    return house.open("case", unit="centre").id


def test_who_took_the_review_and_then_does_the_work_loses_it_at_once_on_record(house: House, case: int) -> None:
    mona, karim = house.person("mona"), house.person("karim")
    review = house.key(case, "review")
    claim_work(house.masar, mona, review)
    complete_work(house.masar, mona, house.key(case, "visit"), {"text": ["زيارة"]}, "t1")
    assert house.kinds(case)[-2:] == ["work_completed", "work_given_back"]
    assert listed(house, karim) == [review] and listed(house, mona, "mine") == [] == listed(house, mona)
    with pytest.raises(NotFound):
        complete_work(house.masar, mona, review, {"text": ["ممتازة"]}, "t2")
    later(house)
    assert house.kinds(case)[-1] == "work_given_back"  # Karim may: nothing is left to the duty
    assert verify_case(house.masar, case).problems == ()
    complete_work(house.masar, karim, review, {"text": ["روجعت"]}, "t3")
    assert house.items(case) == {}


def test_when_all_others_of_the_group_are_away_it_goes_to_the_duty_supervisor(house: House, case: int) -> None:
    huda, mona, review = duty(house), house.person("mona"), house.key(case, "review")
    complete_work(house.masar, mona, house.key(case, "visit"), {"text": ["زيارة"]}, "t1")
    later(house)
    assert listed(house, huda) == []
    enter_absence(house.masar, house.person("samer"), house.person("karim").id, "2026-11-22", "2026-11-30", "mona")
    later(house)
    assert listed(house, huda) == [review] and house.kinds(case)[-1] == "work_left_to_duty"
    claim_work(house.masar, huda, review)
    later(house)
    assert house.items(case)["review"].assignee_id == huda.id
    assert verify_case(house.masar, case).problems == ()


def test_work_held_by_somebody_away_whose_deputy_is_barred_goes_back(house: House, case: int) -> None:
    huda, karim, review = duty(house), house.person("karim"), house.key(case, "review")
    claim_work(house.masar, karim, review)
    complete_work(house.masar, house.person("mona"), house.key(case, "visit"), {"text": ["زيارة"]}, "t1")
    later(house)
    assert house.items(case)["review"].assignee_id == karim.id
    enter_absence(house.masar, house.person("samer"), karim.id, "2026-11-22", "2026-11-30", "mona")
    later(house)
    assert house.items(case)["review"].assignee_id is None and listed(house, huda) == [review]


def test_work_held_by_somebody_away_stays_theirs_while_a_deputy_may_do_it(house: House, case: int) -> None:
    karim, visit = house.person("karim"), house.key(case, "visit")
    claim_work(house.masar, karim, visit)
    enter_absence(house.masar, house.person("samer"), karim.id, "2026-11-22", "2026-11-30", "mona")
    later(house)
    assert house.items(case)["visit"].assignee_id == karim.id


@pytest.mark.parametrize("groups", ["=null", "=[]", '=""', "=nobody_said", '=["no_such_group"]', "=1/0", "=42"])
def test_groups_that_come_to_nothing_are_found_by_the_duty_supervisor(house: House, groups: str) -> None:
    house.publish(d.simple("case", d.user("visit", groups=groups, form="note"), ids=("visit",)))
    case, huda = house.open("case", unit="centre").id, duty(house)
    begin_rounds(house.masar)
    later(house)
    assert listed(house, huda) == [house.key(case, "visit")]
    assert verify_case(house.masar, case).problems == ()


def test_work_given_to_one_person_without_a_group_is_found_when_they_lose_their_role(house: House) -> None:
    house.publish(d.simple("case", d.user("visit", assignee="=who", form="note"), ids=("visit",)))
    case, huda = house.open("case", unit="centre", who="mona").id, duty(house)
    begin_rounds(house.masar)
    later(house)
    assert house.items(case)["visit"].assignee_id == house.person("mona").id
    enter_absence(house.masar, house.person("samer"), house.person("mona").id, "2026-11-22", "2026-11-30", "karim")
    later(house)
    assert house.items(case)["visit"].assignee_id is not None  # Karim stands in
    house.masar.db.run(lambda conn: conn.exec_driver_sql("DELETE FROM membership WHERE role = 'case_manager'"))
    later(house)
    assert listed(house, huda) == [house.key(case, "visit")]


def test_what_was_left_to_the_duty_stays_there_when_the_case_moves_on(house: House, case: int) -> None:
    huda, mona = duty(house), house.person("mona")
    house.masar.db.run(lambda conn: conn.exec_driver_sql("DELETE FROM membership WHERE role = 'case_manager'"))
    later(house)
    assert len(listed(house, huda)) == 2
    complete_work(house.masar, huda, house.key(case, "visit"), {"text": ["زيارة"]}, "t1")
    assert set(split(house.items(case)["review"].groups)) == {"case_manager", "duty_supervisor"}
    assert listed(house, huda) == [] and mona.id  # barred now: a person who leads must name somebody


def test_a_manager_whom_the_diagram_names_for_a_review_of_their_own_does_not_get_it(house: House) -> None:
    named = d.simple(
        "case", d.user("visit", groups="case_manager", form="note"),
        d.user("review", groups="case_manager", assignee="=case_manager", form="note", not_done_by="visit"),
        ids=("visit", "review"),
    )  # fmt: skip
    house.publish(named)
    case = house.open("case", case_manager="mona").id
    complete_work(house.masar, house.person("mona"), house.key(case, "visit"), {"text": ["زيارة"]}, "t1")
    assert house.items(case)["review"].assignee_id is None
    assert verify_case(house.masar, case).problems == ()


def test_a_manager_whose_login_the_case_has_not_met_becomes_its_manager(house: House) -> None:
    chosen = d.simple(
        "case", d.user("choose", groups="case_manager", form="note", outputs={"case_manager": "=choose.risk"}),
        d.user("visit", groups="case_manager", assignee="=case_manager", form="note"), ids=("choose", "visit"),
    )  # fmt: skip
    house.publish(chosen)
    for login in ("karim", "mona"):
        case = house.open("case", origin=login, unit="centre").id
        answers = {"text": ["اختيار"], "risk": [login]}
        complete_work(house.masar, house.person("mona"), house.key(case, "choose"), answers, "t")
        with house.masar.db.read() as conn:
            manager = conn.exec_driver_sql(f"SELECT manager_id FROM case_file WHERE id = {case}").scalar()
        assert manager == house.person(login).id == house.items(case)["visit"].assignee_id


SIGNED = """{"id": "signed", "type": "default", "schemaVersion": 19, "components": [
  {"id": "F1", "type": "textarea", "key": "text", "label": "النص", "validate": {"required": true},
   "properties": {"label_en": "Text", "sensitivity": "protected"}},
  {"id": "F2", "type": "expression", "key": "writer", "label": "الكاتب", "expression": "=current_user",
   "properties": {"label_en": "Writer", "sensitivity": "ordinary"}}]}""".encode()
BY_LOGIN = d.simple(
    "case", d.user("write", groups="case_manager", form="signed", outputs={"author": "=write.writer"}),
    d.user("approve", groups="case_manager", form="note", not_by="=[author, null]", outputs={"seen_by": "=author"}),
    ids=("write", "approve"),
)  # fmt: skip


def test_whoever_a_login_names_does_not_do_the_work_and_the_form_knows_who_fills_it(house: House) -> None:
    """`not_by` closes a work item to logins that the diagram computes; `current_user` is never what a browser says."""
    house.publish(BY_LOGIN, signed=SIGNED)
    case = house.open("case", unit="centre").id
    sent = {"text": ["محضر"], "writer": ["karim"]}
    complete_work(house.masar, house.person("mona"), house.key(case, "write"), sent, "t1")
    approve = house.key(case, "approve")
    with pytest.raises(NotFound):
        complete_work(house.masar, house.person("mona"), approve, {"text": ["ممتاز"]}, "t2")
    assert verify_case(house.masar, case).problems == ()
    complete_work(house.masar, house.person("karim"), approve, {"text": ["اطلعت"]}, "t3")
    assert house.items(case) == {}


REPORTED = d.file(
    d.process(
        "case", d.start(), d.user("screen", groups="case_manager", form="note", not_done_by="S"), d.end(),
        d.path("S", "screen", "E"),
    )
)  # fmt: skip


def test_who_made_a_report_neither_takes_its_screening_nor_is_given_it(house: House) -> None:
    house.publish(REPORTED)
    mona, karim = house.person("mona"), house.person("karim")
    with house.masar.db.read() as conn:
        place = conn.execute(select(unit.c.id, unit.c.path).where(unit.c.code == "centre")).one()
    opening = Opening("case", "case", place.id, place.path, {}, "case_number", "case_opened", "own", reporter=mona.id)
    item = house.key(open_file(house.masar, SYSTEM, opening).id, "screen")
    assert listed(house, mona) == [] and listed(house, karim) == [item]
    for refused in (
        lambda: claim_work(house.masar, mona, item),
        lambda: complete_work(house.masar, mona, item, {"text": ["x"]}, "t1"),
    ):
        with pytest.raises(NotFound):
            refused()
    with pytest.raises(Invalid):
        reassign_work(house.masar, house.person("samer"), item, "mona", "x")
    complete_work(house.masar, karim, item, {"text": ["x"]}, "t2")
