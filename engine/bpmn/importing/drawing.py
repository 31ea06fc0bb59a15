"""What stands on flows, events, markers and processes."""

from lxml import etree

from engine.bpmn.importing.notes import Notes, as_feel, drop, keep, lost, ours, take, vendor_of, whole, without
from engine.bpmn.names import BPMN, FLOW_NODES, ZEEBE, extension, local, name_of
from engine.bpmn.times import is_readable

EXPRESSIONS = ("conditionExpression", "condition", "timeDate", "timeDuration", "timeCycle", "completionCondition",
               "loopCondition")
OURS = frozenset({
    BPMN[1:-1], ZEEBE[1:-1], "http://camunda.org/schema/modeler/1.0", "http://www.w3.org/2001/XMLSchema-instance",
    "http://www.w3.org/XML/1998/namespace",
})
"""Namespaces of BPMN, of our dialect and of its modeller."""
MUST_BE_FEEL = frozenset({"conditionExpression", "condition", "completionCondition", "loopCondition"})
NEEDLESS = frozenset({
    "asyncBefore", "asyncAfter", "async", "exclusive", "jobPriority", "taskPriority", "historyTimeToLive",
    "isStartableInTasklist", "candidateStarterGroups", "candidateStarterUsers", "versionTag", "modelerTemplate",
    "modelerTemplateVersion", "modelerTemplateIcon", "failedJobRetryTimeCycle", "diagramRelationId",
    "variableName", "variableEvents", "packageName", "version", "metaData", "dtype", "category",
    "formFieldValidation", "autoStoreVariables",
})
"""How an engine runs its jobs, keeps its history and looks at conditions: ours does that by itself."""


def mend_texts(root: etree._Element, notes: Notes) -> None:
    """Conditions and times that stand as text."""
    for node in root.iter(*(f"{BPMN}{tag}" for tag in EXPRESSIONS)):
        text = (node.text or "").strip()
        if not text or text.startswith("=") or not notes.meant(node):
            continue
        what, feel = local(node), as_feel(text, local(node) in MUST_BE_FEEL)
        if feel is not None and what.startswith("time") and not feel.startswith("=") and not is_readable(what, feel):
            notes.decide(node, f"الوقت «{text}» لا يُقرأ؛ اكتب مدة أو تكراراً بصيغة ISO 8601، مثل R/P1D، أو تعبير FEEL.",
                         f"The time “{text}” cannot be read; write ISO 8601 such as R/P1D, or FEEL.")
        elif feel is None or (what in MUST_BE_FEEL and not feel.startswith("=")):
            notes.decide(node, f"{what} «{text}»: اكتبه بلغة FEEL بعد علامة =.",
                         f"{what} “{text}”: write it in FEEL behind “=”.")
        elif feel != text:
            node.text = feel
            without(node, "language")
            notes.became(node, f"{what} {text}", feel)


def mend_marker(marker: etree._Element, notes: Notes) -> None:
    """A multi-instance marker."""
    if extension(marker, "loopCharacteristics") is not None:
        return
    collection, item = take(marker, "collection"), take(marker, "elementVariable")
    source, name = collection[1] if collection else "", item[1] if item else ""
    reference, inner = marker.find(f"{BPMN}loopDataInputRef"), marker.find(f"{BPMN}inputDataItem")
    if reference is not None and not source:
        source = (reference.text or "").strip()
        name = name or str((inner.get("name") if inner is not None else "") or "")
    number = marker.find(f"{BPMN}loopCardinality")
    count = (number.text or "").strip() if number is not None else ""
    feel = _list(source, count)
    for tag in ("loopDataInputRef", "inputDataItem", "loopCardinality"):
        found = marker.find(f"{BPMN}{tag}")
        if found is not None:
            drop(found)
    if feel is None:
        keep(marker, "marker:repeats_over", source or count)
        lost(marker, ("marker:elementVariable", name) if name else None, notes)
        notes.decide(marker, f"يتكرر على «{source or count}»: اكتب القائمة (inputCollection).",
                     f"It repeats over “{source or count}”: write the list (inputCollection).")
        return
    said = ours(marker, "loopCharacteristics")
    said.set("inputCollection", feel)
    if name:
        said.set("inputElement", name)
    notes.became(marker, source or f"loopCardinality {count}", f"zeebe:loopCharacteristics {feel}")


