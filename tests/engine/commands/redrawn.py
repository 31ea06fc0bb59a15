"""Changes that analysts make to a diagram, made by a test: a step is added, renamed, split off, a branch removed."""

from copy import deepcopy

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
Element = etree._Element


def tree(source: bytes) -> Element:
    """The diagram, without its drawing."""
    root = etree.fromstring(source)
    for drawing in root.findall("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram"):
        root.remove(drawing)
    return root


def found(root: Element, id: str) -> Element:
    return next(one for one in root.iter(f"{BPMN}*") if one.get("id") == id)


def renamed(source: bytes, id: str, to: str) -> bytes:
    """A work item under another id; what it answers stays where it was."""
    root = tree(source)
    element = found(root, id)
    extensions = element.find(f"{BPMN}extensionElements")
    assert extensions is not None
    mapping = extensions.find(f"{ZEEBE}ioMapping")
    if mapping is None:
        mapping = etree.SubElement(extensions, f"{ZEEBE}ioMapping")
    for output in mapping.findall(f"{ZEEBE}output"):
        output.set("source", output.get("source", "").replace(id, to))
    if not mapping.findall(f"{ZEEBE}output"):
        etree.SubElement(mapping, f"{ZEEBE}output", source=f"={to}", target=id)
    element.set("id", to)
    for one in root.iter(f"{BPMN}*"):
        for name in ("sourceRef", "targetRef", "attachedToRef"):
            if one.get(name) == id:
                one.set(name, to)
    for one in root.iter(f"{ZEEBE}property"):
        if one.get("name") == "not_done_by":
            parts = [part.strip() for part in one.get("value", "").split(",")]
            one.set("value", ",".join(to if part == id else part for part in parts))
    return etree.tostring(root)


def with_a_step_behind(source: bytes, id: str, new: str, group: str) -> bytes:
    """A work item without a form behind another."""
    root = tree(source)
    level = found(root, id).getparent()
    assert level is not None
    for flow in level.findall(f"{BPMN}sequenceFlow"):
        if flow.get("sourceRef") == id:
            flow.set("sourceRef", new)
    step = etree.SubElement(level, f"{BPMN}userTask", id=new, name="نظرة أخرى")
    extensions = etree.SubElement(step, f"{BPMN}extensionElements")
    etree.SubElement(extensions, f"{ZEEBE}assignmentDefinition", candidateGroups=group)
    etree.SubElement(level, f"{BPMN}sequenceFlow", id=f"{id}_to_{new}", sourceRef=id, targetRef=new)
    return etree.tostring(root)


def split_off(source: bytes, id: str, call: str) -> tuple[bytes, bytes]:
    """A step as a process of its own, behind a call in its place; the diagram and that of the new process."""
    root = tree(source)
    step = found(root, id)
    level = step.getparent()
    assert level is not None
    place = etree.Element(f"{BPMN}callActivity", id=call, name=step.get("name", ""))
    extensions = etree.SubElement(place, f"{BPMN}extensionElements")
    etree.SubElement(
        extensions, f"{ZEEBE}calledElement", processId=f"{call}_process", propagateAllParentVariables="true",
        propagateAllChildVariables="true")
    level.replace(step, place)
    for one in root.iter(f"{BPMN}*"):
        for name in ("sourceRef", "targetRef", "attachedToRef"):
            if one.get(name) == id:
                one.set(name, call)
    own = deepcopy(root)
    for child in list(own):
        own.remove(child)
    process = etree.SubElement(own, f"{BPMN}process", id=f"{call}_process", isExecutable="true")
    for tag in ("incoming", "outgoing"):
        for one in step.findall(f"{BPMN}{tag}"):
            step.remove(one)
    etree.SubElement(process, f"{BPMN}startEvent", id="begins")
    process.append(step)
    etree.SubElement(process, f"{BPMN}endEvent", id="ends")
    etree.SubElement(process, f"{BPMN}sequenceFlow", id="in", sourceRef="begins", targetRef=id)
    etree.SubElement(process, f"{BPMN}sequenceFlow", id="out", sourceRef=id, targetRef="ends")
    return etree.tostring(root), etree.tostring(own)


def without_event(source: bytes, id: str) -> bytes:
    """A diagram without an event and the arrows out of it; of an event sub-process, without all of it."""
    root = tree(source)
    event = found(root, id)
    level = event.getparent()
    assert level is not None
    if level.tag == f"{BPMN}subProcess" and level.get("triggeredByEvent") == "true":
        event, level = level, level.getparent()
        assert level is not None
    level.remove(event)
    for flow in level.findall(f"{BPMN}sequenceFlow"):
        if flow.get("sourceRef") == id:
            level.remove(flow)
    return etree.tostring(root)
