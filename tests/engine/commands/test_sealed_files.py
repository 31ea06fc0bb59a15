"""A diagram seals the file of its case once two different accounts decided, on both databases; it names no reader.
Work that is late in a sealed file is told to the data protection officers, in the place of its line."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert

from engine.actor import SYSTEM
from engine.calls import CALL_TYPES
from engine.calls.work import Work
from engine.commands import sealed_files
from engine.commands.reopening import reopen_case
from engine.commands.sealed_files import decide_change, propose_change
from engine.commands.sealed_work import hand_over_late_work
from engine.commands.work import claim_work, complete_work
from engine.errors import Conflict, Invalid, NotFound
from engine.history import document_of
from engine.queries.cases import case_page
from engine.queries.sealed_alarms import hand_over_page, waiting_at_seals
from engine.queries.sealed_files import sealed_page
from engine.queries.worklist import counts_for
from engine.replay import verify_case
from engine.store import cases, work_items
from engine.store.accounts import account, membership
from engine.store.events import read
from engine.store.work_items import TOLD
from engine.worker import run_pass
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House

SEALING = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
  <bpmn:process id="sealing" name="s" isExecutable="true">
    <bpmn:startEvent id="s"/>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="first"/>
    <bpmn:userTask id="first" name="1"><bpmn:extensionElements><zeebe:formDefinition formId="note"/>
      <zeebe:assignmentDefinition candidateGroups="dept_head,case_supervisor"/></bpmn:extensionElements></bpmn:userTask>
    <bpmn:sequenceFlow id="f2" sourceRef="first" targetRef="second"/>
    <bpmn:userTask id="second" name="2"><bpmn:extensionElements><zeebe:formDefinition formId="note"/>
      <zeebe:assignmentDefinition candidateGroups="dept_head,case_supervisor"/></bpmn:extensionElements></bpmn:userTask>
    <bpmn:sequenceFlow id="f3" sourceRef="second" targetRef="seal"/>
    <bpmn:serviceTask id="seal" name="3"><bpmn:extensionElements><zeebe:taskDefinition type="seal_file"/>
      <zeebe:taskHeaders><zeebe:header key="agreed_by" value="first,second"/></zeebe:taskHeaders>
      </bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f4" sourceRef="seal" targetRef="e"/>
    <bpmn:endEvent id="e"/>
  </bpmn:process>
</bpmn:definitions>"""


LATE = d.simple(
    "late", d.user("visit", groups="case_manager", form="note", due="=opened_at + duration(limit)"), ids=("visit",))
OFFICERS = ("nour", "sami")


@pytest.fixture
def visit(house: House) -> tuple[int, str]:
    """A case that mona manages, and its visit, due in four days, which she took; there are two officers, and a manager
    who bears the name of the person."""

    def hire(conn: Connection) -> None:
        hired = {**dict.fromkeys(OFFICERS, ("data_protection_officer", 1)), "rami": ("case_manager", 2)}
        for login, (role, place) in hired.items():
            name = "رامي عيسى" if login == "rami" else login
            row = {"login": login, "name_ar": name, "name_en": login, "created_at": house.clock()}
            made = conn.execute(insert(account).values(row).returning(account.c.id)).scalar_one()
            conn.execute(insert(membership).values(account_id=made, role=role, unit_id=place))

    house.masar.db.run(hire)
    house.publish(LATE)
    case_id = house.open("late", limit="P4D", case_manager="mona", person={"full_name": "رامي عيسى"}).id
    key = house.key(case_id, "visit")
    claim_work(house.masar, house.person("mona"), key)
    return case_id, key


def told(house: House, case_id: int) -> list[list[str]]:
    """Whom each deadline's event alerted."""
    with house.masar.db.read() as conn:
        found = read(conn, house.masar.vault, case_id)
    return [document_of(one.payload)["notify"] for one in found if one.kind.startswith("deadline")]


def shown_to(house: House, key: str) -> set[str]:
    """The roles to whom an item is shown because it is late."""
    with house.masar.db.read() as conn:
        places = work_items.audience_of(conn, [int(key)]).get(int(key), {})
    return {role.removeprefix(TOLD) for role, _ in places if role.startswith(TOLD)}


def pass_time(house: House, days: float) -> None:
    house.clock.advance(timedelta(days=days))
    run_pass(house.masar)


def decided(house: House, *logins: str) -> int:
    """A case in which these people did the two decisions, and the platform what followed."""
    house.publish(SEALING)
    case_id = house.open("sealing").id
    for element, login in zip(("first", "second"), logins, strict=True):
        complete_work(house.masar, house.person(login), house.key(case_id, element), {"text": ["x"]}, f"{element}")
    run_pass(house.masar)
    return case_id


def readers(house: House, case_id: int) -> str | None:
    with house.masar.db.read() as conn:
        case = cases.load_plain(conn, case_id)
    assert case is not None
    return case.readers


def test_two_accounts_seal_a_file_and_then_its_own_supervisor_finds_nothing(house: House) -> None:
    case_id = decided(house, "huda", "samer")
    assert readers(house, case_id) == ","
    assert "file_sealed" in house.kinds(case_id)
    for login in ("mona", "samer", "huda"):
        with pytest.raises(NotFound):
            case_page(house.masar, house.person(login), str(case_id))
    assert verify_case(house.masar, case_id).problems == ()


