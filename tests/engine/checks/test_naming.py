"""A finding names its element as people know it: by its name or label, and a flow by its two ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.check import check_paths
from engine.checks.naming import named
from engine.cli.check import check
from engine.findings import NAMELESS, Finding
from engine.text import Text

DIAGRAM = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
 <bpmn:process id="p" name="إجراء">
 <bpmn:userTask id="visit" name=" زيارة
 أولى "><bpmn:extensionElements><zeebe:properties>
 <zeebe:property name="name_en" value="First visit"/></zeebe:properties>
 </bpmn:extensionElements></bpmn:userTask><bpmn:endEvent id="over" name="تم"/><bpmn:task id="nameless"/>
 <bpmn:sequenceFlow id="on" sourceRef="visit" targetRef="over"/>
 <bpmn:sequenceFlow id="off" sourceRef="visit" targetRef="nameless"/></bpmn:process></bpmn:definitions>"""
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:masar="urn:masar:dmn" id="d">
 <decision id="D1" name="قرار" masar:name_en="Decision">
 <decisionTable id="t"><input id="i" label="الخطر"/></decisionTable></decision></definitions>"""
FORM = {"id": "f", "components": [{"type": "group", "label": "قسم", "id": "g", "components": [
    {"type": "textfield", "key": "who", "label": "من؟", "properties": {"label_en": "Who?"}}, 7, {"key": "bare"}]}]}
NAMES = [
    (DIAGRAM, "p", Text("إجراء")), (DIAGRAM, "visit", Text("زيارة أولى", "First visit")),
    (DIAGRAM, "on", Text("زيارة أولى ← تم", "First visit → تم")), (DIAGRAM, "off", NAMELESS),
    (DIAGRAM, "gone", NAMELESS),
    (DIAGRAM, "", NAMELESS), (TABLE, "D1", Text("قرار", "Decision")), (TABLE, "i", Text("الخطر")),
    (json.dumps(FORM), "who", Text("من؟", "Who?")), (json.dumps(FORM), "g", Text("قسم")),
    (json.dumps(FORM), "bare", NAMELESS), ("{", "x", NAMELESS), ("<a", "x", NAMELESS), ("", "x", NAMELESS),
]


@pytest.mark.parametrize(("content", "element", "name"), NAMES)
def test_a_finding_is_given_the_name_of_its_element(content: str, element: str, name: Text) -> None:
    finding = Finding("file", element, "rule", "error", Text("خطأ"), Text("علاج"))
    assert named(content.encode(), [finding])[0].name == name


def test_the_command_tells_id_and_name_in_words_and_as_json(tmp_path: Path) -> None:
    file = tmp_path / "p.bpmn"
    file.write_text(DIAGRAM, "utf-8")
    told = CliRunner().invoke(check, [str(file), "--language", "en"]).output
    assert f"{file}: visit «First visit»" in told
    rows = json.loads(CliRunner().invoke(check, [str(file), "--json"]).output)
    assert {"ar": "زيارة أولى", "en": "First visit"} in [row["name"] for row in rows if row["element"] == "visit"]
    found = check_paths([file])
    assert [Finding.of_json(one.as_json()) for one in found] == found
    assert Finding.of_json({key: value for key, value in rows[0].items() if key != "name"}).name == NAMELESS
