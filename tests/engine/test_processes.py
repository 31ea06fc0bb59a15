"""The shipped diagrams keep the rules of the house: names, groups, deadlines, four eyes, sizes, drawing."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from engine.check import check_paths
from engine.drawing import laid_out

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "processes").glob("*.bpmn"))
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
NODES = re.compile(r"(Event|Gateway|[tT]ask|callActivity|subProcess)$")
SIDES = ("x", "y", "width", "height")
MOST = {"case": 18}
MOST_STRIKES = 14
"""What may strike at any stage: one closed shape each, with its work in a process of its own."""
STAGES = {
    "reporting", "reception", "assessment", "planning", "intervention", "referral", "monitoring", "closure"}
"""A process that a stage calls may carry that stage; work in all others leaves the case in the stage where it is."""
REVIEW = "supervisor_review"
FIRST_DECISIONS = {"lead_emergency", "stand_in_lead"}
"""Reviews that judge nobody's work: they are the first to act."""

every_file = pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])


def root_of(file: Path) -> etree._Element:
    return etree.fromstring(file.read_bytes())


def tag(element: etree._Element) -> str:
    return etree.QName(element).localname


def nodes(element: etree._Element) -> Iterator[etree._Element]:
    """The flow nodes directly in a process or sub-process."""
    return (child for child in element if str(child.tag).startswith(BPMN) and NODES.search(tag(child)))


def all_nodes(root: etree._Element) -> Iterator[etree._Element]:
    process = root.find(f"{BPMN}process")
    assert process is not None
    for scope in [process, *process.iter(f"{BPMN}subProcess")]:
        yield from nodes(scope)


def properties(element: etree._Element) -> dict[str, str]:
    found = element.iterfind(f"{BPMN}extensionElements/{ZEEBE}properties/{ZEEBE}property")
    return {said.get("name", ""): said.get("value", "") for said in found}


def test_the_stages_are_all_there() -> None:
    assert {file.stem for file in FILES} >= STAGES | {"case"}


def test_the_linter_has_nothing_to_say() -> None:
    findings = [finding for finding in check_paths([*FILES, *sorted((ROOT / "processes/decisions").glob("*.dmn")),
                                                    *sorted((ROOT / "forms").glob("*.form"))])
                if finding.file.endswith(".bpmn")]
    assert findings == []


@every_file
def test_every_process_is_named_in_both_languages_and_knows_its_stage(file: Path) -> None:
    process = root_of(file).find(f"{BPMN}process")
    assert process is not None and process.get("id") == file.stem
    assert process.get("name") and properties(process)["name_en"]
    assert properties(process).get("stage") in ({file.stem} if file.stem in STAGES else {None, *STAGES})


@every_file
def test_everything_that_is_named_is_named_in_both_languages(file: Path) -> None:
    root = root_of(file)
    for node in [*all_nodes(root), *root.iter(f"{BPMN}sequenceFlow", f"{BPMN}lane")]:
        named = bool(node.get("name"))
        assert named == bool(properties(node).get("name_en")), node.get("id")
        if tag(node) != "sequenceFlow":
            assert named, node.get("id")


def test_ids_are_english_words_and_unique_over_all_processes() -> None:
    ids = [node.get("id") or "" for file in FILES for node in all_nodes(root_of(file))]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", id) for id in ids)


@every_file
def test_a_level_of_a_diagram_has_at_most_20_nodes(file: Path) -> None:
    process = root_of(file).find(f"{BPMN}process")
    assert process is not None
    for scope in [process, *process.iter(f"{BPMN}subProcess")]:
        drawn = list(nodes(scope))
        strikes = [node for node in drawn if node.get("triggeredByEvent")]
        assert len(drawn) - len(strikes) <= MOST.get(scope.get("id") or "", 20), scope.get("id")
        assert len(strikes) <= MOST_STRIKES, scope.get("id")


@every_file
def test_every_work_item_has_groups_of_known_roles_a_form_and_a_deadline(file: Path) -> None:
    roles = {line["value"] for line in yaml.safe_load((ROOT / "forms/lists/roles.yaml").read_bytes())["roles"]}
    for node in root_of(file).iter(f"{BPMN}userTask"):
        said = node.find(f"{BPMN}extensionElements")
        assert said is not None
        assignment, form = said.find(f"{ZEEBE}assignmentDefinition"), said.find(f"{ZEEBE}formDefinition")
        schedule = said.find(f"{ZEEBE}taskSchedule")
        assert assignment is not None and form is not None and schedule is not None, node.get("id")
        assert groups_of(assignment.get("candidateGroups") or "") <= roles, node.get("id")
        assert (ROOT / "forms" / f"{form.get('formId')}.form").exists(), form.get("formId")
        assert (schedule.get("dueDate") or "").startswith("="), node.get("id")


