"""Giving work away: many items at once, whole cases, on both databases."""

import pytest
from sqlalchemy import Connection, insert, select

from engine.commands.reassigning import reassign_case, reassign_cases, reassign_many
from engine.commands.work import claim_work, complete_work
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.queries.accounts import actor_named
from engine.queries.cases import case_page, timeline_of
from engine.queries.worklist import worklist_for
from engine.replay import verify_case
from engine.store.accounts import account, membership
from engine.store.units import unit
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House

VISITED = d.simple("case", d.user("visit", groups="case_manager", form="note"), ids=("visit",))
REVIEWED = d.simple("case", d.user("review", groups="case_supervisor", form="note"), ids=("review",))
INNER = d.simple(
    "inner",
    d.user("plan", assignee="=case_manager", groups="case_manager", form="note"),
    d.user("visit", assignee="=case_manager", groups="case_manager", form="note"),
    ids=("plan", "visit"),
)
OUTER = d.simple(
    "case", d.call("stage", "inner", inputs={"case_manager": "=case_manager"}), ids=("stage",)
)


def sister_centre(house: House, login: str) -> None:
    """A second centre beside the first, with a case manager."""

    def work(conn: Connection) -> None:
        conn.execute(insert(unit).values(
            id=9, code="sister", parent_id=1, path="/1/9/", kind="centre", name_ar="الأخت", name_en="Sister",
        ))  # fmt: skip
        row = {"login": login, "name_ar": login, "name_en": login, "created_at": house.clock()}
        made = conn.execute(insert(account).values(row).returning(account.c.id)).scalar_one()
        conn.execute(insert(membership).values(account_id=made, role="case_manager", unit_id=9))

    house.masar.db.run(work)


def give_role(house: House, login: str, role: str, unit_id: int) -> None:
    """One more role for somebody."""

    def work(conn: Connection) -> None:
        account_id = conn.scalar(select(account.c.id).where(account.c.login == login))
        conn.execute(insert(membership).values(account_id=account_id, role=role, unit_id=unit_id))

    house.masar.db.run(work)


def test_many_items_go_at_once_and_what_cannot_go_is_named_and_left(house: House) -> None:
    house.publish(VISITED)
    visits = [house.key(house.open("case", origin=f"v{n}").id, "visit") for n in range(3)]
    house.publish(REVIEWED)
    review = house.key(house.open("case", origin="r").id, "review")
    done = reassign_many(house.masar, house.person("samer"), [*visits, review, "12345"], "karim", "إجازة منى")
    assert done.moved == tuple(visits)
    assert [one.id for one in done.left] == [review, "12345"]
    assert "cannot be given" in done.left[0].why.en
    mine = {row.id for row in worklist_for(house.masar, house.person("karim"), "mine").rows}
    assert mine == set(visits)
    for key in visits:
        case = int(key) >> 22
        assert house.kinds(case)[-1] == "work_reassigned"
        assert "إجازة منى" in timeline_of(house.masar, house.person("samer"), str(case), None).rows[0].what.ar


def test_giving_somebody_what_they_have_records_nothing(house: House) -> None:
    house.publish(VISITED)
    case = house.open("case").id
    claim_work(house.masar, house.person("karim"), house.key(case, "visit"))
    before = house.kinds(case)
    done = reassign_many(house.masar, house.person("samer"), [house.key(case, "visit")], "karim", "تجربة")
    assert done.moved == () and "already" in done.left[0].why.en
    assert house.kinds(case) == before


def test_a_reassignment_needs_something_somebody_and_a_reason(house: House) -> None:
    samer = house.person("samer")
    with pytest.raises(Invalid) as told:
        reassign_many(house.masar, samer, [], "", " ")
    assert set(told.value.fields) == {"item", "to", "reason"}
    with pytest.raises(Invalid) as told:
        reassign_many(house.masar, samer, [str(n) for n in range(1, 102)], "karim", "سبب")
    assert set(told.value.fields) == {"item"}


def test_who_leads_nobody_gives_nothing_away(house: House) -> None:
    house.publish(VISITED)
    case = house.open("case", case_manager="karim", unit="centre").id
    with pytest.raises(NotAllowed):
        reassign_many(house.masar, house.person("mona"), [house.key(case, "visit")], "karim", "سبب")
    with pytest.raises((NotAllowed, NotFound)):
        reassign_case(house.masar, house.person("mona"), str(case), "mona", "سبب")


def test_a_whole_case_goes_to_another_manager_with_its_open_and_coming_work(house: House) -> None:
    house.publish(OUTER, INNER)
    case = house.open("case", unit="centre", case_manager="mona").id
    assert [r.id for r in worklist_for(house.masar, house.person("mona"), "mine").rows] == [house.key(case, "plan")]
    reassign_case(house.masar, house.person("samer"), str(case), "karim", "انتقال منى")
    karim = house.person("karim")
    assert [r.id for r in worklist_for(house.masar, karim, "mine").rows] == [house.key(case, "plan")]
    assert worklist_for(house.masar, house.person("mona"), "mine").rows == ()
    page = case_page(house.masar, karim, str(case))
    assert page.case.manager is not None and page.case.manager.ar == "كريم"
    newest = timeline_of(house.masar, house.person("samer"), str(case), None).rows[0]
    assert "انتقال منى" in newest.what.ar and "كريم" in newest.what.ar
    with pytest.raises(NotFound):
        case_page(house.masar, house.person("mona"), str(case))
    complete_work(house.masar, karim, house.key(case, "plan"), {"text": ["خطة"]}, "t")
    assert house.items(case)["visit"].assignee_id == karim.id
    assert verify_case(house.masar, case).problems == ()


def test_a_case_goes_only_to_who_can_manage_it_and_only_once(house: House) -> None:
    house.publish(OUTER, INNER)
    case = str(house.open("case", unit="centre", case_manager="mona").id)
    samer = house.person("samer")
    with pytest.raises(Invalid):
        reassign_case(house.masar, samer, case, "huda", "سبب")
    with pytest.raises(Invalid):
        reassign_case(house.masar, samer, case, "nobody", "سبب")
    with pytest.raises(Invalid):
        reassign_case(house.masar, samer, case, "karim", " ")
    with pytest.raises(Conflict):
        reassign_case(house.masar, samer, case, "mona", "سبب")


def test_a_case_crosses_to_another_centre_only_by_who_leads_both(house: House) -> None:
    house.publish(OUTER, INNER)
    case = house.open("case", unit="centre", case_manager="mona").id
    sister_centre(house, "rami")
    with pytest.raises(Invalid):
        reassign_case(house.masar, house.person("samer"), str(case), "rami", "سبب")
    give_role(house, "huda", "dept_head", 1)
    reassign_case(house.masar, house.person("huda"), str(case), "rami", "سبب")
    with house.masar.db.read() as conn:
        rami = actor_named(conn, "rami")
    assert rami is not None
    assert case_page(house.masar, rami, str(case)).case.unit.en == "Sister"
    assert [row.id for row in worklist_for(house.masar, rami, "mine").rows] == [house.key(case, "plan")]
    assert verify_case(house.masar, case).problems == ()


def test_cases_go_many_at_once(house: House) -> None:
    house.publish(OUTER, INNER)
    ids = [str(house.open("case", origin=f"c{n}", unit="centre", case_manager="mona").id) for n in range(3)]
    bare = str(house.open("case", origin="bare", unit="centre").id)
    done = reassign_cases(house.masar, house.person("samer"), [*ids, bare], "karim", "سبب")
    assert done.moved == tuple(ids) and [one.id for one in done.left] == [bare]
