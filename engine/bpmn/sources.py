"""From bytes to a tree that can be parsed: read safely, stripped of the drawing, with an id on every flow."""

from lxml import etree

from engine.bpmn.names import BPMN, DRAWN_ONLY, is_documentation, local, name_of
from engine.bpmn.problems import BpmnError
from engine.bpmn.reading import carriers, owner_of, parse_diagram, unreadable
from engine.safexml import UnsafeXml
from engine.text import Text

KEPT = frozenset({"process", "message", "error", "signal", "escalation"})
KEPT_INSIDE = frozenset({"laneSet", "sequenceFlow", "extensionElements", "documentation"})


def read_source(source: bytes) -> etree._Element:
    """The bpmn:definitions of a file with what of it runs, and what that refers to. Raises BpmnError."""
    try:
        root = parse_diagram(source)
    except UnsafeXml as error:
        raise BpmnError(error.text) from error
    if root.tag != f"{BPMN}definitions":
        raise BpmnError(Text("ليس الملف مخطط BPMN.", "The file is not a BPMN diagram."))
    processes = list(root.iterchildren(f"{BPMN}process"))
    running = [process for process in processes if runs(process, processes)]
    for child in list(root):
        if not _is_kept(child) or (child in processes and child not in running):
            root.remove(child)
    if root.find(f"{BPMN}process") is None:
        raise BpmnError(Text("لا يوجد في الملف إجراء قابل للتنفيذ.", "The file holds no executable process."))
    for process in root.iterchildren(f"{BPMN}process"):
        _tidy(process)
        for element in carriers(process):
            for text in unreadable(element):
                raise BpmnError(text, name_of(owner_of(element)))
    return root


def _is_kept(child: etree._Element) -> bool:
    return str(child.tag).startswith(BPMN) and local(child) in KEPT and bool(child.get("id"))


def runs(process: etree._Element, all_of_the_file: list[etree._Element]) -> bool:
    """Whether a process is to run. Where none of a file is marked so, all that are not marked as mere drawings do:
    many modellers leave the mark out. Other processes of a file, such as the other pool, are documentation."""
    marked = any(other.get("isExecutable") == "true" for other in all_of_the_file)
    return process.get("isExecutable", "false" if marked else "true") == "true"


def _tidy(process: etree._Element) -> None:
    """Drop what is only drawn, and give every sequence flow an id."""
    taken = {node.get("id") for node in process.iter(f"{BPMN}*")}
    number = 0
    for node in list(process.iter(f"{BPMN}*")):
        tag = local(node)
        parent = node.getparent()
        if tag == "sequenceFlow" and not node.get("id"):
            number += 1
            while f"flow_{number}" in taken:
                number += 1
            node.set("id", f"flow_{number}")
        elif parent is not None and (tag in DRAWN_ONLY - KEPT_INSIDE or is_documentation(node)):
            parent.remove(node)


def check_ids(root: etree._Element) -> None:
    """Every node needs an id of its own within the file. Raises BpmnError."""
    seen: set[str] = set()
    for process in root.iterchildren(f"{BPMN}process"):
        for node in process.iter(f"{BPMN}*"):
            id = node.get("id")
            if id is None:
                continue
            if id in seen:
                raise BpmnError(Text(f"المعرّف «{id[:80]}» مكرر.", f"The id “{id[:80]}” is used twice."), name_of(node))
            seen.add(id)
