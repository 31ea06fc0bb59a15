"""Settings of work items: form, people, dates, priority; and of any element: mappings and properties."""

import re
from pathlib import PurePosixPath

from lxml import etree

from engine.bpmn.importing.juel import quoted
from engine.bpmn.importing.notes import Notes, as_feel, bound, children, drop, keep, ours, take, vendor_of, whole
from engine.bpmn.names import BPMN, ZEEBE, local

SETTINGS = {
    "assignee": ("assignmentDefinition", "assignee"),
    "candidateGroups": ("assignmentDefinition", "candidateGroups"),
    "dueDate": ("taskSchedule", "dueDate"),
    "followUpDate": ("taskSchedule", "followUpDate"),
    "priority": ("priorityDefinition", "priority"),
}
_FORM = re.compile(r"(?:embedded:|camunda-forms:)?(?:app:|deployment:|bpmn:)?(.*)")


def mend_work(node: etree._Element, notes: Notes) -> None:
    """A user task."""
    _form(node, notes)
    for name, (tag, attribute) in SETTINGS.items():
        found = take(node, name)
        if found is not None:
            _set(node, notes, found, tag, attribute)
    _owners(node, notes)
    found = take(node, "candidateUsers")
    if found is not None:
        before, value = found
        keep(node, before, value)
        notes.decide(node, f"{before}={value}: الأشخاص بأسمائهم لا يُقرؤون؛ اختر دوراً (candidateGroups).",
                     f"{before}={value}: people by name are not read; choose a role (candidateGroups).")


def _set(node: etree._Element, notes: Notes, found: tuple[str, str], tag: str, attribute: str) -> None:
    before, value = found
    feel = as_feel(value)
    if feel is None:
        keep(node, before, value)
        notes.decide(node, f"{before}={value}: تعبير لا يُترجم؛ اكتب {attribute} بلغة FEEL.",
                     f"{before}={value}: an expression that cannot be translated; write {attribute} in FEEL.")
        return
    ours(node, tag).set(attribute, feel)
    notes.became(node, f"{before}={value}", f"zeebe:{tag} {attribute}={feel}")


def _form(node: etree._Element, notes: Notes) -> None:
    for name in ("formKey", "formRef"):
        found = take(node, name)
        if found is not None:
            before, value = found
            rest = _FORM.fullmatch(value)
            id = PurePosixPath(rest.group(1) if rest else value).name.partition(".")[0]
            if not re.fullmatch(r"[\w-]+", id):
                keep(node, before, value)
                notes.decide(node, f"{before}={value}: اختر النموذج.", f"{before}={value}: choose the form.")
                continue
            ours(node, "formDefinition").set("formId", id)
            notes.became(node, f"{before}={value}", f"zeebe:formDefinition formId={id}")
    bound(node, "formRef", notes)
    for data in children(node, "formData") + children(node, "formProperty"):
        fields = [str(one.get("id")) for one in data.iter("*") if one.get("id")]
        keep(node, "camunda:fields", whole(data))
        drop(data)
        notes.decide(node, f"حقول مكتوبة في المخطط ({'، '.join(fields)}): ارسمها نموذجاً.",
                     f"Fields written in the diagram ({', '.join(fields)}): draw them as a form.")


def _owners(node: etree._Element, notes: Notes) -> None:
    """BPMN's own way to name people."""
    for tag, attribute in (("humanPerformer", "assignee"), ("potentialOwner", "candidateGroups")):
        for owner in node.findall(f"{BPMN}{tag}"):
            text = "".join(map(str, owner.itertext())).strip()
            names = [re.sub(r"^group\((.*)\)$", r"\1", part.strip()) for part in text.split(",") if part.strip()]
            if "${" in text or any("(" in name for name in names) or not names:
                keep(node, f"bpmn:{tag}", text)
                notes.decide(node, f"{tag} «{text}»: اختر من ينجزها.", f"{tag} “{text}”: choose who does it.")
            else:
                ours(node, "assignmentDefinition").set(attribute, ", ".join(names))
                notes.became(node, f"{tag} {text}", f"zeebe:assignmentDefinition {attribute}={', '.join(names)}")
            drop(owner)


def mend_data(node: etree._Element, notes: Notes) -> None:
    """Mappings and properties of any element."""
    for holder in children(node, "inputOutput"):
        for parameter in list(holder):
            _parameter(node, parameter, notes)
        drop(holder)
    for holder in children(node, "properties"):
        for one in holder:
            value = as_feel(str(one.get("value") or ""))
            if value is None:
                keep(node, f"property:{one.get('name')}", str(one.get("value")))
                notes.decide(node, f"خاصية {one.get('name')}: تعبير لا يُترجم.",
                             f"Property {one.get('name')}: an expression that cannot be translated.")
                continue
            etree.SubElement(ours(node, "properties"), f"{ZEEBE}property", name=str(one.get("name") or one.get("id")),
                             value=value)
        drop(holder)
        notes.became(node, "properties", "zeebe:properties")


def _parameter(node: etree._Element, parameter: etree._Element, notes: Notes) -> None:
    side, name = local(parameter).removesuffix("Parameter"), str(parameter.get("name"))
    text = (parameter.text or "").strip()
    plain = len(parameter) == 0 and vendor_of(str(parameter.tag)) is not None and side in ("input", "output")
    feel = None
    if plain:
        feel = as_feel(text) if "${" in text or "#{" in text else f"={quoted(text)}"
    if feel is None:
        keep(node, f"{side}:{name}", text if plain else whole(parameter))
        notes.decide(node, f"المعامل {name}: اكتب قيمته بلغة FEEL في zeebe:ioMapping.",
                     f"Parameter {name}: write its value in FEEL, in zeebe:ioMapping.")
        return
    etree.SubElement(ours(node, "ioMapping"), f"{ZEEBE}{side}", source=feel, target=name)
    notes.became(node, f"{side}Parameter {name}={text}", f"zeebe:{side} {name} {feel}")
