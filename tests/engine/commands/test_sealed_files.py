"""A diagram seals the file of its case once two different accounts decided, on both databases; it names no reader."""

import pytest

from engine.actor import SYSTEM
from engine.calls import CALL_TYPES
from engine.calls.work import Work
from engine.commands.reopening import reopen_case
from engine.commands.work import complete_work
from engine.errors import NotFound
from engine.queries.cases import case_page
from engine.replay import verify_case
from engine.store import cases
from engine.worker import run_pass
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
