"""Writes places and ways as BPMN diagram interchange."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.drawing.captions import captions
from engine.drawing.labels import outside_labels
from engine.drawing.lines import Point
from engine.drawing.model import Box, Node, Scope
from engine.drawing.notes import place_notes, role_of
from engine.drawing.palette import Ink, ink_of
from engine.drawing.places import Places, place
from engine.drawing.routes import Router

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
BIOC = "http://bpmn.io/schema/bpmn/biocolor/1.0"
COLOR = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"
NAMESPACES = {"bpmndi": DI, "dc": DC, "di": DD, "bioc": BIOC, "color": COLOR}
LEFT, TOP, POOL_HEADER, LANE_HEADER = 160, 100, 30, 30


def diagrams_of(scope: Scope, collaboration: str | None) -> Iterator[etree._Element]:
    """The drawing of a process, and one more for each sub-process that is drawn closed."""
    drawing = etree.Element(f"{{{DI}}}BPMNDiagram", {"id": f"drawing_{scope.id}"}, nsmap=NAMESPACES)
    plane = etree.SubElement(drawing, f"{{{DI}}}BPMNPlane",
                             {"id": f"plane_{scope.id}", "bpmnElement": collaboration or scope.id})
    places = place(scope)
    x = LEFT
    if scope.participant:
        _pool(plane, places, scope.participant)
        x += POOL_HEADER + (LANE_HEADER if scope.lanes else 0)
    closed: list[Scope] = []
    _draw(plane, places, x, TOP, closed)
    yield drawing
    for inner in closed:
        yield from diagrams_of(inner, None)


def _pool(plane: etree._Element, places: Places, participant: str) -> None:
    lanes = places.scope.lanes
    header = POOL_HEADER + (LANE_HEADER if lanes else 0)
    pool = Box(LEFT, TOP, places.width + header, places.height)
    shape(plane, participant, pool, isHorizontal="true")
    for lane, box in zip(lanes, places.lanes, strict=False):
        shape(plane, lane.id, Box(LEFT + POOL_HEADER, TOP + box.y, pool.width - POOL_HEADER, box.height),
              isHorizontal="true")


def _draw(plane: etree._Element, places: Places, x: float, y: float, closed: list[Scope]) -> None:
    ways = Router(places).route_all()
    labels = outside_labels(places, ways)
    names = captions(places, ways, labels)
    for id, box in sorted(places.boxes.items(), key=lambda item: places.scope.nodes[item[0]].host is not None):
        node = places.scope.nodes[id]
        label = labels.get(id)
        _node(plane, node, box.moved(x, y), label.moved(x, y) if label else None)
        if id in places.inner:
            _draw(plane, places.inner[id], x + box.x, y + box.y, closed)
        elif node.inner is not None:
            closed.append(node.inner)
    for arrow in places.scope.arrows:
        caption = names.get(arrow.id)
        edge(plane, arrow.id, [(px + x, py + y) for px, py in ways[arrow.id]],
             caption.moved(x, y) if caption else None)
    _notes(plane, places, x, y)


def _node(plane: etree._Element, node: Node, box: Box, label: Box | None) -> None:
    extra = {}
    if node.inner is not None:
        extra["isExpanded"] = "true" if node.expanded else "false"
    if node.kind == "exclusiveGateway":
        extra["isMarkerVisible"] = "true"
    shape(plane, node.id, box, label, ink_of(node.role) if not node.expanded else None, **extra)


def _notes(plane: etree._Element, places: Places, x: float, y: float) -> None:
    boxes = place_notes(places)
    for note in places.scope.notes:
        box = boxes[note.id].moved(x, y)
        shape(plane, note.id, box, None, ink_of(role_of(note, places.scope.id)))
        if note.line and note.about:
            about = places.boxes[note.about].moved(x, y)
            edge(plane, note.line, [(about.centre[0], about.y), (box.x, box.bottom)], None)


def shape(plane: etree._Element, id: str, box: Box, label: Box | None = None, ink: Ink | None = None,
          **extra: str) -> None:
    """One BPMNShape."""
    said = {"id": f"{id}_shape", "bpmnElement": id, **extra}
    if ink is not None:
        said |= {f"{{{BIOC}}}stroke": ink.line, f"{{{BIOC}}}fill": ink.fill,
                 f"{{{COLOR}}}background-color": ink.fill, f"{{{COLOR}}}border-color": ink.line}
    made = etree.SubElement(plane, f"{{{DI}}}BPMNShape", said)
    _bounds(made, box)
    if label is not None:
        _bounds(etree.SubElement(made, f"{{{DI}}}BPMNLabel"), label)


def edge(plane: etree._Element, id: str, way: list[Point], caption: Box | None) -> None:
    """One BPMNEdge."""
    made = etree.SubElement(plane, f"{{{DI}}}BPMNEdge", {"id": f"{id}_edge", "bpmnElement": id})
    for x, y in way:
        etree.SubElement(made, f"{{{DD}}}waypoint", {"x": f"{x:g}", "y": f"{y:g}"})
    if caption is not None:
        _bounds(etree.SubElement(made, f"{{{DI}}}BPMNLabel"), caption)


def _bounds(parent: etree._Element, box: Box) -> None:
    etree.SubElement(parent, f"{{{DC}}}Bounds", {
        "x": f"{box.x:g}", "y": f"{box.y:g}", "width": f"{box.width:g}", "height": f"{box.height:g}"})
