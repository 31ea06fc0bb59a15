"""Whatever modeller a file comes from: it is told whole, its letters and references survive, and it can be shown."""

import codecs
import re

import pytest

from engine.bpmn.importing import convert
from engine.bpmn.lint import Known, lint, read_diagram
from engine.bpmn.names import BPMN
from engine.incoming_diagrams import showable
from engine.safexml import parse_xml
from tests.engine.bpmn.importing.golden import SAMPLES

BY_NAME = {sample.name: sample for sample in SAMPLES}
NAMES = {
    "arabic_windows_1256.bpmn": ("t", "زيارة الأسرة"), "arabic_iso_8859_6.bpmn": ("t", "تسجيل"),
    "suite_modeller_with_performers.bpmn": ("_2", "تقييم المخاطر"), "utf_16_without_a_mark.bpmn": ("Event_0f", "حُفظ"),
    "bpmnio_drawing.bpmn": ("Event_0f", "حُفظ"), "portal_modeller_with_pool.bpmn": ("sid_T1", "تسجيل البلاغ"),
}
REFERENCES = ("sourceRef", "targetRef", "attachedToRef", "default", "messageRef", "errorRef", "processRef",
              "bpmnElement")
MEANT_TO_HANG = "half_a_drawing.bpmn"


def test_there_are_files_of_many_makers() -> None:
    assert len(SAMPLES) >= 30
    kinds = {re.findall(r"^[a-z0-9]+", name)[0] for name in BY_NAME}
    assert {"c7", "c8", "flowable", "activiti", "bpmnio", "bpmn2", "portal", "desk", "suite", "jbpm", "spiff"} <= kinds


@pytest.mark.parametrize("name", NAMES)
def test_arabic_names_survive_every_encoding(name: str) -> None:
    id, called = NAMES[name]
    root = parse_xml(convert(BY_NAME[name].read_bytes()).source)
    assert [one.get("name") for one in root.iter(f"{BPMN}*") if one.get("id") == id] == [called]


@pytest.mark.parametrize("name", BY_NAME)
def test_all_that_is_refused_is_told(name: str) -> None:
    result = convert(BY_NAME[name].read_bytes())
    told = {note.element for note in result.open}
    refused = [f for f in lint(read_diagram(parse_xml(result.source)), name, Known()) if f.severity == "error"]
    assert {finding.element for finding in refused} <= told
    assert all(note.text.ar and note.text.en for note in (*result.done, *result.open))


@pytest.mark.parametrize("name", sorted(BY_NAME.keys() - {MEANT_TO_HANG}))
def test_every_reference_leads_to_an_id_of_the_file(name: str) -> None:
    root = parse_xml(convert(BY_NAME[name].read_bytes()).source)
    ids = {one.get("id") for one in root.iter("*")}
    named = {one.get(attribute) for one in root.iter("*") for attribute in REFERENCES} - {None}
    mentioned = {(one.text or "").strip() for tag in ("incoming", "outgoing", "flowNodeRef") for one in root.iter(
        f"{BPMN}{tag}")}
    assert named | mentioned <= ids


@pytest.mark.parametrize("name", BY_NAME)
def test_a_drawing_of_any_quality_is_shown(name: str) -> None:
    for source in (BY_NAME[name].read_bytes(), convert(BY_NAME[name].read_bytes()).source):
        shown = showable(source)
        assert b"BPMNShape" in shown and shown.decode("utf-8")
        assert showable(shown) == shown


def test_what_cannot_be_drawn_or_would_take_long_stays_as_it_is() -> None:
    for source in (b"", b"no", b"<a/>", b'<?xml version="1.0" encoding="x-nope"?><a/>'):
        assert showable(source) == source
    wide = BY_NAME["arabic_iso_8859_6.bpmn"].read_bytes().decode("iso-8859-6").replace("ISO-8859-6", "UTF-8")
    nodes = "".join(f'<model:userTask id="n{number}"/>' for number in range(60))
    many = wide.replace('<model:endEvent id="e"', f'{nodes}<model:endEvent id="e"').encode()
    assert showable(many) == many and b"BPMNShape" in showable(many, at_leisure=True)


def test_utf_16_is_read_with_and_without_its_mark() -> None:
    text = BY_NAME["bpmnio_drawing.bpmn"].read_bytes().decode("utf-8-sig").replace("UTF-8", "UTF-16")
    told = {
        convert(source).source for source in (
            text.encode("utf-16-le"), text.encode("utf-16-be"), codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
            codecs.BOM_UTF16_BE + text.encode("utf-16-be"))}
    assert len(told) == 1


def test_ids_that_feel_cannot_read_change_everywhere_and_never_meet() -> None:
    source = BY_NAME["portal_modeller_with_pool.bpmn"].read_bytes().replace(b'id="sid-E2"', b'id="sid-T.1"').replace(
        b'targetRef="sid-E2"', b'targetRef="sid-T.1"').replace(b">sid-E2<", b">sid-T.1<")
    root = parse_xml(convert(source).source)
    ids = [str(one.get("id")) for one in root.iter(f"{BPMN}*") if one.get("id")]
    assert len(ids) == len(set(ids)) and {"sid_T1", "sid_T_1"} <= set(ids)
    assert [flow.get("targetRef") for flow in root.iter(f"{BPMN}sequenceFlow")] == ["sid_T1", "sid_T_1"]
