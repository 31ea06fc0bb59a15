"""What a new definition begins with: the smallest file of its kind that the check has nothing against. Pure."""

import json
from xml.sax.saxutils import quoteattr

from engine.studio import Noun
from engine.text import Text

_PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" \
xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="definitions_{key}" \
targetNamespace="urn:masar:processes" modeler:executionPlatform="Camunda Cloud" \
modeler:executionPlatformVersion="8.8.0">
  <bpmn:process id="{key}" name={ar} isExecutable="true">
    <bpmn:extensionElements>
      <zeebe:properties>
        <zeebe:property name="name_en" value={en} />
      </zeebe:properties>
    </bpmn:extensionElements>
    <bpmn:startEvent id="begins" name="البداية">
      <bpmn:extensionElements>
        <zeebe:properties>
          <zeebe:property name="name_en" value="Begins" />
        </zeebe:properties>
      </bpmn:extensionElements>
      <bpmn:outgoing>begins_to_ends</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:endEvent id="ends" name="النهاية">
      <bpmn:extensionElements>
        <zeebe:properties>
          <zeebe:property name="name_en" value="Ends" />
        </zeebe:properties>
      </bpmn:extensionElements>
      <bpmn:incoming>begins_to_ends</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="begins_to_ends" sourceRef="begins" targetRef="ends" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram_{key}">
    <bpmndi:BPMNPlane id="plane_{key}" bpmnElement="{key}">
      <bpmndi:BPMNShape id="begins_shape" bpmnElement="begins">
        <dc:Bounds x="180" y="160" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="182" y="203" width="32" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="ends_shape" bpmnElement="ends">
        <dc:Bounds x="420" y="160" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="422" y="203" width="32" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="begins_to_ends_edge" bpmnElement="begins_to_ends">
        <di:waypoint x="216" y="178" />
        <di:waypoint x="420" y="178" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""
_DECISION = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" \
xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" \
xmlns:masar="urn:masar:dmn" id="definitions_{key}" name={ar} namespace="http://camunda.org/schema/1.0/dmn">
  <decision id="{key}" name={ar} masar:name_en={en}>
    <decisionTable id="{key}_table" hitPolicy="FIRST">
      <input id="{key}_in_given" label="المعطى" masar:name_en="Given">
        <inputExpression id="{key}_ask_given" typeRef="string">
          <text>given</text>
        </inputExpression>
      </input>
      <output id="{key}_out_result" label="النتيجة" masar:name_en="Result" name="result" typeRef="string" />
      <rule id="{key}_otherwise">
        <inputEntry id="{key}_otherwise_given">
          <text></text>
        </inputEntry>
        <outputEntry id="{key}_otherwise_result">
          <text>"unknown"</text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="{key}_diagram">
      <dmndi:DMNShape id="{key}_shape" dmnElementRef="{key}">
        <dc:Bounds height="80" width="180" x="280" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""
_LIST = """# {title}

{key}:
  - {{value: 'first', ar: 'الأول', en: 'First'}}
"""


def starting_file(noun: Noun, key: str, name: Text) -> bytes:
    """The first file of a definition of this key (engine/studio.py `is_key`) and name."""
    if noun == "form":
        return _form(key, name)
    if noun == "list":
        title = " ".join(f"{name.ar} {name.en}".split())
        return _LIST.format(key=key, title=title).encode()
    written = _PROCESS if noun == "process" else _DECISION
    return written.format(key=key, ar=quoteattr(name.ar), en=quoteattr(name.en or name.ar)).encode()


def _form(key: str, name: Text) -> bytes:
    title = {
        "type": "text", "id": "Text_title", "text": f"# {name.ar}", "properties": {"text_en": f"# {name.en or name.ar}"}
    }
    question = {
        "type": "textarea", "id": "Field_notes", "key": "notes", "label": "ملاحظات", "validate": {"maxLength": 500},
        "properties": {"label_en": "Notes", "sensitivity": "protected"},
    }
    form = {
        "schemaVersion": 19, "type": "default", "id": key, "executionPlatform": "Camunda Cloud",
        "executionPlatformVersion": "8.8.0", "components": [title, question],
    }
    return json.dumps(form, ensure_ascii=False, indent=2).encode()