def test_one_account_alone_seals_nothing(house: House) -> None:
    case_id = decided(house, "huda", "huda")
    assert readers(house, case_id) is None


def test_asked_twice_it_is_sealed_once(house: House) -> None:
    case_id = decided(house, "huda", "samer")
    with house.masar.db.read() as conn:
        case = cases.load_plain(conn, case_id)
    assert case is not None
    work = Work(99, case_id, case.unit_id, case.unit_path, case.number, {"agreed_by": "first,second"}, {})
    assert CALL_TYPES["seal_file"](house.masar, work) == {"outcome": "sealed"}
    assert house.kinds(case_id).count("file_sealed") == 1


def test_a_sealed_file_is_not_opened_again_by_its_number(house: House) -> None:
    case_id = decided(house, "huda", "samer")
    with house.masar.db.read() as conn:
        case = cases.load_plain(conn, case_id)
    assert case is not None and case.status == "closed"
    assert reopen_case(house.masar, SYSTEM, case.number, {}, "again") == "unknown"


def test_late_work_of_a_sealed_file_climbs_to_the_officers_and_its_line_is_told_once_it_is_unsealed(
    house: House, visit: tuple[int, str]
) -> None:
    case_id, key = visit
    sealed_files._seal(house.masar, case_id)
    officer, samer, huda = (house.person(login) for login in ("nour", "samer", "huda"))
    assert waiting_at_seals(house.masar, officer) == 0
    pass_time(house, 3.9)
    assert told(house, case_id)[-1][0] == "data_protection_officer" and waiting_at_seals(house.masar, officer) == 1
    assert not sealed_page(house.masar, officer)[0].urgent
    pass_time(house, 0.2)
    row = sealed_page(house.masar, officer)[0]
    assert row.urgent and row.alarms[0].late and row.alarms[0].holder == house.person("mona").name
    pass_time(house, 30)
    roles = {role for event in told(house, case_id) for role in event}
    assert roles <= {"data_protection_officer", "owner", "dept_head", "directorate_director"} and "dept_head" in roles
    assert shown_to(house, key) == set() and counts_for(house.masar, samer).overdue == 0
    assert waiting_at_seals(house.masar, huda) == 1 and waiting_at_seals(house.masar, samer) == 0
    propose_change(house.masar, officer, str(case_id), "unseal", "", "أُعيد النظر")
    decide_change(house.masar, huda, str(case_id), True)
    pass_time(house, 0)
    assert "dept_head" in shown_to(house, key) or "directorate_director" in shown_to(house, key)
    assert waiting_at_seals(house.masar, officer) == 0
    assert verify_case(house.masar, case_id).problems == ()


def test_whoever_was_told_that_work_is_late_does_not_learn_from_a_number_that_a_file_is_sealed(
    house: House, visit: tuple[int, str]
) -> None:
    case_id, key = visit
    samer = house.person("samer")
    pass_time(house, 5)
    assert shown_to(house, key) and counts_for(house.masar, samer).overdue == 1
    sealed_files._seal(house.masar, case_id)
    assert shown_to(house, key) == set() and counts_for(house.masar, samer).overdue == 0
    assert waiting_at_seals(house.masar, house.person("nour")) == 1  # at once, without waiting for the next step


def test_an_officer_hands_late_work_to_another_manager_and_the_record_holds(
    house: House, visit: tuple[int, str]
) -> None:
    case_id, key = visit
    sealed_files._seal(house.masar, case_id)
    officer, huda, given = house.person("nour"), house.person("huda"), (str(case_id), key, "karim", "لا تجيب")
    with pytest.raises(Conflict):
        hand_over_late_work(house.masar, officer, *given)
    pass_time(house, 5)
    with pytest.raises(NotFound):
        hand_over_late_work(house.masar, huda, *given)
    with pytest.raises(Invalid) as wrong:
        hand_over_late_work(house.masar, officer, str(case_id), key, "samer", "")
    assert set(wrong.value.fields) == {"reason"}
    with pytest.raises(Invalid) as wrong:
        hand_over_late_work(house.masar, officer, str(case_id), key, "rami", "لا تجيب")
    assert "رامي" not in wrong.value.text.ar and "الملف" not in wrong.value.text.ar  # not: bears a name in the file
    page = hand_over_page(house.masar, officer, str(case_id), key)
    assert page.of_manager and [one.login for one in page.receivers] == ["karim"]
    hand_over_late_work(house.masar, officer, *given)
    assert house.kinds(case_id)[-2:] == ["case_reassigned", "work_reassigned"]
    karim = house.person("karim")
    assert house.items(case_id)["visit"].assignee_id == karim.id
    assert case_page(house.masar, karim, str(case_id)).case.manager == karim.name
    with pytest.raises(NotFound):
        case_page(house.masar, house.person("mona"), str(case_id))
    assert waiting_at_seals(house.masar, house.person("sami")) == 2  # it is late still, and was handed over
    assert waiting_at_seals(house.masar, officer) == 1
    assert verify_case(house.masar, case_id).problems == ()


def test_a_head_without_sealed_files_costs_one_statement_and_everybody_else_none(house: House) -> None:
    for login, cost in (("huda", 1), ("samer", 0), ("mona", 0)):
        person = house.person(login)
        with house.masar.db.counted() as counted:
            assert waiting_at_seals(house.masar, person) == 0
        assert len(counted.statements) == cost
