"""One file, from what another engine reads to what ours reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.bpmn.importing import calls, drawing, eights, people, references
from engine.bpmn.importing.encodings import decoded
from engine.bpmn.importing.notes import Note, Notes, children, drop, keep, whole
from engine.bpmn.lint import Known, lint, read_diagram
from engine.bpmn.names import BPMN, FLOW_NODES, extension, local
from engine.bpmn.problems import BpmnError
from engine.bpmn.reading import make_plain
from engine.safexml import UnsafeXml, parse_xml
from engine.text import Text

ZEEBE = "http://camunda.org/schema/zeebe/1.0"
MODELER = "{http://camunda.org/schema/modeler/1.0}"
PLATFORM, VERSION = "Camunda Cloud", "8.7.0"
NOTED = frozenset({
    "vendor-setting", "vendor-expression", "setting-not-read", "version-binding", "expression-not-feel",
    "script-not-feel", "job-type", "timer-unreadable", "message-incomplete", "multi-collection", "decision-call",
    "call-unknown", "date-unreadable", "priority-unreadable", "element-unsupported", "process-not-runnable",
})
"""Rules that an open note on the same element has told of already, in words that know where it came from."""
MENDABLE = frozenset({
    "vendor-setting", "vendor-expression", "version-binding", "id-missing", "id-unreadable", "process-not-runnable",
    "setting-not-read", "script-not-feel", "multi-collection", "timer-unreadable", "call-unknown", "decision-call",
    "job-type", "work-without-form", "work-without-group", "element-unsupported", "event-adrift", "flow-ends",
    "call-inputs-unstated",
})
"""Rules about what stands on one element, where mending that element alone is enough."""
MENDS: dict[str, Callable[[etree._Element, Notes], None]] = {
    "userTask": people.mend_work, "serviceTask": calls.mend_service, "sendTask": calls.mend_service,
    "intermediateThrowEvent": calls.mend_service, "endEvent": calls.mend_service,
    "businessRuleTask": calls.mend_rule, "scriptTask": calls.mend_script, "callActivity": calls.mend_call,
    "multiInstanceLoopCharacteristics": drawing.mend_marker,
}


@dataclass(frozen=True)
class Converted:
    """The mended file, what was done to it, and what a person must still decide or mend."""

    source: bytes
    done: tuple[Note, ...]
    open: tuple[Note, ...]
    renamed: Mapping[str, str] = field(default_factory=dict)
    """How elements were named before, by their ids now."""


def convert(source: bytes, only: frozenset[str] | None = None) -> Converted:
    """The file in our dialect, or just these elements of it; what is ours already comes back as it was. Raises
    BpmnError for what is no BPMN, or no safe XML."""
    told_in = decoded(source)
    try:
        root = parse_xml(told_in)
    except UnsafeXml as error:
        raise BpmnError(error.text) from error
    if root.tag != f"{BPMN}definitions":
        raise BpmnError(Text("ليس الملف مخطط BPMN.", "The file is not a BPMN diagram."))
    notes, before = Notes(only), etree.tostring(root)
    make_plain(root)
    mend(root, notes)
    told = (*notes.open, *_refused(root, notes))
    if etree.tostring(root) == before:
        return Converted(source, (), told, notes.renamed)
    comments = told_in.count(b"<!--")
    if comments:
        notes.did(root, f"حُذفت تعليقات XML (عددها {comments}): لا يعرضها محرر.",
                  f"Comments of XML were taken out ({comments}): no modeller shows them.")
    etree.cleanup_namespaces(root, top_nsmap={"zeebe": ZEEBE}, keep_ns_prefixes=["xsi", "xsd"])
    text = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return Converted(text, tuple(notes.done), told, notes.renamed)


def _refused(root: etree._Element, notes: Notes) -> list[Note]:
    """What the linter still refuses and no note tells yet: that too is a person's to mend."""
    noted = {note.element for note in notes.open}
    found = lint(read_diagram(root), "", Known())
    return [
        Note(one.element, Text(f"{one.message.ar} {one.mend.ar}", f"{one.message.en} {one.mend.en}")) for one in found
        if one.severity == "error" and not (one.rule in NOTED and one.element in noted)]


def mend(root: etree._Element, notes: Notes) -> None:
    """All mends, in the order in which one leaves to the next what it does not know."""
    processes = root.findall(f"{BPMN}process")
    marked = any(process.get("isExecutable") == "true" for process in processes)
    references.mend_references(root, notes)
    drawing.mend_metadata(root, notes)
    _which_runs(processes, marked, notes)
    for process in processes:
        drawing.mend_process(process, notes, alone=not marked and len(processes) == 1)
    for node in [node for process in processes for node in process.iter(f"{BPMN}*") if notes.meant(node)]:
        reader = MENDS.get(local(node))
        if reader is not None:
            reader(node, notes)
        eights.mend_settings(node, notes)
        if local(node) in FLOW_NODES | {"process"}:
            people.mend_data(node, notes)
        for listener in children(node, "executionListener") + children(node, "taskListener"):
            _listener(node, listener, notes)
    drawing.mend_texts(root, notes)
    drawing.mend_documentation(root, notes)
    _keys(root, notes)
    drawing.mend_rest(root, notes)
    platform = root.get(f"{MODELER}executionPlatform")
    if platform is not None and platform != PLATFORM:
        root.set(f"{MODELER}executionPlatform", PLATFORM)
        root.set(f"{MODELER}executionPlatformVersion", VERSION)


def _which_runs(processes: list[etree._Element], marked: bool, notes: Notes) -> None:
    """Of several pools that are drawn out and none marked, only a person knows which one the ministry runs."""
    drawn = [process for process in processes if any(local(child) in FLOW_NODES for child in process)]
    if len(drawn) < 2 or marked:
        return
    for process in drawn:
        name = str(process.get("name") or process.get("id") or "")
        notes.decide(process, f"في الملف أكثر من إجراء مرسوم: هل يُشغَّل «{name}» أم هو الطرف الآخر؟ (isExecutable)",
                     f"Several processes are drawn: does “{name}” run, or is it the other side? (isExecutable)")


def _listener(node: etree._Element, listener: etree._Element, notes: Notes) -> None:
    value = whole(listener)
    keep(node, f"listener:{listener.get('event') or ''}", value)
    notes.decide(node, f"مستمع برمجي ({value}): ارسم ما كان يفعله خطوة ظاهرة.",
                 f"A listener ({value}): draw what it did as a visible step.")
    drop(listener)


def _keys(root: etree._Element, notes: Notes) -> None:
    """Messages that are waited for need a key that says for which case they are."""
    waiting = {
        str(found.get("messageRef")) for found in root.iter(f"{BPMN}messageEventDefinition", f"{BPMN}receiveTask")
        if local(found) == "receiveTask" or local(_parent(found)) not in {"intermediateThrowEvent", "endEvent"}}
    for message in root.findall(f"{BPMN}message"):
        if message.get("id") in waiting and extension(message, "subscription") is None:
            name = str(message.get("name") or "")
            notes.decide(message, f"الرسالة «{name}»: اكتب مفتاح الربط الذي يقول لأي حالة هي.",
                         f"Message “{name}”: state the correlation key that says for which case it is.")


def _parent(node: etree._Element) -> etree._Element:
    parent = node.getparent()
    return node if parent is None else parent