def _list(source: str, count: str) -> str | None:
    if source:
        feel = as_feel(source)
        return feel if feel is None or feel.startswith("=") else f"={feel}"
    feel = as_feel(count) if count else None
    if feel is None or not feel.startswith("="):
        return None if feel is None else f"=for i in 1..{feel} return i"
    return f"=for i in 1..number({feel[1:]}) return i"


def mend_process(process: etree._Element, notes: Notes, alone: bool) -> None:
    """The process itself: marked executable where it is the only one and nobody said otherwise on purpose."""
    if alone and process.get("isExecutable") != "true" and notes.meant(process):
        process.set("isExecutable", "true")
        notes.did(process, "وُسم الإجراء قابلاً للتشغيل.", "The process was marked executable.")
    if not process.get("id"):
        process.set("id", "process_1")
        notes.did(process, "أُعطي الإجراء معرّفاً.", "The process was given an id.")
    number = 0
    taken = {str(node.get("id")) for node in process.iter(f"{BPMN}*")}
    for node in process.iter(*(f"{BPMN}{tag}" for tag in sorted(FLOW_NODES | {"sequenceFlow"}))):
        if not node.get("id") and notes.meant(node):
            number, before = number + 1, name_of(node)
            while f"{local(node)}_{number}" in taken:
                number += 1
            node.set("id", f"{local(node)}_{number}")
            notes.renamed[f"{local(node)}_{number}"] = before
            if local(node) in FLOW_NODES:
                notes.did(node, "أُعطي العنصر معرّفاً.", "The element was given an id.")


def mend_metadata(root: etree._Element, notes: Notes) -> None:
    """What modellers keep for themselves among the extensions: colours, tables, links. It runs nowhere."""
    found: dict[str, list[str]] = {}
    if not notes.meant(root):
        return
    for process in root.iter(f"{BPMN}process", f"{BPMN}collaboration"):
        for node in list(process.iter("*")):
            for name in [str(key) for key in node.attrib if _is_metadata(str(key))]:
                found.setdefault(name[1:].partition("}")[0], []).append(name.rpartition("}")[2])
                del node.attrib[name]
            parent = node.getparent()
            if parent is not None and local(parent) == "extensionElements" and _is_metadata(str(node.tag)):
                found.setdefault(str(node.tag)[1:].partition("}")[0], []).append(local(node))
                drop(node)
    for namespace, names in found.items():
        told = ", ".join(sorted(set(names)))
        notes.did(root, f"حُذف ما يحفظه المحرر لنفسه ({namespace}): {told}.",
                  f"What its modeller keeps for itself was taken out ({namespace}): {told}.")


def _is_metadata(name: str) -> bool:
    if not name.startswith("{"):
        return False
    namespace = name[1:].partition("}")[0]
    return vendor_of(name) is None and namespace not in OURS


def mend_documentation(root: etree._Element, notes: Notes) -> None:
    """ioSpecification without anything to do says what the diagram shows anyway."""
    for node in [node for node in root.iter(f"{BPMN}ioSpecification") if notes.meant(node)]:
        notes.did(node, "حُذف ioSpecification: المتغيرات تُقرأ بالتعابير.",
                  "ioSpecification was taken out: expressions read variables.")
        drop(node)


def mend_rest(root: etree._Element, notes: Notes) -> None:
    """What is left of other engines: the needless goes and is told, all else is a person's to decide."""
    for node in [node for node in root.iter("*") if notes.meant(node)]:
        for name in list(map(str, node.attrib)):
            vendor = vendor_of(name)
            if vendor is not None:
                _left(node, f"{vendor[0]}:{vendor[1]}", vendor[1], without(node, name) or "", notes)
    for node in [node for node in root.iter("*") if vendor_of(str(node.tag)) and notes.meant(node)]:
        parent, vendor = node.getparent(), vendor_of(str(node.tag))
        if vendor is not None and parent is not None and vendor_of(str(parent.tag)) is None:
            value = whole(node)
            _left(node, f"{vendor[0]}:{vendor[1]}", vendor[1], value, notes)
            drop(node)


def _left(node: etree._Element, what: str, name: str, value: str, notes: Notes) -> None:
    if name in NEEDLESS:
        notes.did(node, f"حُذف {what}: لا حاجة إليه هنا.", f"{what} was taken out: it is not needed here.")
    else:
        keep(node, what, value)
        notes.decide(node, f"{what} {value}: لا مقابل له؛ قرّر ما يحل محله.",
                     f"{what} {value}: nothing here does the same; decide what takes its place.")
