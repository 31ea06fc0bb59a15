"""The names that BPMN and the dialect use, and how elements are named to people."""

from lxml import etree

from engine.text import Text

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"

TASKS = frozenset({
    "task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask",
})
ACTIVITIES = TASKS | {"subProcess", "callActivity"}
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})
EVENTS = frozenset({
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
})
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS
DRAWN_ONLY = frozenset({
    "documentation", "extensionElements", "incoming", "outgoing", "laneSet", "sequenceFlow", "dataObject",
    "dataObjectReference", "dataStoreReference", "textAnnotation", "association", "group", "auditing", "monitoring",
})
"""What stands between the nodes of a diagram and moves no token."""
DATA_ARROWS = frozenset({"dataInputAssociation", "dataOutputAssociation"})
"""Arrows from and to data objects: documentation, as long as they say nothing that would have to be done."""
WAS = "was_"
"""How properties begin that keep what another engine read, until a person has decided about it."""
PLACEHOLDER = "__targetRef_placeholder"
"""The property that modellers write beside such an arrow."""


def local(node: etree._Element) -> str:
    """The tag of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


def is_bpmn(node: etree._Element) -> bool:
    """Whether the element belongs to BPMN itself, not to a vendor or to the drawing."""
    return str(node.tag).startswith(BPMN)


def name_of(node: etree._Element) -> str:
    """How a message names an element: by its id, or by its line where it has none."""
    return node.get("id") or f"{local(node)}@{node.sourceline}"


def extensions(node: etree._Element) -> list[etree._Element]:
    """The `zeebe:` children of an element's bpmn:extensionElements."""
    holder = node.find(f"{BPMN}extensionElements")
    return [] if holder is None else [child for child in holder if str(child.tag).startswith(ZEEBE)]


def extension(node: etree._Element, tag: str) -> etree._Element | None:
    """The first `zeebe:` child of that tag."""
    return next((child for child in extensions(node) if local(child) == tag), None)


def pairs(holder: etree._Element | None, key: str) -> dict[str, str]:
    """zeebe:properties (key "name") or zeebe:taskHeaders (key "key") as a mapping."""
    if holder is None:
        return {}
    return {str(child.get(key) or ""): str(child.get("value") or "") for child in holder}


def words_of(node: etree._Element, properties: dict[str, str]) -> Text:
    """The name of an element: Arabic from its `name`, English from its property `name_en`."""
    return Text((node.get("name") or "").strip(), properties.get("name_en", "").strip())


def is_documentation(node: etree._Element) -> bool:
    """Whether an arrow from or to a data object, or the placeholder beside it, merely tells the reader something."""
    if local(node) == "property":
        return node.get("name") == PLACEHOLDER
    doing = (node.find(f"{BPMN}{tag}") for tag in ("assignment", "transformation"))
    return local(node) in DATA_ARROWS and all(found is None for found in doing)