TABLES_OF_PEOPLE = {
    "waiting": "D07_approvals", "departure.approver": "D05b_level_override", "handler": "D21_complaint_route",
    "above": "D21_complaint_route",
}
"""Groups that a diagram reads from a decision, and the decision: what it may answer are roles."""


def groups_of(said: str) -> set[str]:
    """The groups that a work item may go to: those written out, and those that the table behind a name may answer."""
    if not said.startswith("="):
        return set(said.split(","))
    names = [name for name in TABLES_OF_PEOPLE if re.search(rf"\b{re.escape(name)}\b", said)]
    assert names, said
    table = (ROOT / "processes/decisions" / f"{TABLES_OF_PEOPLE[names[0]]}.dmn").read_text(encoding="utf-8")
    spoken = {*re.findall(r'(?<=<text>")[a-z_]+(?="</text>)', table)}
    answers = {"dept_head" if word == "receiving_dept_head" else word for word in spoken if word.endswith(PEOPLE)}
    return answers | {word for word in re.findall(r'"([a-z_]+)"', said)}


PEOPLE = ("_head", "_supervisor", "_officer", "_director", "_committee", "_services")


@every_file
def test_every_review_is_barred_to_whoever_did_the_work(file: Path) -> None:
    for node in root_of(file).iter(f"{BPMN}userTask"):
        form = node.find(f"{BPMN}extensionElements/{ZEEBE}formDefinition")
        if form is not None and form.get("formId") == REVIEW and node.get("id") not in FIRST_DECISIONS:
            assert properties(node).get("not_done_by") or properties(node).get("not_by"), node.get("id")


def test_four_eyes_name_elements_that_exist() -> None:
    ids = {node.get("id") for file in FILES for node in all_nodes(root_of(file))}
    for file in FILES:
        for node in all_nodes(root_of(file)):
            barred = properties(node).get("not_done_by", "")
            assert {name for name in barred.split(",") if name} <= ids, node.get("id")


@every_file
def test_called_processes_get_and_give_only_what_is_stated(file: Path) -> None:
    for called in root_of(file).iter(f"{ZEEBE}calledElement"):
        assert called.get("propagateAllParentVariables") == "false"
        assert called.get("propagateAllChildVariables") == "false"


@every_file
def test_answers_of_work_items_are_mapped(file: Path) -> None:
    for node in root_of(file).iter(f"{BPMN}userTask"):
        assert node.find(f"{BPMN}extensionElements/{ZEEBE}ioMapping/{ZEEBE}output") is not None, node.get("id")


@every_file
def test_everything_is_drawn_once(file: Path) -> None:
    root = root_of(file)
    shapes = [shape.get("bpmnElement") for shape in root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")]
    drawn = [node.get("id") for node in all_nodes(root)]
    drawn += [thing.get("id") for thing in root.iter(f"{BPMN}sequenceFlow", f"{BPMN}lane", f"{BPMN}textAnnotation")]
    assert len(shapes) == len(set(shapes)) and set(drawn) <= set(shapes)


@every_file
def test_no_two_shapes_and_no_name_of_a_shape_overlap(file: Path) -> None:
    root = root_of(file)
    around = {*(sub.get("id") for sub in root.iter(f"{BPMN}subProcess", f"{BPMN}lane", f"{BPMN}participant"))}
    for plane in root.iter(f"{DI}BPMNPlane"):
        boxes = []
        for shape in plane.iter(f"{DI}BPMNShape"):
            if shape.get("bpmnElement") not in around:
                boxes += [(shape.get("bpmnElement"), [float(bounds.get(side, 0)) for side in SIDES])
                          for bounds in shape.iter(f"{DC}Bounds")]
        for (one, a), (other, b) in combinations(boxes, 2):
            hosted = {one, other} & {event.get("id") for event in root.iter(f"{BPMN}boundaryEvent")}
            apart = a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]
            assert apart or hosted or one == other, (one, other)


@every_file
def test_the_drawing_is_what_the_layout_gives(file: Path) -> None:
    assert drawing_of(etree.fromstring(laid_out(file.read_bytes()))) == drawing_of(root_of(file))


def drawing_of(root: etree._Element) -> list[Any]:
    """Every plane with its shapes and arrows. Editors write them in another order than the layout does."""
    return [
        (plane.get("bpmnElement"), sorted((said_of(drawn) for drawn in plane), key=repr))
        for plane in root.iter(f"{DI}BPMNPlane")
    ]


def said_of(element: etree._Element) -> tuple[Any, ...]:
    return element.tag, sorted(element.items()), [said_of(child) for child in element]
