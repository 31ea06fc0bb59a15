"""What a diagram holds, as far as drawing is concerned: scopes, nodes, arrows, lanes and notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"

TASKS = frozenset({"task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask",
                   "businessRuleTask", "callActivity"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
GATEWAYS = frozenset({"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway"})
EVENT, GATEWAY, TASK = (36, 36), (50, 50), (120, 80)


class Box(NamedTuple):
    """A rectangle in pixels, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def moved(self, dx: float, dy: float) -> Box:
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def grown(self, by: float) -> Box:
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def meets(self, other: Box) -> bool:
        """Whether the two have a point in common other than on their edges."""
        return (self.x < other.right and other.x < self.right
                and self.y < other.bottom and other.y < self.bottom)


@dataclass(eq=False)
class Node:
    """A flow node. `inner` is the scope inside a sub-process; `host` the activity that a boundary event sits on."""

    id: str
    kind: str
    name: str
    role: str
    host: str | None = None
    inner: Scope | None = None
    expanded: bool = False
    size: tuple[float, float] = TASK
    lane: int = 0

    @property
    def outside_label(self) -> bool:
        """Whether the name stands beside the shape and not in it."""
        return bool(self.name) and (self.kind in EVENTS or self.kind in GATEWAYS)


class Arrow(NamedTuple):
    """A sequence flow."""

    id: str
    source: str
    target: str
    name: str


class Note(NamedTuple):
    """A text annotation; `about` is the node it explains, None for a legend."""

    id: str
    text: str
    about: str | None
    line: str | None


class Lane(NamedTuple):
    """A lane and its name, in the order of the file."""

    id: str
    name: str


@dataclass(eq=False)
class Scope:
    """A process or the inside of a sub-process."""

    id: str
    nodes: dict[str, Node] = field(default_factory=dict)
    arrows: list[Arrow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    participant: str | None = None


def local(element: etree._Element) -> str:
    """The tag without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def read_scope(element: etree._Element) -> Scope:
    """The nodes, arrows and notes that lie directly in a process or sub-process, and what lies inside those."""
    scope = Scope(element.get("id") or "")
    for child in element:
        tag, id = local(child), child.get("id") or ""
        if tag in TASKS or tag in EVENTS or tag in GATEWAYS or tag == "subProcess":
            scope.nodes[id] = _node(child, tag)
        elif tag == "sequenceFlow":
            scope.arrows.append(Arrow(id, child.get("sourceRef") or "", child.get("targetRef") or "",
                                      child.get("name") or ""))
    for node in scope.nodes.values():
        node.host = node.host if node.host in scope.nodes else None
    scope.arrows = [a for a in scope.arrows if a.source in scope.nodes and a.target in scope.nodes]
    scope.notes = _notes(element, scope)
    _read_lanes(element, scope)
    return scope


def _node(element: etree._Element, tag: str) -> Node:
    node = Node(element.get("id") or "", tag, element.get("name") or "", _role(element, tag),
                element.get("attachedToRef"))
    if tag in EVENTS:
        node.size = EVENT
    elif tag in GATEWAYS:
        node.size = GATEWAY
    elif tag == "subProcess":
        node.inner = read_scope(element)
        node.expanded = element.get("triggeredByEvent") != "true"
    return node


def _role(element: etree._Element, tag: str) -> str:
    """The role that gives a shape its colour: the first group of a work item, of an offer, else what acts."""
    for assignment in element.iterfind(f"{BPMN}extensionElements/{ZEEBE}assignmentDefinition"):
        groups = (assignment.get("candidateGroups") or "").split(",")
        if groups[0].strip() and not groups[0].startswith("="):
            return groups[0].strip()
    for said in element.iterfind(f"{BPMN}extensionElements/{ZEEBE}properties/{ZEEBE}property"):
        if said.get("name") == "offer_to" and said.get("value"):
            return (said.get("value") or "").split(",")[0].strip()
    if tag in {"callActivity", "subProcess"}:
        return "stage"
    return "system" if tag in {"serviceTask", "sendTask", "scriptTask", "businessRuleTask"} else ""


def _notes(element: etree._Element, scope: Scope) -> list[Note]:
    about = {line.get("targetRef"): line for line in element.findall(f"{BPMN}association")}
    about.update({line.get("sourceRef"): line for line in element.findall(f"{BPMN}association")
                  if line.get("targetRef") in scope.nodes})
    notes = []
    for note in element.findall(f"{BPMN}textAnnotation"):
        id, line = note.get("id") or "", about.get(note.get("id"))
        node = None
        if line is not None:
            ends = (line.get("sourceRef"), line.get("targetRef"))
            node = next((end for end in ends if end in scope.nodes), None)
        notes.append(Note(id, (note.findtext(f"{BPMN}text") or "").strip(), node,
                          line.get("id") if line is not None and node else None))
    return notes


def _read_lanes(element: etree._Element, scope: Scope) -> None:
    for number, lane in enumerate(element.findall(f"{BPMN}laneSet/{BPMN}lane")):
        scope.lanes.append(Lane(lane.get("id") or "", lane.get("name") or ""))
        for reference in lane.findall(f"{BPMN}flowNodeRef"):
            node = scope.nodes.get((reference.text or "").strip())
            if node is not None:
                node.lane = number
